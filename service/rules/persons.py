"""What the law and plain sense ask of a person's data."""

import re
import unicodedata
from datetime import date

from service.rules.errors import Invalid, UnderAge

LEAST_AGE = 16  # 劳动法 15; 禁止使用童工规定 2, 7
_MOBILE = re.compile(r"1[3-9]\d{9}", re.ASCII)
_NOT_DIGITS = re.compile(r"[\s\-‐-―()（）+]+")


def check_mobile(text: str) -> str:
    """The mobile number's eleven digits, whatever spaces, dashes, 86 or full-width digits stood in it.

    Raises:
        Invalid: not a mainland mobile number.
    """
    digits = _NOT_DIGITS.sub("", unicodedata.normalize("NFKC", text))
    if len(digits) > 11:
        digits = digits.removeprefix("0086").removeprefix("86")
    if not _MOBILE.fullmatch(digits):
        raise Invalid(
            "this is not a mobile number", errors={"phone": ["请填写 11 位手机号，比如 13812345678。"]}
        )
    return digits


def check_age(birth_month: date | None, today: date) -> None:
    """Refuse a person who may still be under sixteen.

    Args:
        birth_month: any day of the month of birth; None where it was not told, which the staff
            check with the identity card when the person is introduced.
        today: the day in the county's time.

    Raises:
        UnderAge: the sixteenth birthday may not have come yet.
        Invalid: born later than today, or more than 120 years ago.
    """
    if birth_month is None:
        return
    if birth_month > today or today.year - birth_month.year > 120:
        raise Invalid("an impossible month of birth", errors={"birth_month": ["出生年月不对，请重新填写。"]})
    # The birthday may be the last of the month, so that sixteen is sure only when the month is over.
    months = (today.year - birth_month.year) * 12 + today.month - birth_month.month
    if months <= LEAST_AGE * 12:
        raise UnderAge(
            "未满 16 周岁，不能登记求职。请继续上学，满 16 周岁后欢迎再来。",
            errors={"birth_month": ["未满 16 周岁不能登记（《禁止使用童工规定》第二条、第七条）。"]},
        )
