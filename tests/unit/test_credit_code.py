"""统一社会信用代码."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.rules.credit_code import check_credit_code, make_credit_code
from service.rules.errors import InvalidCreditCode

REAL = "914403001922038216"


@pytest.mark.parametrize("code", [REAL, "91350100M000100Y43", "91110000802100433B", "91440300708461136T"])
def test_published_codes_are_valid(code):
    assert check_credit_code(code) == code


@pytest.mark.parametrize(
    "text", [" 91350100m000100y43 ", "91350100-M000100Y-43", "９１３５０１００Ｍ０００１００Ｙ４３"]
)
def test_width_case_blanks_and_hyphens_are_normalised(text):
    assert check_credit_code(text) == "91350100M000100Y43"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        pytest.param("", "18 位", id="empty"),
        pytest.param("9144030019220382", "16 位", id="short"),
        pytest.param("91440300192203821O", "“O”", id="a-letter-that-never-occurs"),
        pytest.param("944403001922038216", "“94”", id="no-such-category"),
        pytest.param("014403001922038216", "“01”", id="no-such-authority"),
        pytest.param("91A403001922038216", "行政区划", id="division-not-digits"),
        pytest.param("914403001922038116", "组织机构代码", id="organisation-check"),
        pytest.param("914403001922038217", "最后一位", id="check-character"),
        pytest.param("914404001922038216", "最后一位", id="another-division"),
    ],
)
def test_a_wrong_code_is_refused_in_words(text, message):
    with pytest.raises(InvalidCreditCode, match=message) as refusal:
        check_credit_code(text)
    assert refusal.value.errors == {"credit_code": [refusal.value.detail]}


@given(st.text("0123456789ABCDEFGHJKLMNPQRTUWXY", min_size=1, max_size=8))
def test_a_made_code_is_valid_and_the_same_for_the_same_seed(seed):
    assert check_credit_code(make_credit_code(seed)) == make_credit_code(seed)


@given(st.integers(0, 99_999_999), st.integers(0, 17), st.sampled_from("0123456789ABCDEFGHJKLMNPQRTUWXY"))
def test_one_wrong_character_is_always_noticed(seed, place, character):
    code = make_credit_code(str(seed))
    wrong = code[:place] + character + code[place + 1 :]
    if wrong != code:
        with pytest.raises(InvalidCreditCode):
            check_credit_code(wrong)


@given(st.integers(0, 99_999_999), st.integers(8, 14))
def test_neighbours_written_the_wrong_way_round_are_noticed(seed, place):
    code = make_credit_code(str(seed))
    wrong = code[:place] + code[place + 1] + code[place] + code[place + 2 :]
    if wrong != code:
        with pytest.raises(InvalidCreditCode):
            check_credit_code(wrong)


@pytest.mark.parametrize("seed", ["O1", "123456789", "号"])
def test_a_seed_that_makes_no_code_is_refused(seed):
    with pytest.raises(InvalidCreditCode):
        make_credit_code(seed)
