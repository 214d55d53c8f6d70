"""The pages that people open, and the feeds that their readers pull."""

from flask import Flask

from service.web.h5 import feeds, postings


def register(app: Flask) -> None:
    """Mount the pages."""
    app.register_blueprint(feeds.blp)
    app.register_blueprint(postings.blp)
    app.jinja_env.trim_blocks = True
    app.jinja_env.lstrip_blocks = True
