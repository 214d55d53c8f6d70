"""Whatever fits our OpenAPI document, and whatever nearly does, is answered as the document says."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from flask import Flask

from service.app import create_app
from service.db import Database
from service.rules.access import Role
from service.settings import Settings
from tests.contract.campaign import run
from tests.contract.seeds import Seeds, plant

# What no single made-up request brings about, and the tests of the service do: a key signs nobody in
# and has no password, a posting has to be whole and in the right state.
_OUT_OF_REACH = {
    "POST /v1/tokens",
    "PUT /v1/staff/me/password",
    "GET /v1/feed/matches",
    "GET /v1/feed/matches/snapshot",
    "POST /v1/postings",
    "POST /v1/postings/import",
    "POST /v1/postings/{posting_id}/renew",
    "POST /v1/postings/{posting_id}/reopen",
    "GET /v1/providers/{provider}/postings/{reference}",
    "PUT /v1/providers/{provider}/postings/{reference}",
}


@pytest.fixture
def unlimited_app(settings: Settings) -> Iterator[Flask]:
    """The application for a caller that asks a hundred times a second."""
    app = create_app(replace(settings, rate_limits=False))
    yield app
    app.extensions["database"].dispose()


@pytest.fixture
def seeds(database: Database) -> Seeds:
    return plant(database)


# Who asks, for how many seconds: all that the bureau may do takes longest.
CALLERS = [
    pytest.param(Role.ADMINISTRATOR, 20, id="administrator"),
    pytest.param(Role.OPERATOR, 4, id="operator"),
    pytest.param(Role.EMPLOYER, 6, id="employer"),
    pytest.param(Role.PUBLIC, 4, id="public"),
]


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
@pytest.mark.parametrize(("role", "seconds"), CALLERS)
def test_generated_requests_are_answered_as_documented(
    unlimited_app: Flask, seeds: Seeds, role: Role, seconds: int
) -> None:
    findings = run(
        unlimited_app, key=seeds.keys.get(role), values=seeds.config(), examples=5, seconds=seconds
    )
    assert not findings.failures, findings.told()
    assert len(findings.answers) > 50


@pytest.mark.postgresql
@pytest.mark.parametrize(
    "database_url", [pytest.param("postgresql", marks=pytest.mark.postgresql)], indirect=True
)
def test_generated_requests_are_answered_as_documented_on_the_other_engine(
    unlimited_app: Flask, seeds: Seeds
) -> None:
    key = seeds.keys[Role.BUREAU]
    findings = run(unlimited_app, key=key, values=seeds.config(), examples=3, seconds=15)
    assert not findings.failures, findings.told()


@pytest.mark.long
@pytest.mark.parametrize("role", [Role.ADMINISTRATOR, Role.OPERATOR, Role.EMPLOYER, Role.PUBLIC])
def test_many_generated_requests_are_answered_as_documented(
    unlimited_app: Flask, seeds: Seeds, role: Role
) -> None:
    findings = run(unlimited_app, key=seeds.keys.get(role), values=seeds.config(), examples=200, seconds=300)
    assert not findings.failures, findings.told()
    if role is Role.ADMINISTRATOR:
        reached = {label for label, counts in findings.answers.items() if {200, 201, 204} & set(counts)}
        assert set(findings.answers) - reached <= _OUT_OF_REACH
