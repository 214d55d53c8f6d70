"""/v1/postings/import and /v1/imports: 导入."""

import hashlib
from datetime import datetime
from typing import Any

from flask import current_app, request
from marshmallow import Schema, ValidationError
from werkzeug.exceptions import UnsupportedMediaType

from service.operations.import_entries import Defaults, Entry, problems_of
from service.operations.imports import ImportSource, import_postings
from service.operations.posting_content import PostingContent
from service.queries.imports import find_import
from service.rules.access import Role
from service.rules.calendar import local_day
from service.rules.errors import FileTooLarge, Invalid, NotFound
from service.schemas.imports import ImportOut, PostingsImportIn, SheetIn, SheetUpload
from service.spreadsheets import read_postings
from service.web.access import access, current_actor
from service.web.api.bodies import ApiBlueprint
from service.web.api.responses import problems
from service.web.database import now, reading, transaction

blp = ApiBlueprint("imports", __name__, url_prefix="/v1", description="导入")

_FORM, _JSON = "multipart/form-data", "application/json"
_BODY = {
    "required": True,
    "content": {_FORM: {"schema": SheetUpload}, _JSON: {"schema": PostingsImportIn}},
}


@blp.post("/postings/import")
@blp.doc(requestBody=_BODY)
@blp.response(200, ImportOut)
@problems(blp, 400, 401, 403, 409, 413, 415, 422)
@access(Role.BUREAU, Role.EMPLOYER)
def create() -> Any:
    """Import a sheet or a list of postings as drafts, with a receipt for every row"""
    at = now()
    entries, source, values = _sheet(at) if request.mimetype == _FORM else _list()
    settings = current_app.extensions["settings"]
    days = values["valid_days"]
    defaults = Defaults(values["openings"], settings.posting_validity_days if days is None else days)
    with transaction() as session:
        return import_postings(session, entries, source, defaults=defaults, actor=current_actor(), now=at)


@blp.get("/imports/<id:import_id>")
@blp.response(200, ImportOut)
@problems(blp, 401, 403, 404)
@access(Role.BUREAU, Role.EMPLOYER)
def read(import_id: str) -> Any:
    """Read an import with its receipts"""
    with reading() as session:
        found = find_import(session, import_id, actor=current_actor())
        if found is None:
            raise NotFound(f"no import {import_id}")
        return found


def _loaded(schema: type[Schema], location: str) -> dict[str, Any]:
    loaded: dict[str, Any] = blp.ARGUMENTS_PARSER.parse(schema(), request, location=location)
    return loaded


def _sheet(at: datetime) -> tuple[list[Entry], ImportSource, dict[str, Any]]:
    """The rows of the file in the form."""
    values = _loaded(SheetIn, "form")
    file = request.files.get("file")
    if file is None:
        message = "请选择要导入的文件。"
        raise Invalid(message, errors={"file": [message]})
    content = file.read()
    settings = current_app.extensions["settings"]
    sheets = read_postings(
        content, max_rows=settings.import_max_rows, hint=settings.region, today=local_day(at)
    )
    source = ImportSource(
        values.get("provider"),
        (file.filename or "").replace("\x00", ""),
        hashlib.sha256(content).hexdigest(),
        {"columns": sheets.columns, "skipped_sheets": sheets.skipped},
    )
    return sheets.entries, source, values


def _list() -> tuple[list[Entry], ImportSource, dict[str, Any]]:
    """The postings in the JSON body, one entry each, right or wrong."""
    if not request.is_json:
        raise UnsupportedMediaType(f"send {_FORM} with a file, or {_JSON}")
    values = _loaded(PostingsImportIn, "json")
    settings = current_app.extensions["settings"]
    if len(values["postings"]) > settings.import_max_rows:
        raise FileTooLarge(f"一次最多导入 {settings.import_max_rows} 行，请分几次。")
    entries = [_entry(row, item) for row, item in enumerate(values["postings"], 1)]
    digest = hashlib.sha256(request.get_data()).hexdigest()
    return entries, ImportSource(values.get("provider"), "", digest), values


def _entry(row: int, item: dict[str, Any] | ValidationError) -> Entry:
    if isinstance(item, ValidationError):
        return Entry(row=row, problems=tuple(problems_of(item.normalized_messages())))
    reference, employer_id = item.pop("reference", None), item.pop("employer_id", None)
    content = PostingContent(**item, region_hint=current_app.extensions["settings"].region)
    return Entry(row=row, reference=reference, employer_id=employer_id, posting=content)
