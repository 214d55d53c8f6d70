"""GET /v1/docs/: the OpenAPI document as a page, from files of the installed package alone."""

from pathlib import Path

import flask_swagger_ui
from flask import (
    Blueprint,
    Flask,
    Response,
    abort,
    current_app,
    make_response,
    render_template,
    send_from_directory,
)

from service.rules.access import Role
from service.web.access import access

blp = Blueprint("api_docs", __name__, url_prefix="/v1/docs")

_DIST = Path(flask_swagger_ui.__file__).parent / "dist"
_ASSETS = frozenset({"swagger-ui.css", "swagger-ui-bundle.js", "favicon-32x32.png"})
# The page's library sets styles on its own elements and draws its arrows from data: addresses.
_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; "
    "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)


def register(app: Flask) -> None:
    """Mount the page; after the API, whose document it shows."""
    app.register_blueprint(blp)
    document = "api-docs.openapi_json"
    app.view_functions[document] = access(Role.PUBLIC)(app.view_functions[document])


@blp.get("/")
@access(Role.PUBLIC)
def page() -> Response:
    """Show the API, to read and to try"""
    settings = current_app.extensions["settings"]
    response = make_response(render_template("api/docs.html", bureau=settings.bureau_name))
    response.headers["Content-Security-Policy"] = _POLICY
    return response


@blp.get("/<name>")
@access(Role.PUBLIC)
def asset(name: str) -> Response:
    """Give one file of the package that the page is made with"""
    if name not in _ASSETS:
        abort(404)
    return send_from_directory(_DIST, name, max_age=86_400)
