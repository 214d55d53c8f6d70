"""/v1/keys: API keys."""

from typing import Any

from service.operations.keys import KeyContent, create_key, revoke_key
from service.queries.keys import keys_page
from service.rules.access import Role
from service.schemas.base import PageArgs, page_of, with_members
from service.schemas.keys import KeyIn, KeyOut, KeysPageOut, NewKeyOut
from service.web.access import access, current_actor
from service.web.api.bodies import ApiBlueprint
from service.web.api.responses import problems
from service.web.database import now, reading, transaction

blp = ApiBlueprint("keys", __name__, url_prefix="/v1/keys", description="密钥")


@blp.get("")
@blp.arguments(PageArgs, location="query")
@blp.response(200, KeysPageOut)
@problems(blp, 401, 403, 422)
@access(Role.ADMINISTRATOR)
def keys(args: dict[str, Any]) -> dict[str, Any]:
    """List keys, without their secrets"""
    with reading() as session:
        return page_of(keys_page(session, **args), args["limit"])


@blp.post("")
@blp.arguments(KeyIn)
@blp.response(201, NewKeyOut)
@problems(blp, 400, 401, 403, 422)
@access(Role.ADMINISTRATOR)
def create(content: dict[str, Any]) -> dict[str, Any]:
    """Give out a key; its secret is shown this once"""
    with transaction() as session:
        row, key = create_key(session, KeyContent(**content), actor=current_actor(), now=now())
    return with_members(row, KeyOut, key=key)


@blp.delete("/<key:key_id>")
@blp.response(200, KeyOut)
@problems(blp, 401, 403, 404)
@access(Role.ADMINISTRATOR)
def revoke(key_id: str) -> Any:
    """Take a key back"""
    with transaction() as session:
        return revoke_key(session, key_id, actor=current_actor(), now=now())
