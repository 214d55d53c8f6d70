"""/v1/audit: 操作留痕."""

from typing import Any

from service.queries.audit import audit_page
from service.rules.access import Role
from service.schemas.audit import AuditArgs, AuditPageOut
from service.web.access import access
from service.web.api.bodies import ApiBlueprint
from service.web.api.responses import problems
from service.web.database import reading

blp = ApiBlueprint(
    "audit", __name__, url_prefix="/v1/audit", description="操作留痕: who did what, when and why"
)


@blp.get("")
@blp.arguments(AuditArgs, location="query")
@blp.response(200, AuditPageOut)
@problems(blp, 401, 403, 422)
@access(Role.ADMINISTRATOR)
def read(args: dict[str, Any]) -> Any:
    """Read the ledger, newest first"""
    with reading() as session:
        rows = audit_page(session, **args)
    return {"items": rows, "next": rows[-1].id if len(rows) == args["limit"] else None}
