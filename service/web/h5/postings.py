"""找活: open postings for everybody, without registering."""

import re
from dataclasses import dataclass
from typing import Any

from flask import Blueprint, Response, current_app, request
from sqlalchemy.orm import Session

import matching
from service.models import EmployerRow, PostingRow
from service.queries import browse as queries
from service.queries.openings import opening_content
from service.rules import opening_text
from service.rules.access import Role
from service.rules.calendar import local_day
from service.rules.lifecycle import PostingState
from service.web.access import access
from service.web.database import now, reading
from service.web.pages import page

blp = Blueprint("h5", __name__)

_PAGE = 20
_ALTERNATIVES = 3
_IDENTIFIER = re.compile(r"[0-9a-z]{26}", re.ASCII)
_GONE = {
    PostingState.FILLED: "这个岗位招满了。",
    PostingState.PAUSED: "这个岗位暂停招人。",
    PostingState.EXPIRED: "这个岗位过期了。",
    PostingState.SCHEDULED: "这个岗位还没到开始招人的日子。",
    PostingState.IN_REVIEW: "这个岗位的内容有改动，正在重新审核。",
    PostingState.WITHDRAWN: "这个岗位撤下了。",
    PostingState.DRAFT: "这个岗位撤下了。",
}


@dataclass(frozen=True, slots=True)
class _Asked:
    """What a list was asked for, and what of it could not be understood, in words."""

    town: str | None
    before: queries.Place | None
    notice: str = ""


@blp.get("/")
@access(Role.PUBLIC)
def browse() -> Response:
    """Open postings, newest first."""
    county = current_app.extensions["settings"].region
    with reading() as session:
        asked = _asked(session, county)
        exact = asked.town == county
        # One more than a page shows, to know whether there is another.
        rows = queries.open_postings(
            session, region=asked.town, exact=exact, before=asked.before, limit=_PAGE + 1
        )
        towns = dict(queries.open_towns(session, county))
        totals = queries.open_totals(session, region=asked.town, exact=exact)
    if asked.town is not None:
        towns.setdefault(asked.town, 0)
    return page(
        "h5/browse.html",
        cells=[_cell(posting, employer) for posting, employer in rows[:_PAGE]],
        older=rows[_PAGE - 1][0].id if len(rows) > _PAGE else None,
        first=asked.before is None,
        towns=[(code, _town_name(code, county), towns[code]) for code in sorted(towns)],
        town=asked.town,
        town_name=_town_name(asked.town, county) if asked.town else "",
        totals=totals,
        notice=asked.notice,
    )


@blp.get("/postings/<posting_id>")
@access(Role.PUBLIC)
def posting(posting_id: str) -> Response:
    """One posting, as it is now; nothing of what its employer wrote once it is gone."""
    if not _IDENTIFIER.fullmatch(posting_id):
        return _unknown()
    with reading() as session:
        found = queries.posting_page(session, posting_id)
        if found is None:
            return _unknown()
        row, employer = found
        if row.state is not PostingState.OPEN:
            near = queries.alternatives(session, row, limit=_ALTERNATIVES)
            return _gone(row, employer, near)
    content = opening_content(row, employer)
    today = local_day(now())
    offers, need = opening_text.tags(content)
    return page(
        "h5/posting.html",
        posting=content,
        place=opening_text.place_name(content),
        left=opening_text.openings_words(content),
        offers=offers,
        need=need,
        published=opening_text.published_words(content, today),
        deadline=opening_text.deadline_words(content, today),
        groups=opening_text.fact_groups(content),
    )


def _asked(session: Session, county: str) -> _Asked:
    town, before = request.args.get("town", ""), request.args.get("before", "")
    known = matching.find_region(town) is not None and matching.is_within(town, county)
    if town and not known:
        return _Asked(None, None, "没有找到您要看的乡镇，下面是全部地方的岗位。")
    place = None
    if _IDENTIFIER.fullmatch(before):
        place = queries.place_of_posting(session, before)
    if before and place is None:
        return _Asked(town or None, None, "您要看的那一页没有了，下面从最新的岗位看起。")
    return _Asked(town or None, place)


def _unknown() -> Response:
    return page("h5/unknown.html", status=404)


def _gone(row: PostingRow, employer: EmployerRow, near: list[queries.Alternative]) -> Response:
    content = opening_content(row, employer)
    return page(
        "h5/gone.html",
        title=row.title,
        employer=employer.name,
        place=opening_text.place_name(content),
        why=_GONE[row.state],
        cells=[_cell(other.posting, other.employer) | {"away": other.away} for other in near],
        region=row.region if row.region and len(row.region) == 9 else None,
    )


def _cell(row: PostingRow, employer: EmployerRow) -> dict[str, Any]:
    """What a posting's cell shows."""
    content = opening_content(row, employer)
    offers, need = opening_text.tags(content)
    return {
        "id": row.id,
        "title": row.title,
        "pay": content["pay"]["text"],
        "employer": employer.name,
        "town": opening_text.place_name(content),
        "offers": offers,
        "need": need,
        "left": opening_text.openings_words(content),
    }


def _town_name(code: str, county: str) -> str:
    if code == county:
        return "没写明乡镇"
    found = matching.find_region(code)
    return found.name if found else code
