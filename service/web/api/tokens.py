"""/v1/tokens: staff sign in."""

from typing import Any

from service.operations.staff import sign_in
from service.rules.access import Role
from service.rules.errors import LockedOut, NotAuthenticated
from service.schemas.keys import SessionOut, SignInIn
from service.web.access import access
from service.web.api.bodies import ApiBlueprint
from service.web.api.responses import problems
from service.web.database import now, transaction
from service.web.problems import ProblemSchema

blp = ApiBlueprint("tokens", __name__, url_prefix="/v1/tokens", description="登录")


@blp.post("")
@blp.arguments(SignInIn)
@blp.response(201, SessionOut)
@problems(blp, 400, 422, 429)
@blp.alt_response(
    401,
    schema=ProblemSchema,
    content_type="application/problem+json",
    description="Not this name and password",
)
@access(Role.PUBLIC)
def create(content: dict[str, Any]) -> dict[str, Any]:
    """Sign in with a staff member's password, for twelve hours"""
    with transaction() as session:
        done = sign_in(session, content["username"], content["password"], now=now())
    # Raised outside the transaction, which has to keep the count of wrong passwords.
    if done.retry_after is not None:
        raise LockedOut("密码错误次数过多，请稍后再试。", extra={"retry_after": done.retry_after})
    if done.row is None:
        raise NotAuthenticated("用户名或密码不正确。")
    return {
        "key": done.key,
        "role": done.row.role,
        "expires_at": done.row.expires_at,
        "must_change_password": done.must_change_password,
    }
