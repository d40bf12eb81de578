"""Where a token stands: its place in the string, quotation and brackets around it, and what has gone before.

A year, a closing quotation mark, "in", " // " and sentence breaks already passed tell titles from hosts and hosts from imprints.
"""

from __future__ import annotations

from bibliography.parse.tokens import Token

_OPEN_QUOTES, _CLOSE_QUOTES = "“«„‘", "”»’"
_HOST_WORDS = frozenset(("in", "dans", "nel", "nella", "w", "у", "в"))


def context_features(tokens: list[Token]) -> list[list[str]]:
    """The features of each token's place."""
    found: list[list[str]] = []
    state = _State(straight=sum(token.text == '"' for token in tokens) > 1)
    count = len(tokens)
    for at, token in enumerate(tokens):
        state.close(token.text)
        features = [f"pos={at * 8 // count}", *state.features(), "spaced" if token.spaced else "glued"]
        if at == 0:
            features.append("BOS")
        if at == count - 1:
            features.append("EOS")
        elif at >= count - 4:
            features.append(f"end={count - at}")
        found.append(features)
        state.open(token)
        state.pass_by(tokens, at)
    return found


class _State:
    """What is open around the token, and what has gone before it."""

    def __init__(self, *, straight: bool) -> None:
        self._straight = straight  # straight quotation marks come in pairs here
        self._round = self._square = self._breaks = 0
        self._quoted = self._year = self._quote_closed = self._host = self._semicolon = self._colon = False

    def features(self) -> tuple[str, ...]:
        around = ("q" if self._quoted else "") + ("(" if self._round else "") + ("[" if self._square else "")
        seen = ("Y" if self._year else "") + ("Q" if self._quote_closed else "") + ("H" if self._host else "")
        marks = f"sm={self._semicolon}{self._colon}"
        return f"st={around}", f"seen={seen}", f"br={min(self._breaks, 5)}{seen}", marks

    def close(self, text: str) -> None:
        """Closing marks count before the token's features are taken."""
        closes = text in _CLOSE_QUOTES or (text == "“" and self._quoted)
        if closes or (text == '"' and self._straight and self._quoted):
            self._quote_closed = self._quote_closed or self._quoted
            self._quoted = False
        elif text == ")":
            self._round = max(0, self._round - 1)
        elif text == "]":
            self._square = max(0, self._square - 1)

    def open(self, token: Token) -> None:
        """Opening marks count from the next token on."""
        text = token.text
        opens = text in _OPEN_QUOTES and not (text == "‘" and not token.spaced)
        if opens or (text == '"' and self._straight and not self._quoted and not self._quote_closed):
            self._quoted = True
        elif text == "(":
            self._round += 1
        elif text == "[":
            self._square += 1

    def pass_by(self, tokens: list[Token], at: int) -> None:
        """Remember what the token says for those behind it."""
        text = tokens[at].text
        if text == ";":
            self._semicolon = True
        elif text == ":":
            self._colon = True
        elif text in ".?!":
            self._breaks += _ends_sentence(tokens, at)
        elif len(text) == 4 and text.isdigit() and "1400" <= text <= "2099":
            self._year = True
        else:
            self._host = self._host or _begins_host(tokens, at)


def _begins_host(tokens: list[Token], at: int) -> bool:
    if at == 0:
        return False
    text, before = tokens[at].text, tokens[at - 1].text
    if text == "/":
        return before == "/"
    return text.lower() in _HOST_WORDS and (before in '.,”»:;“’"' or text[0].isupper())


def _ends_sentence(tokens: list[Token], at: int) -> bool:
    """Whether the stop at ``at`` ends a stretch: not behind an initial, and a capital or a quotation follows."""
    if at == 0 or at + 1 >= len(tokens) or not tokens[at + 1].spaced:
        return False
    return len(tokens[at - 1].text) > 2 and not tokens[at + 1].text[0].islower()
