"""Single cells of a sheet."""

from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matching.types import Shift
from service.rules.benefits import Benefits, read_benefits
from service.rules.row_words import (
    read_bool,
    read_date,
    read_education,
    read_experience,
    read_openings,
    read_shift,
)

READERS = (read_openings, read_education, read_experience, read_shift, read_bool, read_date, read_benefits)


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("5", 5),
        ("5名", 5),
        ("5.0", 5),
        ("招5人", 5),
        ("10人左右", 10),
        ("3-5人", 5),
        ("３～５名", 5),
        ("五名", 5),
        ("两名", 2),
        ("二十人", 20),
        ("若干", None),
        ("若干名", None),
        ("数名", None),
        ("不限", None),
        ("", None),
        (" - ", None),
    ],
)
def test_openings(text, count):
    assert read_openings(text) == count


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("0", "1 以上的整数"),
        ("-3", "1 以上的整数"),
        ("5-3", "写反"),
        ("999999", "1 以上的整数"),
        ("一大堆", "1 以上的整数"),
        ("男3女2", "只写总人数"),
    ],
)
def test_openings_that_cannot_be_read_say_what_to_write(text, message):
    with pytest.raises(ValueError, match=message):
        read_openings(text)


@pytest.mark.parametrize(
    ("text", "rank"),
    [
        ("不限", 0),
        ("学历不限", 0),
        ("小学以上", 1),
        ("初中及以上", 2),
        ("高中/中专", 3),
        ("高中、大专均可", 3),
        ("大专以上", 4),
        ("大学专科", 4),
        ("本科", 5),
        ("硕士", 6),
        ("", None),
    ],
)
def test_education(text, rank):
    assert read_education(text) == rank


@pytest.mark.parametrize(
    ("text", "years"),
    [
        ("3年以上", 3.0),
        ("三年", 3.0),
        ("1-3年", 1.0),
        ("5", 5.0),
        ("半年", 0.5),
        ("6个月", 0.5),
        ("一年半", 1.5),
        ("经验不限", 0.0),
        ("应届生", 0.0),
        ("有经验者优先", None),
        ("熟练工", None),
        ("", None),
    ],
)
def test_experience(text, years):
    assert read_experience(text) == years


@pytest.mark.parametrize(
    ("text", "shift"),
    [
        ("长白班", Shift.LONG_DAY),
        ("白班", Shift.LONG_DAY),
        ("两班倒", Shift.TWO_SHIFT),
        ("白夜班", Shift.TWO_SHIFT),
        ("三班倒", Shift.THREE_SHIFT),
        ("四班三倒", Shift.THREE_SHIFT),
        ("夜班", Shift.NIGHT),
        ("弹性工作制", Shift.FLEXIBLE),
        ("不限", None),
        ("", None),
    ],
)
def test_shift(text, shift):
    assert read_shift(text) == shift


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("是", True),
        ("有", True),
        ("√", True),
        ("Ｙ", True),
        ("否", False),
        ("无", False),
        ("×", False),
        ("", None),
    ],
)
def test_yes_and_no(text, answer):
    assert read_bool(text) is answer


@pytest.mark.parametrize(
    "value",
    [
        "2020.6.30",
        "2020-06-30",
        "2020/6/30",
        "2020年6月30日",
        "20200630",
        "2020-06-30 00:00:00",
        "2020-06-30T10:00",
        "即日起至2020.6.30",
        "44012",
        "44012.0",
        44012.25,
        44012.5,
        date(2020, 6, 30),
        datetime.fromisoformat("2020-06-30T23:59"),
    ],
)
def test_a_day_however_it_is_written(value):
    assert read_date(value) == date(2020, 6, 30)


@pytest.mark.parametrize("value", ["长期有效", "招满为止", "即日起", "", " / ", None])
def test_an_open_end_is_no_day(value):
    assert read_date(value) is None


@pytest.mark.parametrize(
    ("value", "message"),
    [
        ("6月30日", "只写一个年月日"),
        ("2026.6.1-2026.6.30", "只写一个年月日"),
        ("2020-2-30", "没有这一天"),
        (12, "不像日期"),
        (float("nan"), "不像日期"),
        ("尽早", "只写一个年月日"),
    ],
)
def test_a_day_that_cannot_be_meant_is_refused(value, message):
    with pytest.raises(ValueError, match=message):
        read_date(value)


@pytest.mark.parametrize(
    ("reader", "text", "message"),
    [
        (read_education, "随便", "请写：不限、小学"),
        (read_experience, "随便", "请写年数"),
        (read_experience, "90年", "请写年数"),
        (read_shift, "随便", "请写：长白班"),
        (read_bool, "随便", "“是”或“否”"),
    ],
)
def test_what_cannot_be_read_says_what_to_write(reader, text, message):
    with pytest.raises(ValueError, match=message):
        reader(text)


@pytest.mark.parametrize(
    ("text", "benefits"),
    [
        ("五险一金 包吃住 班车", Benefits(True, True, True, True)),
        ("包吃不包住", Benefits(False, True, None, None)),
        ("食宿自理", Benefits(False, False, None, None)),
        ("提供宿舍,公司食堂", Benefits(True, True, None, None)),
        ("不提供住宿；工作餐", Benefits(False, True, None, None)),
        ("无班车 不交社保", Benefits(None, None, False, False)),
        ("餐补、住房补贴 年终奖 年终奖", Benefits(others=("餐补", "住房补贴", "年终奖"))),
        ("", Benefits()),
    ],
)
def test_benefits(text, benefits):
    assert read_benefits(text) == benefits


def test_benefits_that_contradict_each_other_are_refused():
    with pytest.raises(ValueError, match="相反"):
        read_benefits("包住 不包住")


@given(st.text(max_size=20), st.sampled_from(READERS))
def test_any_text_is_read_or_refused_in_chinese(text, reader):
    try:
        reader(text)
        message = "请"
    except ValueError as refusal:
        message = str(refusal)
    assert "请" in message
