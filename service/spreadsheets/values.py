"""Rows of a table -> entries of an import: every cell read by the rules, and held to the API's schemas."""

import re
from datetime import date, timedelta
from typing import Any

from marshmallow import ValidationError

import matching
from matching.types import EmploymentType, Shift
from service.operations.employers import EmployerContent
from service.operations.import_entries import Entry, NoteKind, problems_of
from service.operations.posting_content import PostingContent
from service.rules.calendar import start_of_day
from service.rules.contacts import ContactKind, find_contacts
from service.rules.credit_code import InvalidCreditCode, check_credit_code
from service.rules.row_words import read_date, read_education, read_experience, read_openings, read_shift
from service.rules.title_words import read_employment, read_offers
from service.schemas.employers import EmployerIn
from service.schemas.posting_content import PostingContentIn
from service.spreadsheets.cells import Cells
from service.spreadsheets.fields import UNLAWFUL, Field
from service.spreadsheets.offers import offers_of
from service.spreadsheets.pay import pay_of
from service.spreadsheets.tables import Record

_CALLABLE = (ContactKind.MOBILE, ContactKind.LANDLINE)
_ANYBODY = re.compile(r"不限|均可|都可|皆可|无要求|不要求|无限制|男女|不论")
_NONE_NEEDED = re.compile(r"不限|无要求|不要求|不需要?|无需|否|没有|没要求")
_PHONE = re.compile(r"[0-9+() -]{5,30}")
_DURATION = re.compile(r"(\d{1,3})(天|日|个?月|周|个?星期|年)(?:内|有效)?")
_DAYS = {"天": 1, "日": 1, "月": 30, "周": 7, "期": 7, "年": 365}
_NUMERALS = str.maketrans("一二两三四五六七八九", "1223456789")
# A licence or a place that is only guessed would bar people, or send them to the wrong town.
_SURE_LICENCE = 0.8
_SURE_PLACE = 0.6
_SHORT_WORD = 12
_POSTING, _EMPLOYER = PostingContentIn(), EmployerIn()
_EMPLOYER_FIELDS = {
    "kind": Field.KIND,
    "size": Field.SIZE,
    "industry": Field.INDUSTRY,
    "introduction": Field.INTRODUCTION,
    "address": Field.EMPLOYER_ADDRESS,
}


def entry_of(record: Record, *, hint: str | None, today: date) -> Entry:
    """One row as an entry of an import: its posting, or the reasons why there is none.

    Args:
        record: the row's cells by column.
        hint: code of the bureau's county, which decides between places of one name.
        today: of the import; what was told to start later starts later.
    """
    cells = Cells(record)
    for field, (name, article) in UNLAWFUL.items():
        if (words := cells.text(field)) and not _ANYBODY.search(words):
            cells.note(NoteKind.DROPPED, field, f"招聘不得对{name}作限制，这一列没有导入。", article)
    for field in dict.fromkeys(column.field for column in record.inherited if column.field):
        if cells.text(field):
            cells.note(NoteKind.INHERITED, field, "本行空白，取自合并单元格或上一行。")
    reference = cells.exact(Field.REFERENCE) or None
    if reference and not re.fullmatch(r"[^/\x00-\x1f\x7f]{1,80}", reference):
        cells.refuse(Field.REFERENCE, "编号应为 1 到 80 个字，不能有斜线。")
    employer = _employer(cells)
    values = _posting_values(cells, hint, today)
    valid_days = _validity(cells, values)
    posting = _posting(cells, values, hint)
    return Entry(
        row=record.row,
        sheet=record.sheet,
        reference=reference,
        employer=employer,
        posting=None if cells.problems else posting,
        valid_days=valid_days,
        openings_open=values["openings"] is None and bool(_openings_text(cells)),
        problems=tuple(cells.problems),
        notes=tuple(cells.notes),
    )


def _employer(cells: Cells) -> EmployerContent | None:
    name = " ".join(cells.text(Field.EMPLOYER).split())
    code = cells.exact(Field.CREDIT_CODE) or None
    if code is not None:
        try:
            code = check_credit_code(code)
        except InvalidCreditCode as error:
            cells.refuse(Field.CREDIT_CODE, error.detail)
            return None
    if not name:
        if code is not None:
            return EmployerContent(name="", credit_code=code)
        cells.refuse(Field.EMPLOYER, "用人单位空白。如与上一行是同一单位，请合并单元格或重复填写。")
        return None
    values: dict[str, Any] = {"name": name, "credit_code": code}
    values |= {key: cells.text(field) or None for key, field in _EMPLOYER_FIELDS.items()}
    try:
        return EmployerContent(**_EMPLOYER.load(values))
    except ValidationError as error:
        faults = dict(error.normalized_messages())
    if "name" in faults:
        cells.refuse(Field.EMPLOYER, "单位名称应为 1 到 120 个字。")
        return None
    # What describes the employer is no reason to refuse its posting.
    for key in faults:
        cells.note(NoteKind.DROPPED, _EMPLOYER_FIELDS[str(key)], "太长，没有导入。")
        values[str(key)] = None
    return EmployerContent(**_EMPLOYER.load(values))


def _posting_values(cells: Cells, hint: str | None, today: date) -> dict[str, Any]:
    """The posting's fields as JSON would bring them, so that one schema holds both doors."""
    title = " ".join(cells.text(Field.TITLE).split())
    if not title:
        cells.refuse(Field.TITLE, "岗位名称空白，请填写。")
    pay = pay_of(cells)
    values: dict[str, Any] = {
        "title": title or "未填写",  # said above once, the schema need not say it again
        "pay_stated": pay.stated.value,
        "openings": _openings(cells),
        "education": cells.wished(Field.EDUCATION, read_education, None),
        "experience_years": cells.wished(Field.EXPERIENCE, read_experience, None),
        "employment_type": _employment(cells, title),
        "shift": _shift(cells),
        "skills_required": _skills(cells),
        "licences": _licences(cells),
        "starts_on": _day(cells, Field.STARTS_ON),
        "source": cells.text(Field.SOURCE)[:80],
        "source_url": _address_of_page(cells),
    }
    if pay.pay is not None:
        values |= {"pay_minimum": pay.pay.minimum, "pay_maximum": pay.pay.maximum}
        values["pay_unit"] = pay.pay.unit.value
    asides = read_offers(f"{title} {cells.text(Field.PAY)}")
    values |= offers_of(cells, asides) | _place(cells, hint) | _contact(cells)
    published = _read_day(cells.raw(Field.PUBLISHED))
    if published is not None and published > today:
        values["valid_from"] = start_of_day(published).isoformat()
    return values


def _posting(cells: Cells, values: dict[str, Any], hint: str | None) -> PostingContent | None:
    """The posting, None where a problem was found; what is left of the cells is its description."""
    defaults = values.pop("defaults", ())
    values["description"] = _description(cells)
    try:
        loaded = _POSTING.load({name: value for name, value in values.items() if value is not None})
    except ValidationError as error:
        titles = {field.value: cells.title(field) for field in Field} | {"region": cells.title(Field.PLACE)}
        cells.problems += problems_of(error.normalized_messages(), titles)
        return None
    return PostingContent(**loaded, defaults=defaults, region_hint=hint)


def _openings_text(cells: Cells) -> str:
    return cells.text(Field.OPENINGS) or cells.text(Field.OPENINGS_BY_SEX)


def _openings(cells: Cells) -> int | None:
    if cells.text(Field.OPENINGS):
        count = cells.needed(Field.OPENINGS, read_openings, None)
        if count is None and not cells.problems:
            cells.note(NoteKind.UNREAD, Field.OPENINGS, "人数未定，发布前须写明招聘人数。")
        return count
    parts = cells.all(Field.OPENINGS_BY_SEX)
    if not parts:
        return None
    try:
        total = sum(int(text) for _, text in parts)
    except ValueError:
        cells.refuse(Field.OPENINGS_BY_SEX, "人数应为整数，如“5”。", "、".join(text for _, text in parts))
        return None
    message = f"招聘人数不得按男女分，已合计为 {total} 人。"
    cells.note(NoteKind.DROPPED, Field.OPENINGS_BY_SEX, message, UNLAWFUL[Field.SEX][1])
    return total


def _employment(cells: Cells, title: str) -> str | None:
    found: EmploymentType | None = None
    if cells.text(Field.EMPLOYMENT):
        found = read_employment(cells.text(Field.EMPLOYMENT))
        if found is None:
            cells.unread(Field.EMPLOYMENT)
    found = found or read_employment(title)
    return None if found is None else found.value


def _shift(cells: Cells) -> str | None:
    nothing: Shift | None = None
    found = cells.wished(Field.SHIFT, read_shift, nothing)
    return None if found is None else found.value


def _skills(cells: Cells) -> list[str]:
    """Short words are skills; sentences belong to the description."""
    skills: list[str] = []
    for column, text in cells.all(Field.SKILLS):
        words = [word for word in matching.split_words(text) if word]
        if any(len(word) > _SHORT_WORD for word in words) or len(words) > 20:
            cells.leftovers.append(f"{column.title}：{text}")
        else:
            skills += [word for word in words if not _NONE_NEEDED.search(word)]
    return list(dict.fromkeys(skills))[:20]


def _licences(cells: Cells) -> list[str]:
    keys: list[str] = []
    for column, text in cells.all(Field.LICENCES):
        if _NONE_NEEDED.search(text):
            continue
        unknown = []
        for word in filter(None, matching.split_words(text)):
            hits = matching.resolve_licence(word, limit=1)
            if hits and hits[0].confidence >= _SURE_LICENCE:
                keys.append(hits[0].code)
            else:
                unknown.append(word)
        if unknown:
            cells.leftovers.append(f"{column.title}：{'、'.join(unknown)}")
            message = f"没有认出“{'、'.join(unknown)}”，原文已写入岗位说明。"
            cells.note(NoteKind.UNREAD, Field.LICENCES, message)
    return list(dict.fromkeys(keys))[:10]


def _day(cells: Cells, field: Field) -> str | None:
    nothing: date | None = None
    found = cells.wished(field, lambda _: read_date(cells.raw(field)), nothing)
    return None if found is None else found.isoformat()


def _read_day(cell: Any) -> date | None:
    try:
        return read_date(cell)
    except ValueError:
        return None


def _validity(cells: Cells, values: dict[str, Any]) -> int | None:
    """Put the end of validity into `values`; a duration is returned instead, in days."""
    text = re.sub(r"\s", "", cells.text(Field.VALID_UNTIL)).translate(_NUMERALS)
    if hit := _DURATION.fullmatch(text):
        return int(hit[1]) * _DAYS[hit[2][-1]]
    nothing: date | None = None
    raw = cells.raw(Field.VALID_UNTIL)
    if isinstance(raw, date):
        found: date | None = read_date(raw)
    else:
        found = cells.needed(Field.VALID_UNTIL, lambda _: read_date(raw), nothing)
    if found is not None:
        values["valid_until"] = start_of_day(found + timedelta(days=1)).isoformat()
    elif text and not cells.problems:
        cells.note(NoteKind.UNREAD, Field.VALID_UNTIL, "没有写明截止日期，按导入的默认有效期计算。")
    return None


def _place(cells: Cells, hint: str | None) -> dict[str, Any]:
    """Region and address: of the work, else those of the employer, which are marked as filled."""
    area, place = cells.text(Field.AREA), cells.text(Field.PLACE)
    field = Field.PLACE if place else Field.AREA
    values: dict[str, Any] = {}
    if not area and not place:
        field, place = Field.EMPLOYER_ADDRESS, cells.text(Field.EMPLOYER_ADDRESS)
        if not place:
            return {}
        cells.note(NoteKind.DEFAULT, field, "没有写工作地点，按单位地址填写，请核对。")
        values["defaults"] = ("address", "region")
    written = place if area in place else f"{area} {place}".strip()
    values["address"] = " ".join(written.split())
    hit = matching.resolve_region(written, hint=hint)
    if hit is None or hit.confidence < _SURE_PLACE:
        cells.note(NoteKind.UNKNOWN, field, "没有认出属于哪个乡镇或街道，发布前请补选。")
    else:
        values["region"] = hit.code
    return values


def _contact(cells: Cells) -> dict[str, Any]:
    """Whom to call: the first number of the cell; a name beside it where no other column has one."""
    text = cells.exact(Field.CONTACT_PHONE)
    name = cells.text(Field.CONTACT_NAME)
    found = [contact for contact in find_contacts(f"{name} {text}") if contact.kind in _CALLABLE]
    phone = found[0].value if found else (text if _PHONE.fullmatch(text) else None)
    if len(found) > 1:
        cells.note(NoteKind.DROPPED, Field.CONTACT_PHONE, "有多个号码，只导入第一个。")
    if text and phone is None:
        cells.note(NoteKind.DROPPED, Field.CONTACT_PHONE, "不是电话号码，没有导入。")
    words = re.sub(r"[\d\s()+\-/:：,，、;；转]+", "", name or text) if phone or name else ""
    is_name = 2 <= len(words) <= 20 and (bool(name) or len(words) <= 6)
    return {"contact_phone": phone, "contact_name": words if is_name else None}


def _address_of_page(cells: Cells) -> str:
    text = cells.text(Field.SOURCE_URL)
    return text if re.fullmatch(r"https?://\S{1,390}", text) else ""


def _description(cells: Cells) -> str:
    """The texts of all columns that describe the work, each under its title where there are several."""
    parts = cells.all(Field.DESCRIPTION)
    if len(parts) == 1 and not cells.leftovers:
        return parts[0][1]
    return "\n".join([*(f"{column.title}：{text}" for column, text in parts), *cells.leftovers])
