"""The elements that the law demands of a published posting."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from service.rules.elements import Elements, missing_elements

NOW = datetime(2026, 3, 2, tzinfo=UTC)
WHOLE = Elements(
    description="焊接",
    openings=3,
    openings_left=1,
    place="210681104",
    pay_told=True,
    valid_until=NOW + timedelta(days=1),
)


def test_a_whole_posting_lacks_nothing():
    assert missing_elements(WHOLE, now=NOW) == {}


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"description": "\n "}, "description"),
        ({"openings": None}, "openings"),
        ({"openings_left": 0}, "openings_left"),
        ({"place": None}, "region"),
        ({"place": ""}, "region"),
        ({"pay_told": False}, "pay_stated"),
        ({"valid_until": None}, "valid_until"),
        ({"valid_until": NOW}, "valid_until"),
    ],
    ids=["work", "openings", "none-left", "no-place", "empty-place", "pay", "no-end", "over"],
)
def test_each_missing_element_is_named(change, field):
    missing = missing_elements(replace(WHOLE, **change), now=NOW)
    assert list(missing) == [field]
    assert missing[field][0].endswith("。")


def test_all_that_is_missing_is_named_at_once():
    nothing = Elements(
        description="", openings=None, openings_left=None, place=None, pay_told=False, valid_until=None
    )
    assert set(missing_elements(nothing, now=NOW)) == {
        "description",
        "openings",
        "region",
        "pay_stated",
        "valid_until",
    }
