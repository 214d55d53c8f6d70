"""/v1/postings and /v1/providers: 岗位."""

from typing import Any

from flask import current_app

from service.operations.posting_content import PostingContent
from service.operations.postings import Origin, create_posting, place_posting, replace_posting
from service.queries.postings import PostingFilter, find_posting, posting_by_reference, postings_page
from service.rules.access import Role
from service.rules.errors import NotFound
from service.schemas.base import page_of
from service.schemas.posting_content import PostingContentIn
from service.schemas.postings import (
    ChangeArgs,
    NewPostingIn,
    PostingArgs,
    PostingIn,
    PostingOut,
    PostingsPageOut,
)
from service.web.access import access, current_actor
from service.web.api.bodies import ApiBlueprint
from service.web.api.responses import problems
from service.web.api.revisions import Tagged, expected_revision, revisioned, tagged
from service.web.database import now, reading, transaction

blp = ApiBlueprint("postings", __name__, url_prefix="/v1", description="岗位")


def _content(values: dict[str, Any]) -> PostingContent:
    return PostingContent(**values, region_hint=current_app.extensions["settings"].region)


@blp.get("/postings")
@blp.arguments(PostingArgs, location="query")
@blp.response(200, PostingsPageOut)
@problems(blp, 401, 403, 422)
@access(Role.BUREAU, Role.EMPLOYER)
def postings(args: dict[str, Any]) -> dict[str, Any]:
    """List postings"""
    after, limit = args.pop("after"), args.pop("limit")
    with reading() as session:
        rows = postings_page(session, PostingFilter(**args), actor=current_actor(), after=after, limit=limit)
        return page_of(rows, limit)


@blp.post("/postings")
@blp.arguments(NewPostingIn)
@blp.response(201, PostingOut)
@problems(blp, 400, 401, 403, 404, 409, 422)
@access(Role.BUREAU, Role.EMPLOYER)
def create(values: dict[str, Any]) -> Tagged:
    """Hand in a posting as a draft"""
    origin = Origin(values.pop("employer_id", None), None, values.pop("reference", None))
    with transaction() as session:
        return tagged(create_posting(session, _content(values), origin, actor=current_actor(), now=now()))


@blp.get("/postings/<id:posting_id>")
@blp.response(200, PostingOut)
@problems(blp, 401, 403, 404)
@access(Role.BUREAU, Role.EMPLOYER)
def posting(posting_id: str) -> Tagged:
    """Read a posting"""
    with reading() as session:
        found = find_posting(session, posting_id, actor=current_actor())
        if found is None:
            raise NotFound(f"no posting {posting_id}")
        return tagged(found)


@blp.put("/postings/<id:posting_id>")
@blp.arguments(ChangeArgs, location="query")
@blp.arguments(PostingContentIn)
@blp.response(200, PostingOut)
@problems(blp, 400, 401, 403, 404, 409, 422)
@revisioned(blp, required=True)
@access(Role.BUREAU, Role.EMPLOYER)
def replace(args: dict[str, Any], values: dict[str, Any], posting_id: str) -> Tagged:
    """Replace a posting's content; an employer's change of an approved one goes back to review"""
    with transaction() as session:
        return tagged(
            replace_posting(
                session,
                posting_id,
                _content(values),
                actor=current_actor(),
                now=now(),
                expected_revision=expected_revision(required=True),
                reason=args["reason"],
            )
        )


@blp.get("/providers/<provider:provider>/postings/<reference:reference>")
@blp.response(200, PostingOut)
@problems(blp, 401, 403, 404)
@access(Role.BUREAU, Role.EMPLOYER)
def placed(provider: str, reference: str) -> Tagged:
    """Read a posting by the provider's own reference"""
    with reading() as session:
        found = posting_by_reference(session, provider, reference, actor=current_actor())
        if found is None:
            raise NotFound(f"{provider} has no posting {reference}")
        return tagged(found)


@blp.put("/providers/<provider:provider>/postings/<reference:reference>")
@blp.arguments(ChangeArgs, location="query")
@blp.arguments(PostingIn)
@blp.response(200, PostingOut, description="It was there: changed, or already so")
@blp.alt_response(201, schema=PostingOut, description="It is new, as a draft")
@problems(blp, 400, 401, 403, 404, 409, 422)
@revisioned(blp, required=False)
@access(Role.BUREAU, Role.EMPLOYER)
def place(args: dict[str, Any], values: dict[str, Any], provider: str, reference: str) -> Any:
    """Make the provider's posting be this; sending the same again changes nothing"""
    origin = Origin(values.pop("employer_id", None), provider, reference)
    with transaction() as session:
        done = place_posting(
            session,
            _content(values),
            origin,
            actor=current_actor(),
            now=now(),
            expected_revision=expected_revision(required=False),
            reason=args["reason"],
        )
        row, headers = tagged(done.posting)
        return row, 201 if done.created else 200, headers
