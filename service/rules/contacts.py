"""Personal numbers in free text: found, and lifted out into the masked contact field."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from service.rules.credit_code import InvalidCreditCode, check_credit_code
from service.rules.folding import Folded, fold
from service.rules.masking import mask_id


class ContactKind(StrEnum):
    """What a number or address reaches."""

    MOBILE = "mobile"
    LANDLINE = "landline"
    WECHAT = "wechat"
    QQ = "qq"
    EMAIL = "email"
    IDENTITY = "identity"  # a resident identity number: reaches nobody, names somebody


_PLACEHOLDERS = {
    ContactKind.MOBILE: "〔手机号〕",
    ContactKind.LANDLINE: "〔电话〕",
    ContactKind.WECHAT: "〔微信〕",
    ContactKind.QQ: "〔QQ〕",
    ContactKind.EMAIL: "〔邮箱〕",
    ContactKind.IDENTITY: "〔证件号〕",
}


@dataclass(frozen=True, slots=True)
class Contact:
    """One contact found in a text, in the text's own places.

    `value` is normalised (digits without separators, small letters); an identity number is masked,
    because nothing here has a use for it.
    """

    kind: ContactKind
    value: str
    start: int
    end: int

    @property
    def placeholder(self) -> str:
        """What stands in the text in its place."""
        return _PLACEHOLDERS[self.kind]


_SPOKEN = str.maketrans("零〇幺壹一二两三四五六七八九", "00111223456789")
_SAME = r"(?:\s*[(]?(?:微信|vx|wx|v)(?:电话)?(?:同号|同步|号)[)]?)?"
_MOBILE = r"1[3-9]\d(?P<gap>[- ]?)\d{4}(?:[- ]?)\d{4}"
_WECHAT_WORD = r"(?:微\s?信|威信|薇信|徽信|(?<![a-z])(?:vx|wx|wechat|v(?=[::])|v信))"
# The order is the order of claims: an identity number must not be read as a phone inside it.
_PATTERNS: tuple[tuple[ContactKind, re.Pattern[str]], ...] = (
    (
        ContactKind.IDENTITY,
        re.compile(
            r"(?<![0-9a-z])(?P<value>[1-9]\d{5}(?:19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}[\dx])(?![0-9a-z])"
        ),
    ),
    (
        ContactKind.EMAIL,
        re.compile(r"(?<![a-z0-9._%+-])(?P<value>[a-z0-9][a-z0-9._%+-]{0,63}@[a-z0-9-]+(?:\.[a-z0-9-]+)+)"),
    ),
    (
        ContactKind.WECHAT,
        re.compile(
            rf"(?:加)?{_WECHAT_WORD}(?:同?号|id|联系)?\s*(?:[:是为]\s*|(?<=号)\s*|(?=[a-z0-9_-]*\d))"
            r"(?P<value>[a-z][a-z0-9_-]{5,19}|1[3-9]\d{9}|[1-9]\d{5,10})(?![a-z0-9@])"
        ),
    ),
    (
        ContactKind.QQ,
        re.compile(r"(?<![a-z])(?:qq|扣扣|企鹅)(?:号码?|群号?)?\s*[:是为]?\s*(?P<value>[1-9]\d{4,11})(?!\d)"),
    ),
    (
        ContactKind.MOBILE,
        re.compile(rf"(?<![\d.])(?:\(?\+?86\)?[- ]?)?(?P<value>{_MOBILE})(?![\d.]\d|\d){_SAME}"),
    ),
    (
        ContactKind.MOBILE,
        re.compile(
            r"(?P<value>[幺一壹][三四五六七八九][零〇幺一二两三四五六七八九]{9})(?![零〇幺一二三四五六七八九])"
        ),
    ),
    (
        ContactKind.LANDLINE,
        re.compile(r"(?<![\d.])(?P<value>\(?0\d{2,3}\)?[- ]?[2-8]\d{6,7}(?:[-转]\d{1,6})?)(?!\d)"),
    ),
    (ContactKind.LANDLINE, re.compile(r"(?<![\d.-])(?P<value>[48]00-?\d{3,4}-?\d{3,4})(?![\d元])")),
    (
        ContactKind.LANDLINE,
        re.compile(r"(?:电话|座机|热线|tel)\s*[::]?\s*(?P<value>[2-8]\d{6,7})(?!\d)"),
    ),
)


def find_contacts(text: str) -> tuple[Contact, ...]:
    """Every contact in the text, by place; they never overlap.

    Looked at with width and case folded. A 统一社会信用代码 is not a contact, nor are ranges of pay,
    dates and amounts.
    """
    folded = fold(text)
    taken: list[Contact] = []
    for kind, pattern in _PATTERNS:
        for contact in _contacts_of(kind, pattern, folded):
            if all(contact.end <= other.start or other.end <= contact.start for other in taken):
                taken.append(contact)
    return tuple(sorted(taken, key=lambda contact: contact.start))


def lift_contacts(text: str) -> tuple[str, tuple[Contact, ...]]:
    """The text with a placeholder for each contact, and the contacts that were there.

    Lifting again finds nothing. The text is returned as it was, character for character, elsewhere.
    """
    contacts = find_contacts(text)
    pieces: list[str] = []
    place = 0
    for contact in contacts:
        pieces += (text[place : contact.start], contact.placeholder)
        place = contact.end
    return "".join((*pieces, text[place:])), contacts


def _contacts_of(kind: ContactKind, pattern: re.Pattern[str], folded: Folded) -> Iterator[Contact]:
    for hit in pattern.finditer(folded.text):
        if _inside_code(folded.text, *hit.span("value")):
            continue
        start, end = folded.span(*hit.span())
        yield Contact(kind, _value(kind, hit["value"]), start, end)


def _inside_code(text: str, start: int, end: int) -> bool:
    """Whether the digits are part of a 统一社会信用代码, or of an unbroken number of 15 signs or more."""
    left = re.search(r"[0-9a-z]*$", text[:start])
    right = re.match(r"[0-9a-z]*", text[end:])
    around = (left.group() if left else "") + text[start:end] + (right.group() if right else "")
    if len(around) == end - start:
        return _is_credit_code(around)
    return len(around) >= 15 and around.isalnum()


def _is_credit_code(text: str) -> bool:
    try:
        check_credit_code(text)
    except InvalidCreditCode:
        return False
    return True


def _value(kind: ContactKind, text: str) -> str:
    if kind is ContactKind.IDENTITY:
        return mask_id(text.upper())
    if kind is ContactKind.MOBILE:
        return re.sub(r"\D", "", text.translate(_SPOKEN))
    if kind is ContactKind.LANDLINE:
        return re.sub(r"[()\s]", "", text)
    return text
