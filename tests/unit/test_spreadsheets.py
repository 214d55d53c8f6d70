"""Whatever offices send: every row is read or refused with its place, and nothing hurts the server."""

import io
import zipfile

import pytest

from matching import PayUnit
from service.operations.import_entries import NoteKind
from service.rules.errors import FileTooLarge, UnreadableFile
from service.spreadsheets import read_postings
from service.spreadsheets.fields import Field
from service.spreadsheets.titles import field_of
from tests.sheets import (
    ROW,
    TITLES,
    TODAY,
    employer_of,
    kinds,
    make_csv,
    make_workbook,
    make_xlsx,
    posting_of,
    read,
)


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
