"""Annotators run in an order in which each finds the layers that it needs."""

from __future__ import annotations

import pytest

from annotate.annotators import check_order, make_annotators


def test_the_order_holds_and_a_wrong_one_is_told() -> None:
    annotators = make_annotators()
    check_order(annotators)
    with pytest.raises(ValueError, match="needs the layer 'date'"):
        check_order(dict(reversed(annotators.items())))
