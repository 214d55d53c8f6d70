"""找活: open postings for everybody, without registering."""

from typing import Any

from flask import Blueprint, Response, current_app, make_response, render_template, request

import matching
from service.models import EmployerRow, PostingRow
from service.queries.browse import alternatives, open_postings, open_totals, open_towns, posting_page
from service.queries.openings import opening_content
from service.rules import opening_text
from service.rules.access import Role
from service.rules.lifecycle import PostingState
from service.web.access import access
from service.web.database import reading

blp = Blueprint("h5", __name__)

_PAGE = 20
_ALTERNATIVES = 3
_GONE = {
    PostingState.FILLED: "这个岗位已经招满了。",
    PostingState.PAUSED: "这个岗位暂停招人。",
    PostingState.EXPIRED: "这个岗位已经过期了。",
    PostingState.WITHDRAWN: "这个岗位已经撤下了。",
    PostingState.IN_REVIEW: "这个岗位正在重新审核。",
    PostingState.DRAFT: "这个岗位已经撤下了。",
}


@blp.get("/")
@access(Role.PUBLIC)
def browse() -> Response:
    """Open postings, newest first."""
    county = current_app.extensions["settings"].region
    town = request.args.get("town", "")
    before = request.args.get("before", "")
    region = town if matching.find_region(town) is not None else None
    with reading() as session:
        # One more than a page shows, to know whether there is another.
        rows = open_postings(session, region=region, before=before or None, limit=_PAGE + 1)
        towns = open_towns(session, county)
        totals = open_totals(session, region=region)
    return _page(
        "h5/browse.html",
        cells=[_cell(posting, employer) for posting, employer in rows[:_PAGE]],
        older=rows[_PAGE - 1][0].id if len(rows) > _PAGE else None,
        first=not before,
        towns=[(code, _town_name(code, county), count) for code, count in towns],
        town=region or "",
        town_name=_town_name(region, county) if region else "",
        totals=totals,
    )


@blp.get("/postings/<posting_id>")
@access(Role.PUBLIC)
def posting(posting_id: str) -> Response:
    """One posting, as it is now."""
    with reading() as session:
        found = posting_page(session, posting_id)
        if found is None:
            return _page("h5/unknown.html", status=404)
        row, employer = found
        gone = "" if row.state is PostingState.OPEN else _GONE.get(row.state, "这个岗位现在不招人。")
        near = alternatives(session, row, limit=_ALTERNATIVES) if gone else []
    content = opening_content(row, employer)
    return _page(
        "h5/posting.html",
        posting=content,
        facts=opening_text.facts(content),
        gone=gone,
        cells=[_cell(*pair) for pair in near],
    )


def _cell(row: PostingRow, employer: EmployerRow) -> dict[str, Any]:
    """What a posting's cell shows."""
    content = opening_content(row, employer)
    return {
        "id": row.id,
        "title": row.title,
        "pay": content["pay"]["text"],
        "employer": employer.name,
        "town": opening_text.place_name(content),
        "tags": opening_text.tags(content)[:4],
        "left": opening_text.openings_words(content),
    }


def _town_name(code: str, county: str) -> str:
    if code == county:
        return "全市（未写明乡镇）"
    found = matching.find_region(code)
    return found.name if found else code


def _page(template: str, *, status: int = 200, **values: Any) -> Response:
    settings = current_app.extensions["settings"]
    response = make_response(render_template(template, bureau=settings.bureau_name, **values), status)
    response.cache_control.no_cache = True
    return response
