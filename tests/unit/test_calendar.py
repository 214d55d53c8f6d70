"""Days as the county counts them: eight hours ahead of UTC, without summer time."""

from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.rules.calendar import local_day, start_of_day


@pytest.mark.parametrize(
    ("now", "day"),
    [
        pytest.param(datetime(2026, 3, 1, 15, 59, 59, tzinfo=UTC), date(2026, 3, 1), id="before-midnight"),
        pytest.param(datetime(2026, 3, 1, 16, tzinfo=UTC), date(2026, 3, 2), id="at-midnight"),
        pytest.param(
            datetime(2026, 3, 1, 11, tzinfo=timezone(timedelta(hours=-5))), date(2026, 3, 2), id="other-zone"
        ),
        pytest.param(datetime(2027, 12, 31, 16, tzinfo=UTC), date(2028, 1, 1), id="new-year"),
    ],
)
def test_a_day_begins_at_midnight_in_china(now: datetime, day: date) -> None:
    assert local_day(now) == day


def test_the_start_of_a_day_is_told_in_utc() -> None:
    assert start_of_day(date(2026, 3, 2)) == datetime(2026, 3, 1, 16, tzinfo=UTC)


@given(st.dates(date(2000, 1, 2), date(2099, 12, 30)))
def test_a_day_starts_when_the_one_before_ends(day: date) -> None:
    start = start_of_day(day)
    assert local_day(start) == day
    assert local_day(start - timedelta(microseconds=1)) == day - timedelta(days=1)
