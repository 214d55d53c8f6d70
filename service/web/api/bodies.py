"""What every blueprint of the API shares: how bodies are read."""

import json
from typing import Any

from flask_smorest import Blueprint
from marshmallow import RAISE
from webargs.flaskparser import FlaskParser


class BodyParser(FlaskParser):
    """webargs' parser, for which a body that Python cannot take is an ordinary bad body.

    A number of five thousand digits and ten thousand brackets are JSON, but not to Python's reader.
    An unknown query argument is refused too: a misspelt `cursor` must not be answered with the oldest page.
    """

    DEFAULT_UNKNOWN_BY_LOCATION: dict[str, str | None] = {  # noqa: RUF012 - as webargs declares it
        **FlaskParser.DEFAULT_UNKNOWN_BY_LOCATION,
        "query": RAISE,
    }

    def _raw_load_json(self, req: Any) -> Any:
        try:
            return super()._raw_load_json(req)
        except json.JSONDecodeError:
            raise
        except (ValueError, RecursionError) as error:
            # Not with an empty text, which stands for a body that is missing.
            raise json.JSONDecodeError("too large or too deep", "…", 0) from error


class ApiBlueprint(Blueprint):
    """A blueprint under /v1."""

    ARGUMENTS_PARSER = BodyParser()
