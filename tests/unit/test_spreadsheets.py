"""Whatever offices send: every row is read or refused with its place, and nothing hurts the server."""

import io
import zipfile
from datetime import date

import pytest

from matching import EmploymentType, PayUnit, Shift
from service.models import PayStated
from service.operations.employers import EmployerContent
from service.operations.import_entries import Entry, NoteKind
from service.operations.posting_content import PostingContent
from service.rules.errors import FileTooLarge, UnreadableFile
from service.spreadsheets import read_postings
from service.spreadsheets.fields import Field
from service.spreadsheets.titles import field_of
from tests.sheets import ROW, TITLES, make_csv, make_workbook, make_xlsx

TODAY = date(2026, 3, 2)


def read(content: bytes, *, max_rows: int = 1000) -> list[Entry]:
    return read_postings(content, max_rows=max_rows, hint="210681", today=TODAY).entries


def read_row(**cells: object) -> Entry:
    """The one row of a sheet whose further columns are `cells`."""
    (entry,) = read(make_xlsx([(*TITLES, *cells), (*ROW, *cells.values())]))
    return entry


def posting_of(entry: Entry) -> PostingContent:
    assert entry.problems == ()
    assert entry.posting is not None
    return entry.posting


def employer_of(entry: Entry) -> EmployerContent:
    assert entry.employer is not None
    return entry.employer


def kinds(entry: Entry) -> list[NoteKind]:
    return [note.kind for note in entry.notes]


def test_a_plain_sheet_becomes_entries():
    (entry,) = read(make_xlsx([TITLES, ROW]))
    posting = posting_of(entry)
    assert (entry.row, entry.sheet, employer_of(entry).name) == (2, "岗位", ROW[1])
    assert (posting.title, posting.region, posting.address) == ("电焊工", "210681104", "前阳镇")
    assert (posting.pay_minimum, posting.pay_maximum, posting.pay_unit) == (5000, 7000, PayUnit.MONTH)


@pytest.mark.parametrize(
    ("title", "field"),
    [
        ("*岗位名称（必填）", Field.TITLE),
        ("招聘 工种", Field.TITLE),
        ("岗位(工种)", Field.TITLE),
        ("单位名称（盖章）", Field.EMPLOYER),
        ("社会信用码", Field.CREDIT_CODE),
        ("薪资待遇\n（元/月）", Field.PAY),
        ("薪资范围起", Field.PAY_MINIMUM),
        ("薪资范围至", Field.PAY_MAXIMUM),
        ("所属区域", Field.AREA),
        ("需求人数", Field.OPENINGS),
        ("性别/年龄", Field.SEX),
        ("是否缴纳五险", Field.INSURANCE),
        ("岗位职责及要求", Field.DESCRIPTION),
        ("截止日期", Field.VALID_UNTIL),
        ("序号", Field.IGNORED),
        ("薪资情况说明与公司发展前景以及其他各种各样的说明文字内容很长", None),
        ("某" * 100, None),
        ("车间主任意见", None),
    ],
)
def test_a_title_is_known_in_its_variants(title, field):
    assert field_of(title) is field


def test_a_header_may_stand_under_a_merged_title_and_blank_rows():
    rows = [("2026年春季用工需求汇总表",), (), ("填表单位：前阳镇",), TITLES, (), ROW, (), ROW]
    entries = read(make_xlsx(rows, merges=["A1:D1"]))
    assert [entry.row for entry in entries] == [6, 8]


def test_a_header_of_two_rows_is_joined():
    rows = [
        ("用人单位", "岗位", "薪资（元/月）", "", "招聘人数", "", "工作地点"),
        ("", "", "最低", "最高", "男", "女", ""),
        ("东港鸿源水产有限公司", "扒虾工", 4000, 6000, 3, 2, "北井子镇"),
    ]
    entries = read(make_xlsx(rows, merges=["A1:A2", "B1:B2", "C1:D1", "E1:F1", "G1:G2"]))
    posting = posting_of(entries[0])
    assert (posting.pay_minimum, posting.pay_maximum, posting.openings) == (4000, 6000, 5)
    assert [note.column for note in entries[0].notes] == ["招聘人数 男"]


def test_a_header_of_two_rows_is_joined_where_merges_are_not_told():
    rows = [
        ("用人单位", "岗位", "薪资", ""),
        ("", "", "最低", "最高"),
        ("东港鸿源水产", "扒虾工", 4000, 6000),
    ]
    assert posting_of(read(make_csv(rows))[0]).pay_maximum == 6000


def test_lists_put_under_each_other_each_have_their_header():
    rows = [TITLES, ROW, (), ("用人单位", "岗位", "工资"), ("某厂", "搬运工", "200元/天")]
    assert [posting_of(entry).title for entry in read(make_xlsx(rows))] == ["电焊工", "搬运工"]


def test_only_the_employers_merged_cells_are_filled_downwards():
    rows = [
        ("用人单位", "岗位名称", "招聘人数", "工资"),
        ("东港鸿源水产", "扒虾工", 5, "面议"),
        ("", "包装工", "", "面议"),
        ("", "司机", 1, "面议"),
    ]
    first, second, third = read(make_xlsx(rows, merges=["A2:A3", "C2:C3"]))
    assert employer_of(second).name == "东港鸿源水产"
    assert posting_of(first).openings == 5
    assert posting_of(second).openings is None
    assert kinds(second) == [NoteKind.INHERITED]
    assert [(p.column, p.value) for p in third.problems] == [("用人单位", "")]


def test_a_text_file_fills_blank_employers_from_above():
    rows = [("用人单位", "岗位名称", "工资"), ("某厂", "焊工", "面议"), ("", "钳工", "面议")]
    assert [employer_of(entry).name for entry in read(make_csv(rows))] == ["某厂", "某厂"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gbk", "gb18030", "utf-16"])
@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_text_files_are_read_in_every_encoding(encoding, separator):
    (entry,) = read(make_csv([TITLES, ROW], encoding=encoding, separator=separator))
    assert posting_of(entry).title == "电焊工"


def test_a_line_break_within_a_cell_keeps_the_row_numbers():
    content = '岗位名称,用人单位,工资\n"焊\n工",某厂,面议\n钳工,某厂,面议\n'.encode()
    assert [entry.row for entry in read(content)] == [2, 3]


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


def test_a_row_without_title_or_employer_is_refused_and_counted():
    first, second = read(make_xlsx([TITLES, ("合计", "", "", ""), ("", "", "某地", "面议")]))
    assert [p.column for p in first.problems] == ["用人单位"]
    assert [p.column for p in second.problems] == ["用人单位", "岗位名称"]


def test_sheets_with_a_header_are_read_and_the_others_named():
    found = read_postings(
        make_workbook({"焊": [TITLES, ROW], "说明": [("请如实填写",)], "钳": [TITLES, ROW], "空": []}),
        max_rows=10,
        hint=None,
        today=TODAY,
    )
    assert [entry.sheet for entry in found.entries] == ["焊", "钳"]
    assert found.skipped == ["说明"]


def test_columns_that_nobody_knows_are_named():
    found = read_postings(make_xlsx([(*TITLES, "厂长意见"), ROW]), max_rows=10, hint=None, today=TODAY)
    assert found.columns[-1] == {"sheet": "岗位", "title": "厂长意见", "field": None}


def test_a_wrong_dimension_loses_no_row():
    content = make_xlsx([TITLES, ROW, ROW, ROW])
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(file, "w") as new:
        for name in old.namelist():
            text = old.read(name)
            new.writestr(name, text.replace(b'<dimension ref="A1:D4"/>', b'<dimension ref="A1:A1"/>'))
    assert len(read(file.getvalue())) == 3


def test_formulas_without_a_value_are_blank():
    (entry,) = read(make_xlsx([(*TITLES, "学历"), (*ROW, "=NA()")]))
    assert posting_of(entry).education in (None, 0)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "空的"),
        (b"\x00\x00\x00", "空的"),
        (b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 20, "不是表格"),
        (b"%PDF-1.7 " + bytes(range(256)) * 20, "不是表格"),
        ("<html><table><tr><td>岗位</td></tr></table></html>".encode(), "网页"),
        (b"PK\x03\x04 torn", "打不开"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "密码"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 torn", "打不开"),
        (b"\x09\x08 torn", "打不开"),
        (make_csv([("今天", "明天"), ("1", "2")]), "表头"),
        ("岗位名称,用人单位,工资\n".encode(), "没有岗位"),
        ('岗位名称,用人单位,工资\n"焊工"x,某厂,面议\n'.encode(), "引号"),
        (make_workbook({"空": []}), "没有内容"),
    ],
)
def test_a_file_that_is_no_sheet_is_refused_with_what_to_do(content, words):
    with pytest.raises(UnreadableFile, match=words):
        read(content)


def test_a_word_file_is_refused():
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("word/document.xml", "<w/>")
    with pytest.raises(UnreadableFile):
        read(file.getvalue())


@pytest.mark.parametrize("last", ["XFD1048576", "U1048576"])
def test_a_bomb_of_five_kilobytes_hurts_nobody(last):
    content = make_xlsx([TITLES, ROW])
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(file, "w") as new:
        for name in old.namelist():
            cell = f'<row r="1048576"><c r="{last}"><v>1</v></c></row></sheetData>'.encode()
            new.writestr(name, old.read(name).replace(b"</sheetData>", cell))
    with pytest.raises((UnreadableFile, FileTooLarge), match="太大"):
        read(file.getvalue())


def test_more_rows_than_one_import_takes_are_refused_with_the_limit():
    with pytest.raises(FileTooLarge, match="一次最多导入 10000 行"):
        read(make_xlsx([TITLES, *[ROW] * 20_000]), max_rows=10_000)
    with pytest.raises(FileTooLarge):
        read(make_xlsx([TITLES, *[ROW] * 60]), max_rows=10)


def test_hidden_sheets_are_no_postings():
    file = io.BytesIO()
    import xlsxwriter

    with xlsxwriter.Workbook(file) as book:
        for name, rows in {"岗位": [TITLES, ROW], "字典": [TITLES, ROW]}.items():
            sheet = book.add_worksheet(name)
            for y, row in enumerate(rows):
                sheet.write_row(y, 0, row)
        book.worksheets()[1].hide()
    assert [entry.sheet for entry in read(file.getvalue())] == ["岗位"]
