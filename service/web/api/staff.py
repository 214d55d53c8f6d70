"""/v1/staff: 工作人员."""

from typing import Any

from service.operations.staff import change_password, create_staff, disable_staff, reset_password
from service.queries.staff import staff_page
from service.rules.access import Role
from service.rules.errors import Forbidden
from service.schemas.base import PageArgs, page_of, with_members
from service.schemas.keys import SessionOut
from service.schemas.staff import NewStaffOut, PasswordIn, StaffIn, StaffOut, StaffPageOut
from service.web.access import access, current_actor
from service.web.api.bodies import ApiBlueprint
from service.web.api.responses import problems
from service.web.database import now, reading, transaction

blp = ApiBlueprint("staff", __name__, url_prefix="/v1/staff", description="工作人员")


@blp.get("")
@blp.arguments(PageArgs, location="query")
@blp.response(200, StaffPageOut)
@problems(blp, 401, 403, 422)
@access(Role.ADMINISTRATOR)
def staff(args: dict[str, Any]) -> dict[str, Any]:
    """List accounts"""
    with reading() as session:
        return page_of(staff_page(session, **args), args["limit"])


@blp.post("")
@blp.arguments(StaffIn)
@blp.response(201, NewStaffOut)
@problems(blp, 400, 401, 403, 409, 422)
@access(Role.ADMINISTRATOR)
def create(content: dict[str, Any]) -> dict[str, Any]:
    """Make an account with a one-time password"""
    with transaction() as session:
        row, password = create_staff(session, **content, actor=current_actor(), now=now())
    return with_members(row, StaffOut, one_time_password=password)


@blp.delete("/<id:staff_id>")
@blp.response(200, StaffOut)
@problems(blp, 401, 403, 404)
@access(Role.ADMINISTRATOR)
def disable(staff_id: str) -> Any:
    """Close an account"""
    with transaction() as session:
        return disable_staff(session, staff_id, actor=current_actor(), now=now())


@blp.delete("/<id:staff_id>/password")
@blp.response(200, NewStaffOut)
@problems(blp, 401, 403, 404)
@access(Role.ADMINISTRATOR)
def reset(staff_id: str) -> dict[str, Any]:
    """Replace a forgotten password by a one-time one"""
    with transaction() as session:
        row, password = reset_password(session, staff_id, actor=current_actor(), now=now())
    return with_members(row, StaffOut, one_time_password=password)


@blp.put("/me/password")
@blp.arguments(PasswordIn)
@blp.response(200, SessionOut)
@problems(blp, 400, 401, 403, 422)
@access(Role.BUREAU, with_one_time_password=True)
def change(content: dict[str, Any]) -> dict[str, Any]:
    """Choose one's own password; other sign-ins end"""
    actor = current_actor()
    if actor.kind != "staff":
        raise Forbidden("a key has no password")
    with transaction() as session:
        row, key = change_password(
            session, actor.id, content["current_password"], content["new_password"], now=now()
        )
    return {"key": key, "role": row.role, "expires_at": row.expires_at, "must_change_password": False}
