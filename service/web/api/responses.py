"""Problem documents, told in the OpenAPI document of every route that may answer with them."""

from collections.abc import Callable
from typing import Any

from flask_smorest import Blueprint

from service.web.problems import ProblemSchema

View = Callable[..., Any]

_WHAT = {
    400: "The body is not JSON",
    401: "No key, or one that is unknown, revoked or expired",
    403: "The key's role does not reach this",
    404: "No such thing, or none that the key may know of",
    409: "The present state does not allow it",
    410: "The cursor is gone: start from the snapshot",
    412: "Somebody else changed it first; `revision` is the present one",
    413: "Too many bytes or rows",
    415: "Not a kind of body that is read here",
    422: "A value breaks a rule; `errors` names the field",
    428: "If-Match is missing",
    429: "Too many attempts; Retry-After tells the wait in seconds",
}


def problems(blp: Blueprint, *statuses: int) -> Callable[[View], View]:
    """Document the problems that a view answers with; 401 among them says that it needs a key."""

    def document(view: View) -> View:
        for status in statuses:
            view = blp.alt_response(
                status,
                schema=ProblemSchema,
                content_type="application/problem+json",
                description=_WHAT[status],
            )(view)
        if 401 in statuses:
            view = blp.doc(security=[{"key": []}])(view)
        return view

    return document
