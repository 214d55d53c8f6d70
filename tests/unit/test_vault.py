"""Personal data at rest: what opens, what does not, and how a secret is replaced."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.vault import InvalidTag, UnknownKey, Vault, new_password, new_secret

OLD, NEW = "the old secret", "the new secret"
PLACE = "seekers.name"


@given(st.text())
def test_what_is_sealed_opens_again(text: str):
    vault = Vault([NEW])
    assert vault.open(vault.seal(text, PLACE), PLACE) == text


def test_a_sealed_value_shows_nothing_of_the_text_and_never_repeats():
    vault = Vault([NEW])
    first, second = vault.seal("王秀兰", PLACE), vault.seal("王秀兰", PLACE)
    assert first != second
    assert "王秀兰".encode() not in first


def test_a_value_that_was_moved_to_another_column_does_not_open():
    vault = Vault([NEW])
    with pytest.raises(InvalidTag):
        vault.open(vault.seal("13800000001", "seekers.phone"), "postings.contact")


@pytest.mark.parametrize("position", [1, 13, -1], ids=["nonce", "ciphertext", "tag"])
def test_a_value_of_which_one_bit_was_changed_does_not_open(position: int):
    vault = Vault([NEW])
    sealed = bytearray(vault.seal("13800000001", PLACE))
    sealed[position] ^= 1
    with pytest.raises(InvalidTag):
        vault.open(bytes(sealed), PLACE)


def test_a_new_secret_seals_while_the_old_one_still_opens():
    before, during = Vault([OLD]), Vault([NEW, OLD])
    sealed = before.seal("王秀兰", PLACE)
    assert during.open(sealed, PLACE) == "王秀兰"
    assert not during.is_current(sealed)
    resealed = during.seal("王秀兰", PLACE)
    assert during.is_current(resealed)
    assert Vault([NEW]).open(resealed, PLACE) == "王秀兰"


def test_a_lost_secret_is_named_as_what_is_missing():
    with pytest.raises(UnknownKey, match="no secret with key id"):
        Vault([NEW]).open(Vault([OLD]).seal("王秀兰", PLACE), PLACE)


def test_a_phone_is_found_under_every_secret_that_is_known():
    newest, older = Vault([NEW, OLD]).blind_indexes("13800000001")
    assert Vault([OLD]).blind_indexes("13800000001") == [older]
    assert Vault([NEW]).blind_indexes("13800000001") == [newest]
    assert Vault([NEW]).blind_indexes("13800000002") != [newest]
    assert re.fullmatch(r"[0-9a-f]{64}", newest)


def test_a_vault_needs_a_secret_and_tells_two_apart():
    with pytest.raises(ValueError, match="at least one secret"):
        Vault([])
    with pytest.raises(ValueError, match="share a key id"):
        Vault([NEW, NEW])


def test_secrets_and_passwords_are_long_and_never_the_same():
    assert len({new_secret() for _ in range(100)}) == 100
    assert re.fullmatch(r"[\w-]{43}", new_secret())
    assert len({new_password() for _ in range(100)}) == 100
    assert re.fullmatch(r"([2-9a-hjkmnp-z]{4}-){3}[2-9a-hjkmnp-z]{4}", new_password())
