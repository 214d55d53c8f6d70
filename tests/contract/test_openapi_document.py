"""Our OpenAPI document is one by the letter of version 3.1, and tells callers what they need."""

from collections.abc import Iterator
from typing import Any

import jsonschema_rs
import pytest
from flask.testing import FlaskClient
from schemathesis.specs.openapi.definitions import OPENAPI_31_VALIDATOR

Document = dict[str, Any]
METHODS = ("get", "put", "post", "delete", "patch")


@pytest.fixture
def document(client: FlaskClient) -> Document:
    answer = client.get("/v1/openapi.json")
    assert answer.status_code == 200
    found: Document = answer.get_json()
    return found


pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


def _operations(document: Document) -> Iterator[tuple[str, Document]]:
    for path, item in document["paths"].items():
        for method in METHODS:
            if method in item:
                yield f"{method.upper()} {path}", item[method]


def test_the_document_is_valid_openapi_3_1(document: Document) -> None:
    assert document["openapi"].startswith("3.1.")
    assert [str(error) for error in OPENAPI_31_VALIDATOR.iter_errors(document)] == []


def test_every_schema_is_valid_json_schema(document: Document) -> None:
    for name, schema in document["components"]["schemas"].items():
        assert jsonschema_rs.meta.is_valid(
            {"$schema": "https://json-schema.org/draft/2020-12/schema"} | schema
        ), name


def test_every_operation_says_in_a_line_what_it_does(document: Document) -> None:
    silent = [name for name, operation in _operations(document) if not operation.get("summary")]
    assert silent == []


def test_every_operation_that_needs_a_key_says_so_and_answers_401_without(document: Document) -> None:
    for name, operation in _operations(document):
        if name != "POST /v1/tokens":
            assert ("401" in operation["responses"]) is bool(operation.get("security")), name


def test_every_problem_is_documented_as_one(document: Document) -> None:
    components = document["components"]["responses"]
    for name, operation in _operations(document):
        for status, response in operation["responses"].items():
            told = components[response["$ref"].rpartition("/")[2]] if "$ref" in response else response
            if status.startswith(("4", "5")):
                assert list(told.get("content", {})) == ["application/problem+json"], (name, status)
