"""Every cell of a row is read, refused, or kept in words."""

from datetime import date

import pytest

from matching import EmploymentType, PayUnit, Shift
from service.models import PayStated
from service.operations.import_entries import NoteKind
from tests.sheets import ROW, TITLES, employer_of, kinds, make_xlsx, posting_of, read, read_row


def test_numbers_and_full_width_digits_are_read_as_people_mean_them():
    posting = posting_of(read_row(招聘人数=5.0, 学历="大专以上", 工作经验="３年"))
    assert (posting.openings, posting.education, posting.experience_years) == (5, 4, 3.0)


@pytest.mark.parametrize(
    ("text", "low", "high", "unit"),
    [
        ("5千-8千", 5000, 8000, PayUnit.MONTH),
        ("５０００－８０００", 5000, 8000, PayUnit.MONTH),
        ("6000.0", 6000, 6000, PayUnit.MONTH),
        (6000, 6000, 6000, PayUnit.MONTH),
        ("100元/天", 100, 100, PayUnit.DAY),
    ],
)
def test_pay_is_read(text, low, high, unit):
    (entry,) = read(make_xlsx([TITLES, (*ROW[:3], text)]))
    posting = posting_of(entry)
    assert (posting.pay_minimum, posting.pay_maximum, posting.pay_unit) == (low, high, unit)


@pytest.mark.parametrize(
    ("titles", "cells", "bounds"),
    [
        (("薪资范围起", "薪资范围至", "薪资类型"), (4000, 6000, "元/月"), (4000, 6000, PayUnit.MONTH)),
        (("薪资范围起", "薪资范围至", "薪资类型"), ("4000.0", 0, "月薪"), (4000, None, PayUnit.MONTH)),
        (("薪资范围起", "薪资范围至", "薪资类型"), ("", 6000, "月薪"), (None, 6000, PayUnit.MONTH)),
        (("薪资范围起", "薪资范围至", "薪资类型"), (200, 200, "日薪"), (200, 200, PayUnit.DAY)),
        (("薪资范围起", "薪资范围至", "薪资类型"), (0, 0, "面议"), (None, None, None)),
        (("薪资范围起", "薪资范围至", "薪资类型"), ("", "", "元/月"), (None, None, None)),
        (("日薪（元）",), (200,), (200, 200, PayUnit.DAY)),
        (("月薪（千元）",), ("4-6",), (4000, 6000, PayUnit.MONTH)),
    ],
)
def test_bounds_and_units_in_columns_of_their_own_are_joined(titles, cells, bounds):
    (entry,) = read(make_xlsx([("岗位", "单位", "地址", *titles), ("焊工", "某厂", "前阳镇", *cells)]))
    posting = posting_of(entry)
    assert (posting.pay_minimum, posting.pay_maximum, posting.pay_unit) == bounds


def test_pay_to_be_agreed_is_stated_as_such():
    (entry,) = read(make_xlsx([TITLES, (*ROW[:3], "面议")]))
    assert posting_of(entry).pay_stated is PayStated.NEGOTIABLE


def test_pay_that_cannot_be_read_refuses_the_row_with_its_cell():
    (entry,) = read(make_xlsx([TITLES, (*ROW[:3], "8000-5000元/月")]))
    (problem,) = entry.problems
    assert (problem.column, problem.value) == ("工资", "8000-5000元/月")
    assert entry.posting is None


def test_pay_that_excel_made_a_date_is_refused_with_what_to_do():
    (entry,) = read(make_xlsx([TITLES, (*ROW[:3], date(2026, 5, 8))]))
    assert "变成了日期" in entry.problems[0].reason


def test_a_vague_number_of_openings_stays_open():
    entry = read_row(招聘人数="若干")
    assert (posting_of(entry).openings, entry.openings_open) == (None, True)


@pytest.mark.parametrize("text", ["男3女2", "很多", "0"])
def test_a_wrong_number_of_openings_is_refused(text):
    assert read_row(招聘人数=text).problems[0].column == "招聘人数"


def test_openings_by_sex_must_be_numbers():
    assert read_row(男="三").problems[0].column == "男"


@pytest.mark.parametrize(
    ("cell", "day"),
    [(46203, "2026-06-30"), (date(2026, 6, 30), "2026-06-30"), ("2026年6月30日", "2026-06-30")],
)
def test_validity_runs_to_the_end_of_its_day(cell, day):
    until = posting_of(read_row(有效期至=cell)).valid_until
    assert until is not None
    assert until.isoformat() == f"{day}T16:00:00+00:00"


def test_open_and_relative_validity_are_left_to_the_import():
    assert kinds(read_row(有效期="长期有效")) == [NoteKind.UNREAD]
    assert read_row(有效期="三个月").valid_days == 90
    assert read_row(有效期="全力以赴").problems[0].column == "有效期"


def test_a_day_that_does_not_exist_is_refused():
    assert read_row(有效期="2026-02-30").problems[0].value == "2026-02-30"


def test_a_posting_told_to_start_later_starts_later():
    assert posting_of(read_row(发布时间="2026-05-01")).valid_from is not None
    assert posting_of(read_row(发布时间="2020-05-01")).valid_from is None
    assert posting_of(read_row(发布时间="昨天")).valid_from is None


@pytest.mark.parametrize(
    ("title", "cell", "article"),
    [("性别", "男", "妇女权益保障法"), ("年龄要求", "18-45", "就业促进法"), ("户籍", "本地", "就业促进法")],
)
def test_columns_that_no_posting_may_have_are_dropped_with_their_article(title, cell, article):
    (note,) = read_row(**{title: cell}).notes
    assert note.kind is NoteKind.DROPPED
    assert article in note.article


def test_a_sex_column_that_limits_nothing_is_not_worth_a_word():
    assert read_row(性别="男女不限").notes == ()


def test_long_numbers_stored_as_numbers_are_refused():
    (problem,) = read_row(统一社会信用代码=912106811234567890).problems
    assert "前 15 位" in problem.reason
    assert read_row(岗位编号="9.12106E+17").problems[0].column == "岗位编号"


def test_a_wrong_credit_code_is_refused_and_a_right_one_is_taken():
    assert read_row(信用代码="912106811234567890").problems[0].column == "信用代码"
    assert read_row(信用代码="91210681000000001C").problems[0].column == "信用代码"


def test_a_slash_in_a_reference_is_refused():
    assert read_row(岗位编号="A/1").problems[0].column == "岗位编号"


def test_offers_come_from_columns_lists_titles_and_pay():
    rows = [
        (*TITLES, "食宿", "福利待遇", "班车", "五险"),
        ("质检员（可留用+班车+住宿）", *ROW[1:], "", "五险一金 周末双休", "", ""),
        ("焊工", *ROW[1:3], "6000元/月 包吃住", "", "", "否", ""),
        ("钳工", *ROW[1:], "包吃不包住", "", "前阳镇发车", "√"),
        ("木工", *ROW[1:], "是", "不包住", "是", ""),
        ("瓦工", *ROW[1:], "", "包住 不包住", "", ""),
    ]
    entries = read(make_xlsx(rows))
    offers = [
        (p.housing, p.meals, p.shuttle, p.insurance, list(p.benefits)) for p in map(posting_of, entries)
    ]
    assert offers == [
        (True, None, True, True, ["周末双休"]),
        (True, True, False, None, []),
        (False, True, None, True, ["班车：前阳镇发车"]),
        (True, True, True, None, []),
        (None, None, None, None, []),
    ]
    assert kinds(entries[3]) == [NoteKind.UNREAD]
    assert "福利待遇：包住 不包住" in posting_of(entries[4]).description


def test_long_and_many_benefits_go_to_the_description():
    posting = posting_of(read_row(福利=" ".join(["很" * 50, *(f"福利{n}" for n in range(30))])))
    assert len(posting.benefits) == 20
    assert "很" * 50 in posting.description
    assert "福利29" in posting.description


def test_what_is_not_understood_is_kept_in_the_description():
    entry = read_row(学历="看情况", 班次="看天气", 用工类型="派遣", 证书要求="神仙证", 到岗时间="春耕后")
    description = posting_of(entry).description
    for words in ("学历：看情况", "班次：看天气", "用工类型：派遣", "神仙证", "到岗时间：春耕后"):
        assert words in description
    assert kinds(entry) == [NoteKind.UNREAD] * 5


def test_skills_licences_shift_and_employment_are_read():
    entry = read_row(
        技能要求="二保焊、氩弧焊", 证书="焊工证", 班次="两班倒", 工作性质="全职", 到岗时间="2026-04-01"
    )
    posting = posting_of(entry)
    assert list(posting.skills_required) == ["二保焊", "氩弧焊"]
    assert len(posting.licences) == 1
    assert (posting.shift, posting.employment_type) == (Shift.TWO_SHIFT, EmploymentType.FULL_TIME)
    assert posting.starts_on == date(2026, 4, 1)


def test_sentences_in_the_skills_column_are_a_description():
    posting = posting_of(read_row(技能要求="能够熟练操作各种型号的数控机床并会编程", 证书="不限"))
    assert (posting.skills_required, posting.licences) == ([], [])
    assert "数控机床" in posting.description


def test_several_columns_of_text_are_joined_under_their_titles():
    assert (
        posting_of(read_row(岗位职责="焊接", 任职要求="有经验")).description
        == "岗位职责：焊接\n任职要求：有经验"
    )
    assert posting_of(read_row(岗位职责="焊接")).description == "焊接"


def test_the_workplace_is_told_from_the_employers_address():
    rows = [("岗位", "单位", "地址", "工作地点"), ("焊工", "某厂", "丹东市振兴区1号", "东港市前阳镇")]
    (entry,) = read(make_xlsx(rows))
    assert posting_of(entry).region == "210681104"
    assert employer_of(entry).address == "丹东市振兴区1号"


def test_the_employers_address_stands_in_for_the_workplace_and_is_marked():
    (entry,) = read(make_xlsx([("岗位", "单位", "单位地址"), ("焊工", "某厂", "东港市前阳镇")]))
    assert posting_of(entry).region == "210681104"
    assert tuple(posting_of(entry).defaults) == ("address", "region")
    assert kinds(entry) == [NoteKind.DEFAULT]


def test_a_place_that_nobody_knows_stays_words():
    (entry,) = read(make_xlsx([TITLES, (*ROW[:2], "厂里", "面议")]))
    assert (posting_of(entry).region, posting_of(entry).address) == (None, "厂里")
    assert kinds(entry) == [NoteKind.UNKNOWN]


def test_area_and_address_are_read_together():
    (entry,) = read(
        make_xlsx([("岗位", "单位", "所属乡镇", "工作地址"), ("焊工", "某厂", "前阳镇", "工业街3号")])
    )
    assert (posting_of(entry).region, posting_of(entry).address) == ("210681104", "前阳镇 工业街3号")


@pytest.mark.parametrize(
    ("name", "phone", "told"),
    [
        ("王经理", 13800138000, ("王经理", "13800138000")),
        ("", "李师傅 138 0013 8000", ("李师傅", "13800138000")),
        ("", "13800138000/0415-7123456", (None, "13800138000")),
        ("", "7123456", (None, "7123456")),
        ("", "到厂里问", (None, None)),
    ],
)
def test_contacts_are_told_apart(name, phone, told):
    posting = posting_of(read_row(联系人=name, 联系电话=phone))
    assert (posting.contact_name, posting.contact_phone) == told


def test_titles_and_texts_too_long_are_refused_with_their_column():
    (entry,) = read(make_xlsx([TITLES, ("焊" * 81, *ROW[1:])]))
    assert entry.problems[0].column == "岗位名称"
    assert read(make_xlsx([TITLES, (ROW[0], "厂" * 121, *ROW[2:])]))[0].problems[0].column == "用人单位"


def test_what_describes_the_employer_refuses_nothing():
    entry = read_row(公司规模="很" * 50, 来源="网站", 链接="http://example.org/1")
    assert employer_of(entry).size is None
    assert (posting_of(entry).source, posting_of(entry).source_url) == ("网站", "http://example.org/1")
