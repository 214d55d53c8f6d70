"""Personal data as it may be shown: enough to recognise, not enough to reach or to identify.

Display limits of GB/T 35273: mobile 3 + 4, identity number 6 + 4, family name, address to the township.
"""

import re

_TOWNSHIP = re.compile(r"^.*?(?:街道|镇|乡|苏木|办事处|开发区|农场)(?!政府|中心|卫生)")
_COUNTY = re.compile(r"^.*(?:[县区旗]|市)")
_COMPOUND_FAMILY_NAMES = re.compile(
    "欧阳|上官|司马|诸葛|东方|皇甫|尉迟|公孙|慕容|司徒|令狐|夏侯|轩辕|宇文|长孙|端木|独孤|南宫|西门|呼延"
)


def mask_phone(number: str) -> str:
    """138****1234; a landline keeps its area code and last two digits, anything short becomes stars."""
    digits = re.sub(r"\D", "", number)
    if len(digits) > 11 and digits.startswith("86"):
        digits = digits[2:]
    if len(digits) == 11 and digits.startswith("1"):
        return f"{digits[:3]}****{digits[-4:]}"
    return _kept(digits, 4, 2) if len(digits) >= 10 else _kept(digits, 0, 2)


def mask_id(number: str) -> str:
    """210681********1234: first six and last four; anything shorter than 15 becomes stars."""
    plain = re.sub(r"\s", "", number)
    return _kept(plain, 6, 4) if len(plain) >= 15 else _kept(plain, 0, 0)


def mask_name(name: str) -> str:
    """王*, 欧阳*: the family name and one star, so that the length tells nothing."""
    plain = re.sub(r"[\s·•]", "", name)
    if not plain:
        return ""
    if len(plain) > 2 and _COMPOUND_FAMILY_NAMES.match(plain):
        return plain[:2] + "*"
    return plain[0] + "*"


def mask_address(address: str) -> str:
    """The address down to its township, or to its county where no township is named; "" where neither is."""
    plain = re.sub(r"\s", "", address)
    found = _TOWNSHIP.match(plain) or _COUNTY.match(plain)
    return found.group() if found else ""


def _kept(text: str, head: int, tail: int) -> str:
    """`head` characters, stars, `tail` characters; only stars where fewer than three would be hidden."""
    hidden = len(text) - head - tail
    if hidden < 3:
        return "*" * len(text)
    return text[:head] + "*" * hidden + text[len(text) - tail :]
