"""Pandoc's tree of a citation or a bibliography entry as plain text, Markdown or HTML.

>>> tree = [{"t": "Para", "c": [{"t": "Str", "c": "Sutton,"}, {"t": "Space"}, {"t": "Emph", "c": [{"t": "Str", "c": "A*"}]}]}]
>>> render(tree, "text"), render(tree, "md"), render(tree, "html")
('Sutton, A*', 'Sutton, *A\\\\**', 'Sutton, <em>A*</em>')

All text is escaped for the form, so that a title with markup or a macro in it is shown, never run.
"""

from __future__ import annotations

import html
import re
from typing import Any, Literal

Form = Literal["text", "md", "html"]
_MARKUP = re.compile(r"([\\`*_\[\]<>#|~$&])")
_AROUND: dict[str, dict[str, tuple[str, str]]] = {
    "Emph": {"md": ("*", "*"), "html": ("<em>", "</em>")},
    "Strong": {"md": ("**", "**"), "html": ("<strong>", "</strong>")},
    "Superscript": {"md": ("<sup>", "</sup>"), "html": ("<sup>", "</sup>")},
    "Subscript": {"md": ("<sub>", "</sub>"), "html": ("<sub>", "</sub>")},
    "SmallCaps": {"html": ('<span style="font-variant: small-caps">', "</span>")},
    "Underline": {"html": ("<u>", "</u>")},
}
_QUOTES = {"DoubleQuote": ("“", "”"), "SingleQuote": ("‘", "’")}


def render(blocks: list[dict[str, Any]], form: Form) -> str:
    """The blocks in one line."""
    return " ".join("".join(_node(block, form) for block in blocks).split())


def _node(node: dict[str, Any], form: Form) -> str:
    kind: str = node["t"]
    content: Any = node.get("c")
    if kind == "Str" or kind in ("Code", "Math"):
        return _escape(content if kind == "Str" else content[1], form)
    if kind in ("Space", "SoftBreak", "LineBreak"):
        return " "
    if kind == "Quoted":
        before, after = _QUOTES[content[0]["t"]]
        return before + _all(content[1], form) + after
    if kind == "Link" and form == "html":
        return f'<a href="{html.escape(content[2][0])}">{_all(content[1], form)}</a>'
    if kind in ("Span", "Div", "Link", "Cite"):
        # the number and the text of a numeric style stand in blocks beside each other
        gap = " " if kind in ("Span", "Div") and "csl-left-margin" in content[0][1] else ""
        return _all(content[1], form) + gap
    before, after = _AROUND.get(kind, {}).get(form, ("", ""))
    return before + (_all(content, form) if isinstance(content, list) else "") + after


def _all(nodes: list[dict[str, Any]], form: Form) -> str:
    return "".join(_node(node, form) for node in nodes if isinstance(node, dict))


def _escape(text: str, form: Form) -> str:
    if form == "html":
        return html.escape(text, quote=False)
    return _MARKUP.sub(r"\\\1", text) if form == "md" else text
