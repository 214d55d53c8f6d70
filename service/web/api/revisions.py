"""Revisions as ETags: whoever changes a thing says which state of it they saw (RFC 9110)."""

from collections.abc import Callable
from typing import Any, Protocol

from flask import request
from flask_smorest import Blueprint
from werkzeug.exceptions import PreconditionRequired

from service.web.api.responses import View, problems

# Never the revision of a row: what an unreadable tag stands for.
_NONE_SUCH = -1
_DIGITS = 15


class Revised(Protocol):
    """A row with a revision."""

    revision: Any


Tagged = tuple[Revised, dict[str, str]]


def tagged(row: Revised) -> Tagged:
    """A view's answer with its strong ETag."""
    return row, {"ETag": f'"{row.revision}"'}


def revisioned(blp: Blueprint, *, required: bool) -> Callable[[View], View]:
    """Document If-Match on a view that calls `expected_revision`, with the problems it may answer."""
    parameter = {
        "in": "header",
        "name": "If-Match",
        "required": required,
        "schema": {"type": "string"},
        "description": 'The ETag of what you saw, such as "3". One tag, or * for any.',
    }
    statuses = (412, 428) if required else (412,)

    def document(view: View) -> View:
        documented = problems(blp, *statuses)(view)
        # Beside the parameters of `arguments`; those given to `doc` would take their place.
        arguments = vars(documented)["_apidoc"].setdefault("arguments", {})
        arguments.setdefault("parameters", []).append(parameter)
        return documented

    return document


def expected_revision(*, required: bool) -> int | None:
    """The revision that the caller saw; None where any will do.

    Raises:
        PreconditionRequired: there is no If-Match where one is required.
    """
    if "If-Match" not in request.headers:
        if required:
            raise PreconditionRequired("send If-Match with the ETag of what you saw")
        return None
    if request.if_match.star_tag:
        return None
    tags = list(request.if_match.as_set())
    # An empty tag comes as None.
    tag = (tags[0] or "") if len(tags) == 1 else ""
    return int(tag) if tag.isascii() and tag.isdigit() and len(tag) <= _DIGITS else _NONE_SUCH
