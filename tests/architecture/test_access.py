"""Whom each route serves: declared on the view, listed here, and answered so."""

import inspect
import re
from collections.abc import Iterator

import pytest
from flask import Flask

from service.rules import errors
from service.rules.access import Role
from service.web.api import blueprints
from service.web.api.bodies import ApiBlueprint
from service.web.problems import STATUS

ADM, BUR, EMP, OPE, ALL = Role.ADMINISTRATOR, Role.BUREAU, Role.EMPLOYER, Role.OPERATOR, Role.PUBLIC

# Flask's and flask-smorest's own views, which serve files and the OpenAPI document to everybody.
OPEN_BY_NATURE = re.compile(r"^(static|.+\.static|api[-_]docs\..+)$")

ROUTES = {
    "GET /v1/audit": {ADM},
    "GET /v1/employers": {ADM, BUR, EMP},
    "POST /v1/employers": {ADM, BUR},
    "GET /v1/employers/<id:employer_id>": {ADM, BUR, EMP},
    "PUT /v1/employers/<id:employer_id>": {ADM, BUR, EMP},
    "POST /v1/employers/<id:employer_id>/suspend": {ADM, BUR},
    "POST /v1/employers/<id:employer_id>/verify": {ADM, BUR},
    "GET /v1/feed/matches": {OPE},
    "GET /v1/feed/matches/snapshot": {OPE},
    "GET /v1/feed/openings": {ALL},
    "GET /v1/feed/openings/snapshot": {ALL},
    "GET /v1/imports/<id:import_id>": {ADM, BUR, EMP},
    "GET /v1/keys": {ADM},
    "POST /v1/keys": {ADM},
    "DELETE /v1/keys/<key:key_id>": {ADM},
    "GET /v1/licences": {ALL},
    "GET /v1/occupations": {ALL},
    "GET /v1/postings": {ADM, BUR, EMP},
    "POST /v1/postings": {ADM, BUR, EMP},
    "POST /v1/postings/import": {ADM, BUR, EMP},
    "GET /v1/postings/<id:posting_id>": {ADM, BUR, EMP},
    "PUT /v1/postings/<id:posting_id>": {ADM, BUR, EMP},
    "POST /v1/postings/<id:posting_id>/approve": {ADM, BUR},
    "POST /v1/postings/<id:posting_id>/fill": {ADM, BUR, EMP},
    "POST /v1/postings/<id:posting_id>/hires": {ADM, BUR, EMP},
    "GET /v1/postings/<id:posting_id>/matches": {ADM, BUR},
    "POST /v1/postings/<id:posting_id>/openings": {ADM, BUR, EMP},
    "POST /v1/postings/<id:posting_id>/pause": {ADM, BUR, EMP},
    "POST /v1/postings/<id:posting_id>/renew": {ADM, BUR, EMP},
    "POST /v1/postings/<id:posting_id>/reopen": {ADM, BUR, EMP},
    "POST /v1/postings/<id:posting_id>/restore": {ADM, BUR, EMP},
    "POST /v1/postings/<id:posting_id>/resume": {ADM, BUR, EMP},
    "POST /v1/postings/<id:posting_id>/return": {ADM, BUR},
    "GET /v1/postings/<id:posting_id>/seekers/<id:seeker_id>/match": {ADM, BUR},
    "POST /v1/postings/<id:posting_id>/submit": {ADM, BUR, EMP},
    "POST /v1/postings/<id:posting_id>/withdraw": {ADM, BUR, EMP},
    "GET /v1/providers/<provider:provider>/postings/<reference:reference>": {ADM, BUR, EMP},
    "PUT /v1/providers/<provider:provider>/postings/<reference:reference>": {ADM, BUR, EMP},
    "GET /v1/regions": {ALL},
    "GET /v1/seekers": {ADM, BUR},
    "POST /v1/seekers": {ADM, BUR},
    "POST /v1/seekers/lookup": {ADM, BUR},
    "DELETE /v1/seekers/<id:seeker_id>": {ADM, BUR},
    "GET /v1/seekers/<id:seeker_id>": {ADM, BUR},
    "PUT /v1/seekers/<id:seeker_id>": {ADM, BUR},
    "PUT /v1/seekers/<id:seeker_id>/consents": {ADM, BUR},
    "GET /v1/seekers/<id:seeker_id>/export": {ADM, BUR},
    "GET /v1/seekers/<id:seeker_id>/matches": {ADM, BUR},
    "GET /v1/seekers/<id:seeker_id>/profile": {ADM, BUR},
    "PUT /v1/seekers/<id:seeker_id>/profile": {ADM, BUR},
    "GET /v1/skills": {ALL},
    "GET /v1/staff": {ADM},
    "POST /v1/staff": {ADM},
    "DELETE /v1/staff/<id:staff_id>": {ADM},
    "DELETE /v1/staff/<id:staff_id>/password": {ADM},
    "PUT /v1/staff/me/password": {ADM, BUR},
    "POST /v1/tokens": {ALL},
}
# Reached by the roles above, and then refused for another reason than the role.
REFUSED_WITHIN = {"POST /v1/tokens", "PUT /v1/staff/me/password"}
FILLINGS = {"id": "0" * 26, "key": "0" * 12, "provider": "58", "reference": "1"}


@pytest.fixture
def database_url(sqlite_url: str) -> str:
    """Who may do what does not depend on the engine."""
    return sqlite_url


def routes(app: Flask) -> Iterator[tuple[str, str]]:
    """(method and rule, endpoint) of every route under /v1 that we wrote."""
    for rule in app.url_map.iter_rules():
        if rule.rule.startswith("/v1/") and not OPEN_BY_NATURE.match(rule.endpoint):
            for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}:
                yield f"{method} {rule.rule}", rule.endpoint


def test_every_view_declares_whom_it_serves(app):
    undeclared = [
        rule.rule
        for rule in app.url_map.iter_rules()
        if not OPEN_BY_NATURE.match(rule.endpoint)
        and not getattr(app.view_functions[rule.endpoint], "access", None)
    ]
    assert undeclared == []


def test_every_route_of_the_api_is_listed_with_its_roles(app):
    assert set(dict(routes(app))) == set(ROUTES)


@pytest.mark.parametrize("role", Role)
def test_each_role_reaches_what_is_listed_and_nothing_else(app, caller, employer, role: Role):
    if role is Role.PUBLIC:
        client = app.test_client()
    else:
        client = caller(role, employer.id if role is Role.EMPLOYER else None)
    wrong = {}
    for route in ROUTES.keys() - REFUSED_WITHIN:
        method, rule = route.split(" ")
        path = re.sub(r"<(\w+):\w+>", lambda part: FILLINGS[part[1]], rule)
        status = client.open(path, method=method, json=None if method == "GET" else {}).status_code
        if not ROUTES[route] & {role, ALL}:
            expected = {401} if role is ALL else {403}
        else:
            expected = {200, 201, 204, 400, 404, 409, 412, 415, 422, 428}
        if status not in expected:
            wrong[route] = status
    assert wrong == {}


def test_a_refusal_comes_before_the_body_is_read(client):
    answer = client.post("/v1/postings", data=b"{", content_type="application/json")
    assert answer.status_code == 401


def test_every_domain_error_has_a_status():
    refusals = {
        found
        for _, found in inspect.getmembers(errors, inspect.isclass)
        if issubclass(found, errors.DomainError) and found is not errors.DomainError
    }
    assert refusals == set(STATUS)


def test_every_blueprint_reads_bodies_the_same_way():
    assert [blp.name for blp in blueprints.ALL if not isinstance(blp, ApiBlueprint)] == []


def test_no_view_answers_what_its_document_does_not_name(app, client):
    """Whoever needs a key may be refused; whoever reads a body may be told that it is none."""
    document = client.get("/v1/openapi.json").json
    undocumented = []
    for path, operations in document["paths"].items():
        for method, operation in operations.items():
            if method == "parameters":
                continue
            answers = set(operation["responses"])
            needed = {"401", "403"} if operation.get("security") else set()
            needed |= {"400", "422"} if "requestBody" in operation else set()
            needed |= {"422"} if any(p["in"] == "query" for p in operation.get("parameters", [])) else set()
            if needed - answers:
                undocumented.append((method, path, needed - answers))
    assert undocumented == []


def test_what_needs_a_key_says_so_in_its_document(app, client):
    document = client.get("/v1/openapi.json").json
    for route, roles in ROUTES.items():
        method, rule = route.split(" ")
        operation = document["paths"].get(re.sub(r"<\w+:(\w+)>", r"{\1}", rule), {}).get(method.lower())
        if operation is not None:
            assert bool(operation.get("security")) is (ALL not in roles), route
