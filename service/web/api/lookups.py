"""GET /v1/regions, occupations, skills, licences: what may be meant by what people type."""

from typing import Any

from flask import current_app

from service.queries import lookups
from service.rules.access import Role
from service.schemas.lookups import LookupArgs, LookupOut
from service.web.access import access
from service.web.api.bodies import ApiBlueprint
from service.web.api.responses import problems

blp = ApiBlueprint(
    "lookups", __name__, url_prefix="/v1", description="查词: what may be meant by what is typed"
)


@blp.get("/regions")
@blp.arguments(LookupArgs, location="query")
@blp.response(200, LookupOut)
@problems(blp, 422)
@access(Role.PUBLIC)
def regions(args: dict[str, Any]) -> dict[str, Any]:
    """Find official divisions, those near the bureau's county first"""
    hint = current_app.extensions["settings"].region
    return {"items": lookups.region_hits(args["q"], hint=hint, limit=args["limit"])}


@blp.get("/occupations")
@blp.arguments(LookupArgs, location="query")
@blp.response(200, LookupOut)
@problems(blp, 422)
@access(Role.PUBLIC)
def occupations(args: dict[str, Any]) -> dict[str, Any]:
    """Find occupations of the national classification"""
    return {"items": lookups.occupation_hits(args["q"], limit=args["limit"])}


@blp.get("/skills")
@blp.arguments(LookupArgs, location="query")
@blp.response(200, LookupOut)
@problems(blp, 422)
@access(Role.PUBLIC)
def skills(args: dict[str, Any]) -> dict[str, Any]:
    """Find skills"""
    return {"items": lookups.skill_hits(args["q"], limit=args["limit"])}


@blp.get("/licences")
@blp.arguments(LookupArgs, location="query")
@blp.response(200, LookupOut)
@problems(blp, 422)
@access(Role.PUBLIC)
def licences(args: dict[str, Any]) -> dict[str, Any]:
    """Find certificates"""
    return {"items": lookups.licence_hits(args["q"], limit=args["limit"])}
