"""create_app: the whole wiring on one screen."""

from flask import Flask
from werkzeug.middleware.proxy_fix import ProxyFix

from service.db import Database
from service.models import use_vault
from service.rules.access import Role
from service.settings import Settings, stored_secret
from service.vault import Vault
from service.web import api, h5, headers, health, limits, observe
from service.web.access import access
from service.web.problems import register_problems


def create_app(settings: Settings) -> Flask:
    """The WSGI application for `settings`. Touches no database until the first request, and no logging."""
    app = Flask("service", static_folder="web/static", template_folder="web/templates")
    vault = Vault(settings.secret_keys or (stored_secret(settings.data_dir),))
    use_vault(vault)
    app.extensions["settings"] = settings
    app.extensions["vault"] = vault
    app.extensions["database"] = Database(settings.database_url)
    app.config["MAX_CONTENT_LENGTH"] = settings.import_max_bytes
    app.json.ensure_ascii = False  # type: ignore[attr-defined]  # Flask's default provider has it
    if settings.proxies:
        # Each adds one entry; what a caller wrote into the headers before them is not believed.
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=settings.proxies, x_proto=settings.proxies)  # type: ignore[method-assign]  # Flask documents it so
    # First in, last out: what it writes down is how the request really ended.
    observe.register(app)
    headers.register(app)
    limits.register(app)
    api.register(app)
    h5.register(app)
    health.register(app)
    register_problems(app)
    app.view_functions["static"] = access(Role.PUBLIC)(app.view_functions["static"])
    return app
