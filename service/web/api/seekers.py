"""/v1/seekers: 求职者 and what they look for."""

from typing import Any

from flask import current_app

from service.models import ProfileRow, SeekerRow
from service.operations import erasure, seekers
from service.operations.audit import Act, record
from service.operations.profile_content import ProfileContent
from service.queries.postings import region_prefix
from service.queries.seekers import everything_about, find_seeker, seeker_by_phone, seekers_page
from service.rules.access import Role
from service.rules.errors import Invalid, NotFound
from service.rules.masking import mask_name, mask_phone
from service.schemas.base import page_of
from service.schemas.exports import ExportOut
from service.schemas.seekers import (
    ConsentsIn,
    EraseArgs,
    PhoneIn,
    ProfileIn,
    ProfileOut,
    ReasonArgs,
    SeekerChangeIn,
    SeekerIn,
    SeekerOut,
    SeekersArgs,
    SeekersPageOut,
)
from service.web.access import access, current_actor
from service.web.api.bodies import ApiBlueprint
from service.web.api.responses import problems
from service.web.api.revisions import expected_revision, revisioned, tagged
from service.web.database import now, transaction

blp = ApiBlueprint(
    "seekers", __name__, url_prefix="/v1/seekers", description="求职者: every look-up is kept in the ledger"
)


@blp.post("")
@blp.arguments(SeekerIn)
@blp.response(201, SeekerOut)
@problems(blp, 400, 401, 403, 409, 413, 415, 422)
@access(Role.BUREAU)
def register(content: dict[str, Any]) -> Any:
    """Register a person who agreed to the notice"""
    with transaction() as session:
        row = seekers.register_seeker(session, _registration(content), actor=current_actor(), now=now())
        found = _found(find_seeker(session, row.id), row.id)
        return _shown(found, reveal=False), {"ETag": f'"{row.revision}"'}


@blp.get("")
@blp.arguments(SeekersArgs, location="query")
@blp.response(200, SeekersPageOut)
@problems(blp, 401, 403, 422)
@access(Role.BUREAU)
def list_seekers(args: dict[str, Any]) -> Any:
    """List persons, masked"""
    region = args.get("region")
    with transaction() as session:
        rows = seekers_page(
            session,
            state=args.get("state"),
            region=None if region is None else region_prefix(region),
            after=args["after"],
            limit=args["limit"],
        )
        act = Act("list_seekers", "seekers", "many", detail={"count": len(rows)})
        record(session, act, actor=current_actor(), now=now())
    page = page_of([seeker for seeker, _ in rows], args["limit"])
    return page | {"items": [_shown(row, reveal=False) for row in rows]}


@blp.post("/lookup")
@blp.arguments(PhoneIn)
@blp.response(200, SeekerOut)
@problems(blp, 400, 401, 403, 404, 413, 415, 422)
@access(Role.BUREAU)
def look_up(content: dict[str, Any]) -> Any:
    """Find a person by phone, with the reason"""
    indexes = current_app.extensions["vault"].blind_indexes(content["phone"])
    with transaction() as session:
        row = seeker_by_phone(session, indexes)
        if row is None:
            raise NotFound("nobody is registered with this phone")
        found = _found(find_seeker(session, row.id), row.id)
        act = Act("look_up_seeker", "seeker", row.id, reason=content["reason"])
        record(session, act, actor=current_actor(), now=now())
    return _shown(found, reveal=False)


@blp.get("/<id:seeker_id>")
@blp.arguments(ReasonArgs, location="query")
@blp.response(200, SeekerOut)
@problems(blp, 401, 403, 404, 422)
@access(Role.BUREAU)
def read(args: dict[str, Any], seeker_id: str) -> Any:
    """Read one person; unmasked only with a reason"""
    if args["reveal"] and not args["reason"].strip():
        raise Invalid("say why the data is needed", errors={"reason": ["查看完整信息须写明原因。"]})
    with transaction() as session:
        found = _found(find_seeker(session, seeker_id), seeker_id)
        detail = {"revealed": args["reveal"]}
        act = Act("read_seeker", "seeker", seeker_id, reason=args["reason"], detail=detail)
        record(session, act, actor=current_actor(), now=now())
    return _shown(found, reveal=args["reveal"]), {"ETag": f'"{found[0].revision}"'}


@blp.put("/<id:seeker_id>")
@blp.arguments(SeekerChangeIn)
@blp.response(200, SeekerOut)
@problems(blp, 400, 401, 403, 404, 409, 413, 415, 422)
@revisioned(blp, required=True)
@access(Role.BUREAU)
def change(content: dict[str, Any], seeker_id: str) -> Any:
    """Change how the person is reached, or pause the search"""
    with transaction() as session:
        row = seekers.change_seeker(
            session,
            seeker_id,
            _person(content),
            content["state"],
            revision=expected_revision(required=True),
            actor=current_actor(),
            now=now(),
        )
        found = _found(find_seeker(session, row.id), row.id)
    return _shown(found, reveal=False), {"ETag": f'"{row.revision}"'}


@blp.put("/<id:seeker_id>/profile")
@blp.arguments(ProfileIn)
@blp.response(200, ProfileOut)
@problems(blp, 400, 401, 403, 404, 413, 415, 422)
@revisioned(blp, required=True)
@access(Role.BUREAU)
def replace_profile(content: dict[str, Any], seeker_id: str) -> Any:
    """Replace what the person looks for"""
    with transaction() as session:
        row = seekers.replace_profile(
            session,
            seeker_id,
            _profile(content),
            revision=expected_revision(required=True),
            actor=current_actor(),
            now=now(),
        )
    return tagged(row)


@blp.get("/<id:seeker_id>/profile")
@blp.response(200, ProfileOut)
@problems(blp, 401, 403, 404)
@access(Role.BUREAU)
def read_profile(seeker_id: str) -> Any:
    """Read what the person looks for"""
    with transaction() as session:
        _, profile = _found(find_seeker(session, seeker_id), seeker_id)
        record(session, Act("read_profile", "seeker", seeker_id), actor=current_actor(), now=now())
    return tagged(profile)


@blp.put("/<id:seeker_id>/consents")
@blp.arguments(ConsentsIn)
@blp.response(200, SeekerOut)
@problems(blp, 400, 401, 403, 404, 413, 415, 422)
@access(Role.BUREAU)
def set_consents(content: dict[str, Any], seeker_id: str) -> Any:
    """Give or take back the separate consents"""
    with transaction() as session:
        row = seekers.set_consents(
            session, seeker_id, seekers.Consents(**content), actor=current_actor(), now=now()
        )
        found = _found(find_seeker(session, row.id), row.id)
    return _shown(found, reveal=False), {"ETag": f'"{row.revision}"'}


@blp.get("/<id:seeker_id>/export")
@blp.response(200, ExportOut)
@problems(blp, 401, 403, 404)
@access(Role.BUREAU)
def export(seeker_id: str) -> Any:
    """Hand out everything that is kept about the person"""
    with transaction() as session:
        found = everything_about(session, seeker_id)
        if found is None:
            raise NotFound(f"no seeker {seeker_id}")
        record(session, Act("export_seeker", "seeker", seeker_id), actor=current_actor(), now=now())
    return found


@blp.delete("/<id:seeker_id>")
@blp.arguments(EraseArgs, location="query")
@blp.response(204)
@problems(blp, 401, 403, 404, 422)
@access(Role.BUREAU)
def erase(args: dict[str, Any], seeker_id: str) -> None:
    """Erase the person: nothing that identifies them stays"""
    with transaction() as session:
        erasure.erase_seeker(session, seeker_id, reason=args["reason"], actor=current_actor(), now=now())


def _shown(row: tuple[SeekerRow, ProfileRow], *, reveal: bool) -> dict[str, Any]:
    """A person as the schema dumps it, masked unless revealed."""
    seeker, profile = row
    columns = {name: getattr(seeker, name) for name in SeekerOut().fields if name != "profile"}
    if not reveal:
        columns |= {"name": mask_name(seeker.name), "phone": mask_phone(seeker.phone)}
    return columns | {"profile": profile}


def _found(row: tuple[SeekerRow, ProfileRow] | None, seeker_id: str) -> tuple[SeekerRow, ProfileRow]:
    if row is None:
        raise NotFound(f"no seeker {seeker_id}")
    return row


def _person(content: dict[str, Any]) -> seekers.Person:
    indexes = current_app.extensions["vault"].blind_indexes(content["phone"])
    return seekers.Person(name=content["name"], phone=content["phone"], phone_indexes=indexes)


def _profile(content: dict[str, Any]) -> ProfileContent:
    county = current_app.extensions["settings"].region
    return ProfileContent(**content, region_hint=county)


def _registration(content: dict[str, Any]) -> seekers.Registration:
    return seekers.Registration(
        person=_person(content),
        profile=_profile(content["profile"]),
        consents=seekers.Consents(**content["consents"]),
        consent_version=content["consent_version"],
        registered_by=content["registered_by"],
    )
