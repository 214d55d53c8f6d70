"""Matches of a posting and of a seeker, and why or why not for any pair."""

from dataclasses import asdict
from typing import Any

from service.models import MatchRow, PostingRow, ProfileRow, SeekerRow
from service.operations.audit import Act, record
from service.queries.employers import employers_by_id
from service.queries.matches import Explained, Place, explained, matches_of_posting, matches_of_seeker
from service.queries.openings import opening_content
from service.queries.postings import find_posting
from service.queries.seekers import find_seeker
from service.rules.access import Role
from service.rules.calendar import local_day
from service.rules.errors import NotFound
from service.rules.masking import mask_name, mask_phone
from service.schemas.matches import BreakdownOut, MatchesArgs, PostingMatchesOut, SeekerMatchesOut
from service.web.access import access, current_actor
from service.web.api.bodies import ApiBlueprint
from service.web.api.responses import problems
from service.web.database import now, transaction

blp = ApiBlueprint(
    "matches", __name__, url_prefix="/v1", description="匹配: stored lists, and any pair explained"
)

_MILLION = 1_000_000  # totals have six decimals


@blp.get("/postings/<id:posting_id>/matches")
@blp.arguments(MatchesArgs, location="query")
@blp.response(200, PostingMatchesOut)
@problems(blp, 401, 403, 404, 422)
@access(Role.BUREAU)
def of_posting(args: dict[str, Any], posting_id: str) -> Any:
    """Read the posting's best seekers, masked, each explained"""
    with transaction() as session:
        posting = find_posting(session, posting_id, actor=current_actor())
        if posting is None:
            raise NotFound(f"no posting {posting_id}")
        rows = matches_of_posting(session, posting_id, after=_place(args), limit=args["limit"])
        act = Act("list_matches", "posting", posting_id, detail={"count": len(rows)})
        record(session, act, actor=current_actor(), now=now())
        items = [_posting_match(match, posting, seeker, profile) for match, seeker, profile in rows]
    return _page(items, "seeker_id", args["limit"], posting)


@blp.get("/seekers/<id:seeker_id>/matches")
@blp.arguments(MatchesArgs, location="query")
@blp.response(200, SeekerMatchesOut)
@problems(blp, 401, 403, 404, 422)
@access(Role.BUREAU)
def of_seeker(args: dict[str, Any], seeker_id: str) -> Any:
    """Read the seeker's best postings, each explained"""
    with transaction() as session:
        found = find_seeker(session, seeker_id)
        if found is None:
            raise NotFound(f"no seeker {seeker_id}")
        rows = matches_of_seeker(session, seeker_id, after=_place(args), limit=args["limit"])
        employers = employers_by_id(session, {posting.employer_id for _, posting in rows})
        act = Act("list_matches", "seeker", seeker_id, detail={"count": len(rows)})
        record(session, act, actor=current_actor(), now=now())
    seeker, profile = found
    items = [
        _match(match, explained(posting, profile, seeker.state, today=local_day(now())))
        | {"posting": opening_content(posting, employers[posting.employer_id])}
        for match, posting in rows
    ]
    return _page(items, "posting_id", args["limit"], profile)


@blp.get("/postings/<id:posting_id>/seekers/<id:seeker_id>/match")
@blp.response(200, BreakdownOut)
@problems(blp, 401, 403, 404)
@access(Role.BUREAU)
def of_pair(posting_id: str, seeker_id: str) -> Any:
    """Explain any pair: why, or why not and what would change it"""
    with transaction() as session:
        posting = find_posting(session, posting_id, actor=current_actor())
        found = find_seeker(session, seeker_id)
        if posting is None or found is None:
            raise NotFound(f"no posting {posting_id} or no seeker {seeker_id}")
        act = Act("explain_match", "seeker", seeker_id, detail={"posting": posting_id})
        record(session, act, actor=current_actor(), now=now())
    seeker, profile = found
    return _breakdown(explained(posting, profile, seeker.state, today=local_day(now())))


def _place(args: dict[str, Any]) -> Place | None:
    if args["after"] is None:
        return None
    total, _, other_id = args["after"].partition("-")
    return Place(int(total) / _MILLION, other_id)


def _page(
    items: list[dict[str, Any]], other: str, limit: int, row: PostingRow | ProfileRow
) -> dict[str, Any]:
    last = items[-1] if len(items) == limit else None
    return {
        "items": items,
        "next": None if last is None else f"{round(last['total'] * _MILLION)}-{last[other]}",
        "matched_revision": row.matched_revision,
        "revision": row.revision,
    }


def _match(match: MatchRow, why: Explained) -> dict[str, Any]:
    names = ("posting_id", "seeker_id", "total", "conditional", "policy", "at")
    return {name: getattr(match, name) for name in names} | {"breakdown": _breakdown(why)}


def _posting_match(
    match: MatchRow, posting: PostingRow, seeker: SeekerRow, profile: ProfileRow
) -> dict[str, Any]:
    why = explained(posting, profile, seeker.state, today=local_day(now()))
    return _match(match, why) | {
        "name": mask_name(seeker.name),
        "phone": mask_phone(seeker.phone),
        "shares_with_employers": seeker.shares_with_employers_at is not None,
    }


def _breakdown(why: Explained) -> dict[str, Any]:
    return asdict(why.breakdown) | {"why_not": [asdict(change) for change in why.why_not]}
