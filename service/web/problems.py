"""Refusals and faults as problem details (RFC 9457) under /v1, as pages elsewhere."""

import http
from typing import Any

from flask import Flask, Response, current_app, g, request
from flask_smorest import Api
from marshmallow import INCLUDE, Schema, fields
from werkzeug.exceptions import HTTPException, InternalServerError

from service.rules import errors
from service.web.pages import error_page

STATUS: dict[type[errors.DomainError], int] = {
    errors.Invalid: 422,
    errors.InvalidCreditCode: 422,
    errors.WordingRefused: 422,
    errors.UnderAge: 422,
    errors.UnreadableFile: 422,
    errors.ElementsMissing: 422,
    errors.FileTooLarge: 413,
    errors.NotAuthenticated: 401,
    errors.Forbidden: 403,
    errors.LockedOut: 429,
    errors.NotFound: 404,
    errors.AlreadyExists: 409,
    errors.TransitionNotAllowed: 409,
    errors.EmployerNotVerified: 409,
    errors.ConsentMissing: 409,
    errors.OpeningsExhausted: 409,
    errors.ImportShrinks: 409,
    errors.RevisionMismatch: 412,
    errors.CursorGone: 410,
}


class ProblemSchema(Schema):
    """RFC 9457. A kind of problem may bring members of its own, such as the present `revision`."""

    class Meta:
        unknown = INCLUDE

    type = fields.String(required=True, metadata={"description": "Stands for the kind of problem."})
    title = fields.String(required=True)
    status = fields.Integer(required=True)
    detail = fields.String(metadata={"description": "One sentence for a person."})
    code = fields.String(metadata={"description": "The kind in one word, stable."})
    request_id = fields.String()
    errors = fields.Dict(
        keys=fields.String(),
        metadata={"description": "Messages by place (json, query, files…) and field."},
    )


class ProblemApi(Api):
    """flask-smorest's Api that documents problems and leaves answering them to `register_problems`."""

    ERROR_SCHEMA = ProblemSchema

    def _register_error_handlers(self) -> None:
        """Not the app-wide JSON handler: it would answer the pages' errors too."""

    def _register_responses(self) -> None:
        super()._register_responses()
        for response in self.spec.components.responses_lazy.values():
            if "application/json" in response.get("content", {}):
                response["content"]["application/problem+json"] = response["content"].pop("application/json")


def problem(status: int, title: str, detail: str, **members: Any) -> Response:
    """A problem document; `members` with a None value are left out."""
    body = {
        "type": f"urn:chunfeng:problem:{members.get('code') or status}",
        "title": title,
        "status": status,
        "detail": detail,
        "request_id": g.get("request_id"),
        **members,
    }
    text = current_app.json.dumps({name: value for name, value in body.items() if value is not None})
    return Response(text, status, content_type="application/problem+json")


def register_problems(app: Flask) -> None:
    """Answer every refusal and fault; on the app, since an unknown path belongs to no blueprint."""
    app.register_error_handler(errors.DomainError, _refused)
    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(Exception, _fault)


def _refused(error: errors.DomainError) -> Response:
    status = STATUS[type(error)]
    if not request.path.startswith("/v1/"):
        return error_page(status)
    members: dict[str, Any] = {"code": error.code, **error.extra}
    if error.errors:
        members["errors"] = {"json": error.errors}
    response = problem(status, http.HTTPStatus(status).phrase, error.detail, **members)
    if status == http.HTTPStatus.UNAUTHORIZED:
        response.headers["WWW-Authenticate"] = "Bearer"
    if "retry_after" in error.extra:
        response.headers["Retry-After"] = str(error.extra["retry_after"])
    return response


def _http(error: HTTPException) -> Response:
    if request.path.startswith("/v1/"):
        response = problem(error.code or 500, error.name, error.description or "", **_validation(error))
    else:
        response = error_page(error.code or 500)
    for name, value in error.get_headers():
        if name.lower() in ("allow", "retry-after", "www-authenticate"):
            response.headers[name] = value
    return response


def _fault(error: Exception) -> Response:
    current_app.logger.error("fault", exc_info=error)
    return _http(InternalServerError())


def _validation(error: HTTPException) -> dict[str, Any]:
    """What webargs found wrong, by location and field."""
    messages = (getattr(error, "data", None) or {}).get("messages")
    return {"errors": messages, "code": "invalid"} if messages else {}
