"""The API under /v1."""

from flask import Flask

from service.web.access import check_access
from service.web.api import blueprints, docs
from service.web.api.paths import register_converters
from service.web.limits import LimitsDocumented
from service.web.problems import ProblemApi


def register(app: Flask) -> None:
    """Mount every blueprint of the API, its OpenAPI document and the offline page that shows it."""
    app.config.update(
        API_TITLE="春风 · Spring Breeze matching",
        API_VERSION="v1",
        OPENAPI_VERSION="3.1.0",
        OPENAPI_URL_PREFIX="/v1",
        OPENAPI_JSON_PATH="openapi.json",
        PAGINATION_HEADER_NAME=None,
    )
    documented = ProblemApi(app, spec_kwargs={"extra_plugins": [LimitsDocumented()]})
    documented.spec.components.security_scheme("key", {"type": "http", "scheme": "bearer"})
    register_converters(app, documented)
    app.before_request(check_access)
    for blueprint in blueprints.ALL:
        documented.register_blueprint(blueprint)
    docs.register(app)
