"""Rounding happens once and loses nothing (rules/ledger 11)."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tatausaha.core.kernel import money

pytestmark = pytest.mark.req("SYS-07")

AMOUNTS = st.integers(-(10**12), 10**12)
WEIGHTS = st.lists(st.integers(0, 10**9), min_size=1, max_size=12)


@given(AMOUNTS, WEIGHTS)
def test_the_parts_always_sum_to_the_whole(amount, weights):
    assert sum(money.spread(amount, weights)) == amount


@given(AMOUNTS, WEIGHTS)
def test_no_part_differs_from_its_exact_share_by_a_rupiah(amount, weights):
    whole = sum(weights)
    for part, weight in zip(money.spread(amount, weights), weights, strict=True):
        if whole:
            assert abs(Decimal(part) - Decimal(amount) * weight / whole) < 1


@pytest.mark.parametrize(
    ("amount", "weights", "parts"),
    [
        (100, [1, 1, 1], [34, 33, 33]),
        (-100, [1, 1, 1], [-34, -33, -33]),
        (2, [1, 1, 1, 1], [1, 1, 0, 0]),
        (10, [1, 2], [3, 7]),
        (7, [0, 0], [7, 0]),
        (7, [], []),
    ],
)
def test_the_largest_remainder_comes_first_and_ties_go_by_line(amount, weights, parts):
    assert money.spread(amount, weights) == parts


@pytest.mark.parametrize(("value", "whole"), [("0.5", 1), ("1.5", 2), ("2.5", 3), ("-0.5", -1), ("0.49", 0)])
def test_a_half_goes_up_and_never_to_the_even_rupiah(value, whole):
    assert money.round_half_up(Decimal(value)) == whole


def test_a_share_is_rounded_once():
    assert money.share(300_000, 12, 30) == 120_000
    assert money.share(1_000_000, 10, 30) == 333_333
    assert money.round_up(money.share(1_000_000, 7, 30), 1000) == 234_000
    assert money.percent(1_000_005, 10) == 100_001
