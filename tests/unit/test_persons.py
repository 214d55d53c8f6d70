"""Mobile numbers as people write them, and the ages of the law."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.rules.errors import Invalid, UnderAge
from service.rules.persons import check_age, check_mobile


@pytest.mark.parametrize(
    "text",
    [
        "13812345678",
        " 138 1234 5678 ",
        "138-1234-5678",
        "138‑1234—5678",
        "+86 13812345678",
        "86-13812345678",
        "0086 138 1234 5678",
        "（86）13812345678",
        "１３８１２３４５６７８",
    ],
)
def test_a_mobile_number_is_read_however_it_is_written(text: str) -> None:
    assert check_mobile(text) == "13812345678"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "1381234567",
        "138123456789",
        "12812345678",
        "0415-7123456",
        "86138123456780",
        "手机13812345678",
        "1381234567x",
        "13812345678,13912345678",
        "٠١٣٨١٢٣٤٥٦٧٨",
    ],
)
def test_what_is_no_mobile_number_is_refused(text: str) -> None:
    with pytest.raises(Invalid) as refusal:
        check_mobile(text)
    assert list(refusal.value.errors) == ["phone"]


@given(st.from_regex(r"1[3-9][0-9]{9}", fullmatch=True))
def test_a_number_that_was_read_is_read_again(number: str) -> None:
    assert check_mobile(check_mobile(number)) == number


TODAY = date(2026, 3, 2)


@pytest.mark.parametrize(
    ("birth_month", "today"),
    [
        pytest.param(None, TODAY, id="not-told"),
        pytest.param(date(2010, 2, 1), TODAY, id="sixteen-last-month"),
        pytest.param(date(2010, 2, 28), date(2026, 3, 1), id="on-the-first-of-the-month-after"),
        pytest.param(date(2009, 12, 1), date(2026, 1, 1), id="over-new-year"),
        pytest.param(date(1906, 1, 1), TODAY, id="a-hundred-and-twenty"),
    ],
)
def test_who_is_surely_sixteen_may_register(birth_month: date | None, today: date) -> None:
    check_age(birth_month, today)


@pytest.mark.parametrize(
    ("birth_month", "today"),
    [
        pytest.param(date(2010, 3, 1), TODAY, id="sixteen-this-month-perhaps"),
        pytest.param(date(2010, 3, 1), date(2026, 3, 31), id="on-its-last-day-too"),
        pytest.param(date(2010, 4, 1), TODAY, id="next-month"),
        pytest.param(date(2009, 12, 1), date(2025, 12, 31), id="on-the-last-day-of-the-year"),
        pytest.param(TODAY, TODAY, id="born-today"),
    ],
)
def test_who_may_still_be_under_sixteen_may_not(birth_month: date, today: date) -> None:
    with pytest.raises(UnderAge, match="16 周岁") as refusal:
        check_age(birth_month, today)
    assert list(refusal.value.errors) == ["birth_month"]


@pytest.mark.parametrize("birth_month", [date(2026, 4, 1), date(1905, 12, 1)])
def test_an_impossible_month_of_birth_is_refused_as_such(birth_month: date) -> None:
    with pytest.raises(Invalid, match="impossible") as refusal:
        check_age(birth_month, TODAY)
    assert not isinstance(refusal.value, UnderAge)


@given(st.dates(date(1990, 1, 1), date(2015, 12, 31)), st.integers(0, 30))
def test_nobody_is_let_in_before_the_sixteenth_birthday(birthday: date, later: int) -> None:
    # The day before the sixteenth birthday, and up to a month earlier.
    today = date(birthday.year + 16, birthday.month, min(birthday.day, 28)) - timedelta(days=1 + later)
    with pytest.raises(UnderAge):
        check_age(birthday.replace(day=1), today)
