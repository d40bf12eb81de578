"""A service that speaks the OpenRefine Reconciliation API 0.2: its manifest, and batches of queries, politely asked.

https://www.w3.org/community/reports/reconciliation/CG-FINAL-specs-0.2-20230410/. Only this module opens a connection, and
only ``adfontes reconcile`` calls it. urllib of the standard library does it: a few POSTs an hour need no other client.
"""

from __future__ import annotations

import http.client
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

import msgspec

from annotate.version import __version__
from schemas.errors import InputError, UsageError

USER_AGENT = f"adfontes/{__version__} (reconciliation of names in scholarly articles)"
_TRIES = 4
_LARGEST = 20_000_000  # bytes of one answer
_LONGEST_WAIT = 60.0  # seconds that a service may ask us to wait
_AGAIN = frozenset({408, 425, 429, 500, 502, 503, 504})


class TypeName(msgspec.Struct, frozen=True):
    """A type of the service: its id, and its name for people."""

    id: str
    name: str = ""


class Manifest(msgspec.Struct, frozen=True, rename="camel"):
    """What a service says of itself, as far as it is used here."""

    name: str
    identifier_space: str = ""
    schema_space: str = ""
    versions: tuple[str, ...] = ()
    default_types: tuple[TypeName, ...] = ()
    view: Mapping[str, Any] = {}

    def uri(self, identifier: str) -> str:
        """The URI of an entity: in the identifier space where that is one, else by the address that shows it."""
        if identifier.startswith(("http://", "https://")):
            return identifier
        if self.identifier_space.startswith(("http://", "https://")) and self.identifier_space[-1] in "/#=":
            return self.identifier_space + urllib.parse.quote(identifier)
        shown = self.view.get("url")
        if isinstance(shown, str) and "{{id}}" in shown:
            return shown.replace("{{id}}", urllib.parse.quote(identifier))
        return f"{self.identifier_space.rstrip('/')}/{urllib.parse.quote(identifier)}"


class Found(msgspec.Struct, frozen=True):
    """A candidate of the service; ``match`` is its own judgement, ``score`` on a scale of its own."""

    id: str
    name: str | None = None
    score: float | None = None
    match: bool = False
    description: str | None = None
    type: tuple[TypeName | str, ...] = ()


class Answer(msgspec.Struct, frozen=True):
    """What a service gave for one query."""

    result: tuple[Found, ...]


class Unanswered(NamedTuple):
    """Why a query got no answer."""

    reason: str


class Service:
    """One service; ``pause`` seconds lie between two requests, ``timeout`` bounds each."""

    def __init__(
        self, url: str, *, pause: float = 1.0, timeout: float = 30.0, sleep: Callable[[float], None] = time.sleep
    ) -> None:
        if not _is_address(url):
            raise UsageError(f"{url}: is no address of a service; it begins with https:// or http://")
        self.url = self._address = url
        self._pause, self._timeout, self._sleep = pause, timeout, sleep
        self._asked = False

    def manifest(self) -> Manifest:
        """The service's manifest. Raises InputError where it cannot be had or is none."""
        data = self._ask(urllib.request.Request(self.url, headers=_HEADERS))
        try:
            manifest = msgspec.json.decode(data, type=Manifest)
        except msgspec.MsgspecError as error:
            raise InputError(
                f"{self.url}: is no reconciliation service: its manifest cannot be read ({error}); check the address"
            ) from error
        if manifest.versions and "0.2" not in manifest.versions and "0.1" not in manifest.versions:
            raise InputError(
                f"{self.url}: speaks version {', '.join(manifest.versions)} of the reconciliation API; 0.2 is needed"
            )
        return manifest

    def ask(self, queries: Mapping[str, Mapping[str, Any]]) -> dict[str, Answer | Unanswered]:
        """The answers to a batch, by the queries' keys; one that was left out or is broken is Unanswered.

        Raises InputError where the service cannot be reached or answers with what is no JSON object, after _TRIES tries.
        """
        form = urllib.parse.urlencode({"queries": msgspec.json.encode(queries).decode()}).encode()
        request = urllib.request.Request(self._address, data=form, headers=_HEADERS)
        answers = self._ask(request, decode=lambda data: msgspec.json.decode(data, type=dict[str, msgspec.Raw]))
        if not any(key in answers for key in queries):
            said = b" ".join(bytes(part) for part in answers.values())[:200].decode("utf-8", "replace")
            raise InputError(f"{self.url}: answers none of the names; it says: {said or 'nothing'}")
        return {key: _answer(answers.get(key)) for key in queries}

    def _ask(self, request: urllib.request.Request, *, decode: Callable[[bytes], Any] = bytes) -> Any:
        for attempt in range(1, _TRIES + 1):
            if self._asked:
                self._sleep(self._pause)
            self._asked = True
            try:
                with urllib.request.urlopen(request, timeout=self._timeout) as response:
                    data = response.read(_LARGEST + 1)
                    self._address = response.geturl()  # where the manifest was found, batches are sent
                if len(data) > _LARGEST:
                    raise InputError(f"{self.url}: its answer is longer than {_LARGEST:,} bytes; check the address")
                return decode(data)
            except urllib.error.HTTPError as error:
                reason, asked = f"it answers {error.code} {error.reason}", _retry_after(error)
                error.close()
                if error.code not in _AGAIN:
                    raise InputError(f"{self.url}: {reason}; check the address and what the service allows") from error
                cause: Exception = error
            except (OSError, http.client.HTTPException) as error:
                reason, asked, cause = f"it cannot be reached ({_said(error)})", None, error
            except msgspec.MsgspecError as error:
                reason, asked, cause = f"its answer is no JSON object ({error})", None, error
            if attempt == _TRIES:
                raise InputError(f"{self.url}: {reason}, {_TRIES} times; try again later") from cause
            self._sleep(asked if asked is not None else max(self._pause, 0.01) * 2**attempt)
        raise AssertionError("unreachable")


def _is_address(url: str) -> bool:
    try:
        parts = urllib.parse.urlsplit(url)
        return parts.scheme in ("http", "https") and bool(parts.hostname) and url.isascii() and url.isprintable()
    except ValueError:
        return False


_HEADERS = {"User-Agent": USER_AGENT, "Accept": "application/json"}


def _answer(raw: msgspec.Raw | None) -> Answer | Unanswered:
    if raw is None:
        return Unanswered("the service left it out of its answer")
    try:
        return msgspec.json.decode(raw, type=Answer)
    except msgspec.MsgspecError as error:
        return Unanswered(f"its answer cannot be read ({error})")


def _retry_after(error: urllib.error.HTTPError) -> float | None:
    written = error.headers.get("Retry-After") if error.headers else None
    return min(float(written), _LONGEST_WAIT) if written is not None and written.strip().isdigit() else None


def _said(error: BaseException) -> str:
    reason = getattr(error, "reason", error)
    return str(reason) or type(error).__name__
