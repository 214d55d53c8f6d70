"""Roles, and which doors they pass."""

import pytest

from service.rules.access import SYSTEM, Actor, Role, may


@pytest.mark.parametrize("role", Role)
def test_everybody_passes_a_public_door(role: Role) -> None:
    assert may(role, frozenset({Role.PUBLIC}))


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("door", sorted(set(Role) - {Role.PUBLIC}))
def test_a_door_opens_to_its_role_and_the_bureaus_to_administrators(role: Role, door: Role) -> None:
    passes = role is door or (role is Role.ADMINISTRATOR and door is Role.BUREAU)
    assert may(role, frozenset({door})) is passes


def test_a_door_for_several_opens_to_each() -> None:
    door = frozenset({Role.BUREAU, Role.EMPLOYER})
    assert [role.value for role in Role if may(role, door)] == ["administrator", "bureau", "employer"]


@pytest.mark.parametrize("role", Role)
def test_who_works_for_the_bureau(role: Role) -> None:
    assert Actor("key", "k", role).is_bureau is (role in (Role.ADMINISTRATOR, Role.BUREAU))


def test_the_service_itself_may_do_what_an_administrator_may() -> None:
    assert SYSTEM.is_bureau
    assert SYSTEM.employer_id is None
