"""/v1/employers: 用人单位."""

from typing import Any

from service.operations.employer_states import suspend_employer, verify_employer
from service.operations.employers import EmployerContent, create_employer, replace_employer
from service.queries.employers import employers_page, find_employer
from service.rules.access import Role
from service.rules.errors import NotFound
from service.schemas.base import page_of
from service.schemas.employers import EmployerArgs, EmployerIn, EmployerOut, EmployersPageOut, VerificationIn
from service.schemas.posting_states import ReasonIn
from service.web.access import access, current_actor
from service.web.api.bodies import ApiBlueprint
from service.web.api.responses import problems
from service.web.api.revisions import Tagged, expected_revision, revisioned, tagged
from service.web.database import now, reading, transaction

blp = ApiBlueprint("employers", __name__, url_prefix="/v1/employers", description="用人单位")


@blp.get("")
@blp.arguments(EmployerArgs, location="query")
@blp.response(200, EmployersPageOut)
@problems(blp, 401, 403, 422)
@access(Role.BUREAU, Role.EMPLOYER)
def employers(args: dict[str, Any]) -> dict[str, Any]:
    """List employers"""
    with reading() as session:
        return page_of(employers_page(session, actor=current_actor(), **args), args["limit"])


@blp.post("")
@blp.arguments(EmployerIn)
@blp.response(201, EmployerOut)
@problems(blp, 400, 401, 403, 409, 422)
@access(Role.BUREAU)
def create(content: dict[str, Any]) -> Tagged:
    """Register an employer"""
    with transaction() as session:
        employer = create_employer(session, EmployerContent(**content), actor=current_actor(), now=now())
        return tagged(employer)


@blp.get("/<id:employer_id>")
@blp.response(200, EmployerOut)
@problems(blp, 401, 403, 404)
@access(Role.BUREAU, Role.EMPLOYER)
def employer(employer_id: str) -> Tagged:
    """Read an employer"""
    with reading() as session:
        found = find_employer(session, employer_id, actor=current_actor())
        if found is None:
            raise NotFound(f"no employer {employer_id}")
        return tagged(found)


@blp.put("/<id:employer_id>")
@blp.arguments(EmployerIn)
@blp.response(200, EmployerOut)
@problems(blp, 400, 401, 403, 404, 409, 422)
@revisioned(blp, required=True)
@access(Role.BUREAU, Role.EMPLOYER)
def replace(content: dict[str, Any], employer_id: str) -> Tagged:
    """Replace an employer"""
    with transaction() as session:
        return tagged(
            replace_employer(
                session,
                employer_id,
                EmployerContent(**content),
                actor=current_actor(),
                now=now(),
                expected_revision=expected_revision(required=True),
            )
        )


@blp.post("/<id:employer_id>/verify")
@blp.arguments(VerificationIn)
@blp.response(200, EmployerOut)
@problems(blp, 400, 401, 403, 404, 422)
@revisioned(blp, required=False)
@access(Role.BUREAU)
def verify(content: dict[str, Any], employer_id: str) -> Tagged:
    """Note that an employer was vetted, for six months"""
    with transaction() as session:
        return tagged(
            verify_employer(
                session,
                employer_id,
                content["documents"],
                actor=current_actor(),
                now=now(),
                expected_revision=expected_revision(required=False),
            )
        )


@blp.post("/<id:employer_id>/suspend")
@blp.arguments(ReasonIn)
@blp.response(200, EmployerOut)
@problems(blp, 400, 401, 403, 404, 409, 422)
@revisioned(blp, required=False)
@access(Role.BUREAU)
def suspend(content: dict[str, Any], employer_id: str) -> Tagged:
    """Stop an employer and take its postings from the public"""
    with transaction() as session:
        return tagged(
            suspend_employer(
                session,
                employer_id,
                content["reason"],
                actor=current_actor(),
                now=now(),
                expected_revision=expected_revision(required=False),
            )
        )
