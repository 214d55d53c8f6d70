"""create_app: the whole wiring on one screen."""

from flask import Flask

from service.db import Database
from service.models import use_vault
from service.settings import Settings, stored_secret
from service.vault import Vault
from service.web import api, h5
from service.web.problems import register_problems


def create_app(settings: Settings) -> Flask:
    """The WSGI application for `settings`. Touches no database until the first request."""
    app = Flask("service", static_folder="web/static", template_folder="web/templates")
    vault = Vault(settings.secret_keys or (stored_secret(settings.data_dir),))
    use_vault(vault)
    app.extensions["settings"] = settings
    app.extensions["vault"] = vault
    app.extensions["database"] = Database(settings.database_url)
    app.config["MAX_CONTENT_LENGTH"] = settings.import_max_bytes
    app.json.ensure_ascii = False  # type: ignore[attr-defined]  # Flask's default provider has it
    api.register(app)
    h5.register(app)
    register_problems(app)
    return app
