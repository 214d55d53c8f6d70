"""Pay as people write it, and as we show it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matching.types import Pay, PayUnit
from service.rules.numerals import digits, read_number
from service.rules.pay_text import PayStated, read_pay, show_pay

HOUR, DAY, MONTH, YEAR, PIECE = PayUnit.HOUR, PayUnit.DAY, PayUnit.MONTH, PayUnit.YEAR, PayUnit.PIECE


@pytest.mark.parametrize(
    ("text", "minimum", "maximum", "unit"),
    [
        ("4-8千/月", 4000, 8000, MONTH),
        ("100元/天", 100, 100, DAY),
        ("3500-5000", 3500, 5000, MONTH),
        ("5千-8千", 5000, 8000, MONTH),
        ("4.5-6千/月", 4500, 6000, MONTH),
        ("0.8-1万/月", 8000, 10000, MONTH),
        ("8千-1万", 8000, 10000, MONTH),
        ("1万以上/月", 10000, None, MONTH),
        ("10-15万/年", 100000, 150000, YEAR),
        ("10万以上/年", 100000, None, YEAR),
        ("8万以下/年", None, 80000, YEAR),
        ("年薪10万", 100000, 100000, YEAR),
        ("计件", None, None, PIECE),
        ("计件 0.5元/件", None, None, PIECE),
        ("0.5元/件", None, None, PIECE),
        ("计件 200元/天左右", 200, 200, PIECE),
        ("计件，每天200-300", 200, 300, PIECE),
        ("计件 月薪5000-8000", 5000, 8000, MONTH),
        ("底薪3000+提成", 3000, None, MONTH),
        ("底薪3500+全勤300+提成", 3500, None, MONTH),
        ("保底4000", 4000, None, MONTH),
        ("时薪18元", 18, 18, HOUR),
        ("18元/小时", 18, 18, HOUR),
        ("18.5元/小时", 18, 19, HOUR),
        ("4000－6000元".translate(str.maketrans("0123456789", "０１２３４５６７８９")), 4000, 6000, MONTH),
        ("三千五到五千", 3500, 5000, MONTH),
        ("五六千", 5000, 6000, MONTH),
        ("6000.0", 6000, 6000, MONTH),
        ("6K-8K", 6000, 8000, MONTH),
        ("8-12k·13薪", 8000, 12000, MONTH),
        ("5k-8", 5000, 8000, MONTH),
        ("6,000-8,000元", 6000, 8000, MONTH),
        ("每天8小时 4000元/月", 4000, 4000, MONTH),
        ("月休4天 5000元", 5000, 5000, MONTH),
        ("试用期4000 转正5000-6000", 5000, 6000, MONTH),
        ("5000+", 5000, None, MONTH),
        ("5000起", 5000, None, MONTH),
        ("5000以下", None, 5000, MONTH),
        ("最高8000", None, 8000, MONTH),
        ("5000元左右，五险一金", 5000, 5000, MONTH),
        ("一天200", 200, 200, DAY),
        ("白班180/天 夜班200/天", 180, 180, DAY),
        ("0.57万/月", 5700, 5700, MONTH),
        ("4000-6000，面议", 4000, 6000, MONTH),
    ],
)
def test_stated_pay_is_read(text, minimum, maximum, unit):
    reading = read_pay(text)
    assert (reading.pay, reading.stated, reading.text) == (
        Pay(minimum, maximum, unit),
        PayStated.STATED,
        text,
    )


@pytest.mark.parametrize(
    ("text", "stated"),
    [
        ("面议", PayStated.NEGOTIABLE),
        ("薪资面谈", PayStated.NEGOTIABLE),
        ("", PayStated.UNSTATED),
        ("  ", PayStated.UNSTATED),
        ("/", PayStated.UNSTATED),
        ("待遇从优", PayStated.UNSTATED),
        ("多劳多得", PayStated.UNSTATED),
    ],
)
def test_what_is_not_stated_is_said_so(text, stated):
    reading = read_pay(text)
    assert (reading.pay, reading.stated) == (None, stated)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("8000-5000", "最低 8000 元高于最高 5000 元"),
        ("4-8/月", "4-6千/月"),
        ("100", "每小时、每天还是每月"),
        ("30元/次", "写成“30元/天”"),
        ("20岁", "读不出金额"),
        ("月入过万", "读不出金额"),
        ("待遇从优8险", "读不出金额|每小时"),
        ("9999999元/月", "核对金额和单位"),
        ("计件，每天9元", "按每天"),
    ],
)
def test_nonsense_is_refused_with_what_to_write_instead(text, message):
    with pytest.raises(ValueError, match=message):
        read_pay(text)


@pytest.mark.parametrize(
    ("pay", "stated", "shown"),
    [
        (Pay(5000, 7000, MONTH), "stated", "5000–7000 元/月"),
        (Pay(5000, 5000, MONTH), "stated", "5000 元/月"),
        (Pay(5000, None, MONTH), "stated", "5000 元/月以上"),
        (Pay(None, 5000, MONTH), "stated", "最高 5000 元/月"),
        (Pay(18, 20, HOUR), "stated", "18–20 元/小时"),
        (Pay(100_000, 125_000, YEAR), "stated", "10–12.5 万元/年"),
        (Pay(100_000, None, YEAR), "stated", "10 万元/年以上"),
        (Pay(99_999, None, YEAR), "stated", "99999 元/年以上"),
        (Pay(200, 200, PIECE), "stated", "计件，约 200 元/天"),
        (Pay(None, None, PIECE), "stated", "计件"),
        (Pay(None, None, MONTH), "stated", "工资未写明"),
        (None, PayStated.NEGOTIABLE, "工资面谈，单位未写明"),
        (None, "unstated", "工资未写明"),
    ],
)
def test_pay_is_shown_as_a_person_reads_it(pay, stated, shown):
    assert show_pay(pay, stated) == shown


@given(st.integers(300, 100_000), st.integers(0, 100_000))
def test_what_is_shown_by_the_month_reads_back_the_same(minimum, more):
    pay = Pay(minimum, minimum + more, MONTH)
    assert read_pay(show_pay(pay, PayStated.STATED)).pay == pay


@given(st.text(alphabet="0123456789.-千万kK元/天月年计件面议以上下底薪小时 ", max_size=14))
def test_any_text_is_read_or_refused_in_chinese(text):
    try:
        reading = read_pay(text)
    except ValueError as refusal:
        message = str(refusal)
    else:
        message = "请"
        assert (reading.pay is None) == (reading.stated is not PayStated.STATED)
    assert "请" in message


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("三千五", 3500),
        ("三千零五", 3005),
        ("一万二", 12000),
        ("十五", 15),
        ("二十", 20),
        ("一百零五", 105),
        ("一万零五百", 10500),
        ("二十五万", 250000),
        ("一百一十", 110),
        ("三五", 35),
    ],
)
def test_a_chinese_numeral(text, value):
    assert read_number(text) == value


@pytest.mark.parametrize(
    ("text", "expected"),
    [("三四千", "3000-4000"), ("五险一金", "五险一金"), ("三千五险", "3000五险"), ("做六休一", "做六休一")],
)
def test_numerals_within_a_text(text, expected):
    assert digits(text) == expected
