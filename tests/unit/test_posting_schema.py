"""The shape of a posting at the border: what is taken, what is refused and under which field."""

import pytest
from marshmallow import ValidationError

from matching import PayUnit
from service.models import PayStated
from service.schemas.base import StrictSchema
from service.schemas.employers import EmployerIn
from service.schemas.posting_content import PostingContentIn
from service.schemas.posting_states import HiresIn


def load(**members):
    return PostingContentIn().load({"title": "电焊工"} | members)


def wrong_fields(**members) -> set[str]:
    with pytest.raises(ValidationError) as refusal:
        load(**members)
    return set(refusal.value.messages)


def test_a_title_is_enough_for_a_draft():
    values = load()
    assert values["pay_stated"] is PayStated.UNSTATED
    assert (values["openings"], values["skills_required"], values["minimum_age"]) == (None, [], 16)


def test_pay_with_a_unit_is_stated_pay():
    assert load(pay_minimum=5000, pay_unit="month")["pay_stated"] is PayStated.STATED
    assert load(pay_unit="piece")["pay_unit"] is PayUnit.PIECE


def test_whole_numbers_may_be_written_with_a_point():
    assert load(openings=3.0)["openings"] == 3


@pytest.mark.parametrize(
    ("members", "fields"),
    [
        pytest.param({"title": " "}, {"title"}, id="blank-title"),
        pytest.param({"title": "焊" * 81}, {"title"}, id="long-title"),
        pytest.param({"tilte": "x"}, {"tilte"}, id="misspelt-field"),
        pytest.param({"pay_minimum": 7, "pay_maximum": 5, "pay_unit": "day"}, {"pay_maximum"}, id="order"),
        pytest.param({"pay_minimum": 5000}, {"pay_unit"}, id="amount-without-unit"),
        pytest.param({"pay_unit": "month"}, {"pay_unit"}, id="unit-without-amount"),
        pytest.param({"pay_stated": "stated"}, {"pay_unit"}, id="stated-without-anything"),
        pytest.param(
            {"pay_stated": "negotiable", "pay_minimum": 1, "pay_unit": "day"}, {"pay_stated"}, id="both-ways"
        ),
        pytest.param(
            {"valid_from": "2026-03-02T00:00:00Z", "valid_until": "2026-03-02T08:00:00+08:00"},
            {"valid_until"},
            id="ends-as-it-starts",
        ),
        pytest.param({"latitude": 39.9}, {"longitude"}, id="half-a-point"),
        pytest.param({"latitude": 139.9, "longitude": 124}, {"latitude"}, id="no-such-latitude"),
        pytest.param({"openings": 0}, {"openings"}, id="no-openings"),
        pytest.param({"openings": 10_000}, {"openings"}, id="too-many-openings"),
        pytest.param({"openings": "3"}, {"openings"}, id="number-as-text"),
        pytest.param({"openings": True}, {"openings"}, id="truth-as-number"),
        pytest.param({"openings": 2.5}, {"openings"}, id="half-a-person"),
        pytest.param({"openings": float("inf")}, {"openings"}, id="infinite"),
        pytest.param({"openings": float("nan")}, {"openings"}, id="not-a-number"),
        pytest.param({"openings": 10**400}, {"openings"}, id="huge"),
        pytest.param({"experience_years": "2"}, {"experience_years"}, id="years-as-text"),
        pytest.param({"experience_years": 10**400}, {"experience_years"}, id="huge-years"),
        pytest.param({"experience_years": float("nan")}, {"experience_years"}, id="years-not-a-number"),
        pytest.param({"housing": "yes"}, {"housing"}, id="yes-is-not-true"),
        pytest.param({"housing": 1}, {"housing"}, id="one-is-not-true"),
        pytest.param({"minimum_age": 15}, {"minimum_age"}, id="child"),
        pytest.param({"valid_until": "2026-03-02T00:00:00"}, {"valid_until"}, id="no-offset"),
        pytest.param({"valid_until": "0001-01-01T00:00:00+08:00"}, {"valid_until"}, id="year-1"),
        pytest.param({"valid_until": "9999-12-31T23:59:59-08:00"}, {"valid_until"}, id="year-9999"),
        pytest.param({"starts_on": "1999-12-31"}, {"starts_on"}, id="last-century"),
        pytest.param({"skills_required": ["x"] * 21}, {"skills_required"}, id="too-many-skills"),
        pytest.param({"skills_required": [" "]}, {"skills_required"}, id="blank-skill"),
        pytest.param({"source_url": "javascript:alert(1)"}, {"source_url"}, id="no-web-address"),
        pytest.param({"contact_phone": "call me"}, {"contact_phone"}, id="no-number"),
        pytest.param({"shift": "sometimes"}, {"shift"}, id="no-such-shift"),
    ],
)  # fmt: skip
def test_a_faulty_value_is_refused_under_its_field(members, fields):
    assert wrong_fields(**members) == fields


@pytest.mark.parametrize(
    ("member", "field"),
    [
        ({"title": "电\x00工"}, "title"),
        ({"title": "电\ud800工"}, "title"),
        ({"benefits": ["节日\x00礼品"]}, "benefits"),
        ({"benefits": {"a": {"\x00": 1}}}, "benefits"),
        ({"\ud800": "x"}, "_schema"),
    ],
    ids=["nul", "half-a-surrogate-pair", "in-a-list", "deep-in-a-name", "in-a-name"],
)
def test_what_no_database_keeps_is_refused(member, field):
    assert wrong_fields(**member) == {field}


@pytest.mark.parametrize(
    "schema", [PostingContentIn, EmployerIn, HiresIn], ids=lambda schema: schema.__name__
)
@pytest.mark.parametrize("body", [[], "text", 3, None, True], ids=repr)
def test_a_body_that_is_no_object_is_refused(schema: type[StrictSchema], body):
    with pytest.raises(ValidationError):
        schema().load(body)


def test_a_moment_is_kept_in_utc():
    assert (
        load(valid_until="2026-03-02T08:00:00+08:00")["valid_until"].isoformat()
        == "2026-03-02T00:00:00+00:00"
    )
