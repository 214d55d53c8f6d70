"""The parts of the API's paths: what does not look like one leads nowhere, and so reaches no database."""

from flask import Flask
from werkzeug.routing import BaseConverter

from service.web.problems import ProblemApi


class IdentifierConverter(BaseConverter):
    """An identifier: 26 small letters and digits."""

    regex = "[0-9a-z]{26}"


class KeyPrefixConverter(BaseConverter):
    """The public part of a key: 12 small letters and digits."""

    regex = "[0-9a-z]{12}"


class ProviderConverter(BaseConverter):
    """The name of a provider of postings."""

    regex = "[a-z0-9][a-z0-9_.-]{0,39}"


class ReferenceConverter(BaseConverter):
    """A provider's own name for a posting: 1 to 80 characters without controls and slashes."""

    regex = r"[^/\x00-\x1f\x7f]{1,80}"


_CONVERTERS = {
    "id": IdentifierConverter,
    "key": KeyPrefixConverter,
    "provider": ProviderConverter,
    "reference": ReferenceConverter,
}


def register_converters(app: Flask, documented: ProblemApi) -> None:
    """Teach the paths to the application and to its OpenAPI document; before any blueprint."""
    for name, converter in _CONVERTERS.items():
        app.url_map.converters[name] = converter
        documented.register_converter(converter, _described)


def _described(converter: BaseConverter) -> dict[str, str]:
    return {"type": "string", "pattern": f"^{converter.regex}$"}
