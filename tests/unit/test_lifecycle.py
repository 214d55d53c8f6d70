"""The lifecycles: every state, every transition, and nothing that is not drawn."""

import pytest

from service.rules.errors import TransitionNotAllowed
from service.rules.lifecycle import (
    EMPLOYER_TRANSITIONS,
    POSTING_TRANSITIONS,
    EmployerState,
    EmployerTransition,
    PostingState,
    PostingTransition,
    next_employer_state,
    next_posting_state,
)

# The picture of the issue, drawn a second time: from -> {transition: to}.
POSTINGS = {
    "draft": {"submit": "in_review", "withdraw": "withdrawn"},
    "in_review": {"return": "draft", "approve": "open", "schedule": "scheduled", "withdraw": "withdrawn"},
    "scheduled": {"start": "open", "revise": "in_review", "withdraw": "withdrawn", "expire": "expired"},
    "open": {
        "revise": "in_review",
        "pause": "paused",
        "fill": "filled",
        "withdraw": "withdrawn",
        "expire": "expired",
    },
    "paused": {
        "revise": "in_review",
        "resume": "open",
        "fill": "filled",
        "withdraw": "withdrawn",
        "expire": "expired",
    },
    "filled": {"reopen": "open", "withdraw": "withdrawn"},
    "expired": {"renew": "open", "withdraw": "withdrawn"},
    "withdrawn": {"restore": "draft"},
}
EMPLOYERS = {
    "unverified": {"verify": "verified", "suspend": "suspended"},
    "verified": {"verify": "verified", "lapse": "lapsed", "suspend": "suspended"},
    "lapsed": {"verify": "verified", "suspend": "suspended"},
    "suspended": {"verify": "verified"},
}


@pytest.mark.parametrize("transition", PostingTransition)
@pytest.mark.parametrize("state", PostingState)
def test_a_posting_goes_only_where_its_lifecycle_leads(
    state: PostingState, transition: PostingTransition
) -> None:
    target = POSTINGS[state.value].get(transition.value)
    if target is None:
        with pytest.raises(TransitionNotAllowed, match=state.value):
            next_posting_state(state, transition)
    else:
        assert next_posting_state(state, transition).value == target


@pytest.mark.parametrize("transition", EmployerTransition)
@pytest.mark.parametrize("state", EmployerState)
def test_an_employer_goes_only_where_its_lifecycle_leads(
    state: EmployerState, transition: EmployerTransition
) -> None:
    target = EMPLOYERS[state.value].get(transition.value)
    if target is None:
        with pytest.raises(TransitionNotAllowed, match=state.value):
            next_employer_state(state, transition)
    else:
        assert next_employer_state(state, transition).value == target


def test_every_transition_is_drawn() -> None:
    assert set(POSTING_TRANSITIONS) == set(PostingTransition)
    assert set(EMPLOYER_TRANSITIONS) == set(EmployerTransition)


def test_no_posting_is_ever_stuck() -> None:
    reachable: dict[str, set[str]] = {state: set(steps.values()) for state, steps in POSTINGS.items()}
    for start in reachable:
        seen, border = {start}, [start]
        while border:
            for target in reachable[border.pop()] - seen:
                seen.add(target)
                border.append(target)
        assert seen == set(reachable), start
