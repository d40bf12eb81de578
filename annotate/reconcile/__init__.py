"""Asks a reconciliation service for the names of articles that no authority knows yet.

Opt-in: nothing here runs but by ``adfontes reconcile``. Its result is an authority file (JSON Lines) that a scholar can read
and correct, and that every later ``annotate --authority`` uses without a network. Answers are cached (cache.py), so that
a name is asked once, and a run that was interrupted goes on where it stopped.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice

import msgspec

from annotate.reconcile.cache import Cache
from annotate.reconcile.decide import Decided, decide
from annotate.reconcile.names import Asked, names_to_ask, types_of
from annotate.reconcile.service import Answer, Manifest, Service, Unanswered

__all__ = ["Cache", "Outcome", "Service", "names_to_ask", "reconcile", "types_of"]

BATCH = 10  # names of one request, as the services' own clients send


class Outcome(msgspec.Struct, frozen=True):
    """What became of one name: records with the reasons of their status, or why there is no answer."""

    asked: Asked
    decided: Decided | None
    cached: bool
    unanswered: str = ""


def reconcile(
    names: Sequence[Asked], service: Service, manifest: Manifest, cache: Cache, *, limit: int = 5, refresh: bool = False
) -> Iterator[Outcome]:
    """Ask for the names in batches; yield each as soon as it is answered, those of the cache first.

    Raises InputError where the service fails; what was answered until then is in the cache.
    """
    waiting: list[Asked] = []
    for asked in names:
        known = None if refresh else cache.get(asked.query(limit))
        if known is None:
            waiting.append(asked)
        else:
            yield Outcome(asked, _decided(asked, known, manifest), cached=True)
    rest = iter(waiting)
    while batch := list(islice(rest, BATCH)):
        queries = {f"q{number}": asked.query(limit) for number, asked in enumerate(batch)}
        answers = service.ask(queries)
        for number, asked in enumerate(batch):
            answer = answers[f"q{number}"]
            if isinstance(answer, Unanswered):
                yield Outcome(asked, None, cached=False, unanswered=answer.reason)
                continue
            cache.put(queries[f"q{number}"], answer)
            yield Outcome(asked, _decided(asked, answer, manifest), cached=False)


def _decided(asked: Asked, answer: Answer, manifest: Manifest) -> Decided:
    return decide(asked.name, asked.label, asked.type, answer, manifest)
