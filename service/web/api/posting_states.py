"""/v1/postings/…/submit and so on: the lifecycle of a posting, and its openings."""

from typing import Any

from service.operations import hires, posting_states
from service.rules.access import Role
from service.schemas.posting_states import (
    HiresIn,
    MayReasonIn,
    OpeningsIn,
    ReasonIn,
    RenewalIn,
    ReopeningIn,
)
from service.schemas.postings import PostingOut
from service.web.access import access, current_actor
from service.web.api.bodies import ApiBlueprint
from service.web.api.responses import View, problems
from service.web.api.revisions import Tagged, expected_revision, revisioned, tagged
from service.web.database import now, transaction

blp = ApiBlueprint(
    "posting_states", __name__, url_prefix="/v1/postings/<id:posting_id>", description="岗位的状态"
)


def _answers(view: View) -> View:
    """What every change of state answers with."""
    documented = problems(blp, 400, 401, 403, 404, 409, 422)(view)
    return blp.response(200, PostingOut)(revisioned(blp, required=False)(documented))


def _asked() -> dict[str, Any]:
    """Who asks for the change, when, and of which revision."""
    return {
        "actor": current_actor(),
        "now": now(),
        "expected_revision": expected_revision(required=False),
    }


@blp.post("/submit")
@_answers
@access(Role.BUREAU, Role.EMPLOYER)
def submit(posting_id: str) -> Tagged:
    """Hand a draft in for review"""
    with transaction() as session:
        return tagged(posting_states.submit_posting(session, posting_id, **_asked()))


@blp.post("/return")
@blp.arguments(ReasonIn)
@_answers
@access(Role.BUREAU)
def send_back(content: dict[str, Any], posting_id: str) -> Tagged:
    """Give a posting in review back to its sender"""
    with transaction() as session:
        return tagged(posting_states.return_posting(session, posting_id, content["reason"], **_asked()))


@blp.post("/approve")
@blp.arguments(MayReasonIn)
@_answers
@access(Role.BUREAU)
def approve(content: dict[str, Any], posting_id: str) -> Tagged:
    """Publish a posting in review, at once or when its time comes"""
    with transaction() as session:
        return tagged(
            posting_states.approve_posting(session, posting_id, reason=content["reason"], **_asked())
        )


@blp.post("/pause")
@blp.arguments(MayReasonIn)
@_answers
@access(Role.BUREAU, Role.EMPLOYER)
def pause(content: dict[str, Any], posting_id: str) -> Tagged:
    """Take an open posting from the public for a while"""
    with transaction() as session:
        return tagged(posting_states.pause_posting(session, posting_id, reason=content["reason"], **_asked()))


@blp.post("/resume")
@blp.arguments(MayReasonIn)
@_answers
@access(Role.BUREAU, Role.EMPLOYER)
def resume(content: dict[str, Any], posting_id: str) -> Tagged:
    """Bring a paused posting back"""
    with transaction() as session:
        return tagged(
            posting_states.resume_posting(session, posting_id, reason=content["reason"], **_asked())
        )


@blp.post("/fill")
@blp.arguments(MayReasonIn)
@_answers
@access(Role.BUREAU, Role.EMPLOYER)
def fill(content: dict[str, Any], posting_id: str) -> Tagged:
    """Close a posting because nobody more is wanted"""
    with transaction() as session:
        return tagged(posting_states.fill_posting(session, posting_id, reason=content["reason"], **_asked()))


@blp.post("/reopen")
@blp.arguments(ReopeningIn)
@_answers
@access(Role.BUREAU, Role.EMPLOYER)
def reopen(content: dict[str, Any], posting_id: str) -> Tagged:
    """Bring a filled posting back"""
    with transaction() as session:
        return tagged(hires.reopen_posting(session, posting_id, content["openings_left"], **_asked()))


@blp.post("/renew")
@blp.arguments(RenewalIn)
@_answers
@access(Role.BUREAU, Role.EMPLOYER)
def renew(content: dict[str, Any], posting_id: str) -> Tagged:
    """Give a posting a later end; an expired one opens again"""
    with transaction() as session:
        return tagged(posting_states.renew_posting(session, posting_id, content["valid_until"], **_asked()))


@blp.post("/withdraw")
@blp.arguments(ReasonIn)
@_answers
@access(Role.BUREAU, Role.EMPLOYER)
def withdraw(content: dict[str, Any], posting_id: str) -> Tagged:
    """Take a posting down"""
    with transaction() as session:
        return tagged(posting_states.withdraw_posting(session, posting_id, content["reason"], **_asked()))


@blp.post("/restore")
@blp.arguments(MayReasonIn)
@_answers
@access(Role.BUREAU, Role.EMPLOYER)
def restore(content: dict[str, Any], posting_id: str) -> Tagged:
    """Make a withdrawn posting a draft again"""
    with transaction() as session:
        return tagged(
            posting_states.restore_posting(session, posting_id, reason=content["reason"], **_asked())
        )


@blp.post("/hires")
@blp.arguments(HiresIn)
@_answers
@access(Role.BUREAU, Role.EMPLOYER)
def report_hires(content: dict[str, Any], posting_id: str) -> Tagged:
    """Count hires off the openings; the last one fills the posting"""
    with transaction() as session:
        return tagged(hires.report_hires(session, posting_id, content["count"], **_asked()))


@blp.post("/openings")
@blp.arguments(OpeningsIn)
@_answers
@access(Role.BUREAU, Role.EMPLOYER)
def set_openings(content: dict[str, Any], posting_id: str) -> Tagged:
    """Correct how many are wanted in all and how many still are"""
    with transaction() as session:
        return tagged(hires.set_openings(session, posting_id, **content, **_asked()))
