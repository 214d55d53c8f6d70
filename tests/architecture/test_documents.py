"""Documents that speak of the code are kept in step with it."""

import re
from enum import StrEnum

import pytest

from matching import COMPONENTS
from service.rules.lifecycle import (
    EMPLOYER_TRANSITIONS,
    POSTING_TRANSITIONS,
    EmployerState,
    EmployerTransition,
    PostingState,
    PostingTransition,
    SeekerState,
)
from tests.architecture.tree import ROOT, python


def text(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


@pytest.mark.parametrize(
    "states", [PostingState, PostingTransition, EmployerState, EmployerTransition, SeekerState]
)
def test_the_glossary_names_every_state_and_transition(states: type[StrEnum]):
    named = set(re.findall(r"`(\w+)`", text("docs/glossary.md")))
    assert {member.value for member in states} - named == set()


def test_the_glossary_tells_where_each_transition_of_a_posting_leads():
    rows = dict(
        re.findall(r"^\| `(\w+)` \| [^|]+ \| ([^|]+→[^|]+?) \|$", text("docs/glossary.md"), re.MULTILINE)
    )
    assert set(rows) == {transition.value for transition in POSTING_TRANSITIONS}
    for transition, (origins, target) in POSTING_TRANSITIONS.items():
        before, after = rows[transition.value].split("→")
        assert after.strip().startswith(target.value), transition
        if not before.startswith("any"):
            assert set(before.replace(",", " ").split()) == {origin.value for origin in origins}, transition


def test_every_transition_of_an_employer_ends_in_a_state_of_the_glossary():
    targets = {target.value for _, target in EMPLOYER_TRANSITIONS.values()}
    assert targets <= set(re.findall(r"^\| `(\w+)` \|", text("docs/glossary.md"), re.MULTILINE))


def test_the_feeds_page_names_every_reason_that_a_line_can_have():
    read = "\n".join(source.text for source in python("service/operations/"))
    calls = (
        r"publish_openings\([^)]*?",
        r"Step\(\s*[\w.]+, ",
        r"withdraw_items\([^)]*?",
        r"Line\(item_id, ",
        "reason = ",
    )
    written = {reason for call in calls for reason in re.findall(call + r'"([a-z_]+)"', read)}
    assert {"published", "updated", "withdrawn", "matched", "consent_withdrawn"} <= written
    assert written - set(re.findall(r"`([a-z_]+)`", text("docs/feed.md"))) == set()


def test_every_decision_is_in_the_index():
    pages = {path.name for path in (ROOT / "docs/decisions").glob("0*.md")}
    assert pages
    assert pages == set(re.findall(r"\]\((0[\w-]+\.md)\)", text("docs/decisions/README.md")))


def test_the_page_about_the_architecture_names_every_folder_of_the_service():
    folders = {
        path.name
        for path in (ROOT / "service").iterdir()
        if path.is_dir() and any(path.glob("*.py")) and path.name != "__pycache__"
    }
    assert {name for name in folders if name not in text("docs/architecture.md")} == set()


def test_the_components_of_a_score_are_told_to_staff():
    told = text("docs/matching.md")
    assert [name for name in COMPONENTS if name not in told] == []
