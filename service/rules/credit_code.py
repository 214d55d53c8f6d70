"""统一社会信用代码: GB 32100-2015, with the organisation code of GB 11714-1997 within it.

18 characters: 1 registering authority, 1 category, 6 division, 8 + 1 organisation code with its own
check character, 1 check character over all.
"""

import unicodedata

from service.rules.errors import InvalidCreditCode

__all__ = ["InvalidCreditCode", "check_credit_code", "make_credit_code"]

# GB 32100-2015, table 2: no I, O, S, V, Z, which look like 1, 0, 5, U and 2. The value is the place.
_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_WEIGHTS = tuple(pow(3, place, 31) for place in range(17))
# GB 11714-1997: the organisation code counts all 36 letters and digits.
_ORGANISATION_ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_ORGANISATION_WEIGHTS = (3, 7, 9, 10, 5, 8, 4, 2)
# Registering authority and the categories it gives (GB 32100-2015 table 1 and later additions).
_CATEGORIES = {
    "1": "1239",
    "2": "19",
    "3": "123459",
    "4": "19",
    "5": "1239",
    "6": "129",
    "7": "129",
    "8": "19",
    "9": "1239",
    "A": "19",
    "N": "1239",
    "Y": "1",
}


def check_credit_code(text: str) -> str:
    """The code in its normal form: 18 half-width capitals and digits.

    Spaces, hyphens, full-width and small letters are accepted and normalised; nothing is guessed.

    Raises:
        InvalidCreditCode: with one Chinese sentence that says what is wrong and what to do.
    """
    code = "".join(unicodedata.normalize("NFKC", text).upper().replace("-", "").split())
    if len(code) != 18:
        raise _refusal(f"统一社会信用代码应为 18 位，填写的是 {len(code)} 位，请对照营业执照重新填写。")
    strange = "".join(dict.fromkeys(character for character in code if character not in _ALPHABET))
    if strange:
        raise _refusal(
            f"统一社会信用代码里不会出现“{strange}”，请核对是否把 0 写成 O、1 写成 I、2 写成 Z、5 写成 S。"
        )
    if code[1] not in _CATEGORIES.get(code[0], ""):
        raise _refusal(f"统一社会信用代码不会以“{code[:2]}”开头，请对照营业执照核对前两位。")
    if not code[2:8].isdecimal():
        raise _refusal("统一社会信用代码第 3 至 8 位是登记机关的行政区划，应为数字，请核对。")
    if code[16] != _organisation_check(code[8:16]):
        raise _refusal("统一社会信用代码第 9 至 17 位（组织机构代码）校验不符，请核对是否抄错一位。")
    if code[17] != _check_character(code[:17]):
        raise _refusal("统一社会信用代码最后一位校验不符，请核对是否抄错或写反了相邻两位。")
    return code


def make_credit_code(seed: str, *, authority: str = "91", division: str = "210681") -> str:
    """A valid code for demonstration and test data: the same for the same seed.

    Args:
        seed: 1 to 8 letters or digits of the code's alphabet, filled with zeros at the left.
        authority: registering authority and category, e.g. 91 for an enterprise.
        division: six digits.

    Raises:
        InvalidCreditCode: no valid code can be made of these.
    """
    body = seed.upper().zfill(8)
    if set(authority + division + body) - set(_ALPHABET):
        raise _refusal("组成统一社会信用代码的字符只能是数字和除 I、O、S、V、Z 以外的大写字母。")
    start = authority + division + body + _organisation_check(body)
    return check_credit_code(start + _check_character(start))


def _organisation_check(body: str) -> str:
    total = sum(
        weight * _ORGANISATION_ALPHABET.index(character)
        for weight, character in zip(_ORGANISATION_WEIGHTS, body, strict=False)
    )
    return "0123456789X0"[11 - total % 11]


def _check_character(start: str) -> str:
    total = sum(
        weight * _ALPHABET.index(character) for weight, character in zip(_WEIGHTS, start, strict=False)
    )
    return _ALPHABET[-total % 31]


def _refusal(message: str) -> InvalidCreditCode:
    return InvalidCreditCode(message, errors={"credit_code": [message]})
