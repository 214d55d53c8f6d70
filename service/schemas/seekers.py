"""求职者 and 求职登记 as they come in and go out."""

from typing import Any, ClassVar

from marshmallow import Schema, ValidationError, fields, post_load, validate

from matching.types import EmploymentType, Shift
from service.rules.errors import Invalid
from service.rules.lifecycle import SeekerState
from service.rules.persons import check_mobile
from service.schemas.base import (
    IDENTIFIER,
    NOT_BLANK,
    Boolean,
    Day,
    Integer,
    Number,
    PageArgs,
    Pattern,
    StrictSchema,
    TermOut,
)


class Mobile(fields.String):
    """A mainland mobile number, kept as its eleven digits."""

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> str:
        text = super()._deserialize(value, attr, data, **kwargs)
        try:
            return check_mobile(text)
        except Invalid as error:
            raise ValidationError(error.errors["phone"]) from error


class Month(fields.Date):
    """A month as "1975-03", kept as its first day."""

    default_error_messages: ClassVar = {  # type: ignore[misc]  # marshmallow merges them by class
        "invalid": "请按“1975-03”填写出生年月。",
        "format": "“{input}”不是年月。",
    }

    def __init__(self, *, metadata: dict[str, Any] | None = None, **kwargs: Any) -> None:
        shape = {"format": "month", "pattern": r"^(19|20)[0-9]{2}-(0[1-9]|1[0-2])$"}
        super().__init__("%Y-%m", metadata=shape | (metadata or {}), **kwargs)


class HeldLicenceIn(StrictSchema):
    """A certificate that the person holds."""

    licence = fields.String(
        required=True,
        validate=validate.Length(1, 60),
        metadata={"description": "证照: its key, or what people call it", "example": "健康证"},
    )
    valid_until = Day(
        load_default=None, allow_none=True, metadata={"description": "有效期至: the last valid day"}
    )


class ProfileIn(StrictSchema):
    """求职登记: what matching needs and no more. null and [] mean "not told"."""

    occupations = fields.List(
        fields.String(validate=validate.Length(1, 40)),
        load_default=list,
        validate=validate.Length(max=5),
        metadata={"description": "想干的活, in the person's own words", "example": ["电焊", "普工"]},
    )
    skills = fields.List(
        fields.String(validate=validate.Length(1, 40)),
        load_default=list,
        validate=validate.Length(max=20),
        metadata={"description": "会干的活", "example": ["二保焊", "看图纸"]},
    )
    licences = fields.List(fields.Nested(HeldLicenceIn), load_default=list, validate=validate.Length(max=20))
    region = fields.String(
        load_default=None,
        allow_none=True,
        validate=validate.Length(1, 60),
        metadata={"description": "住在哪: a division's code or what people call it", "example": "前阳"},
    )
    commute_km = Number(
        load_default=None, allow_none=True, validate=validate.Range(0, 500), metadata={"description": "公里"}
    )
    will_board = Boolean(load_default=None, allow_none=True, metadata={"description": "愿意住宿舍"})
    pay_expected = Integer(
        load_default=None,
        allow_none=True,
        validate=validate.Range(0, 1_000_000),
        metadata={"description": "期望月薪，元"},
    )
    shifts = fields.List(
        fields.Enum(Shift, by_value=True), load_default=list, validate=validate.Length(max=5)
    )
    employment_types = fields.List(
        fields.Enum(EmploymentType, by_value=True), load_default=list, validate=validate.Length(max=4)
    )
    available_from = Day(load_default=None, allow_none=True)
    birth_month = Month(
        load_default=None,
        allow_none=True,
        metadata={"description": "出生年月: only to keep the law's ages of 16 and 18", "example": "1968-05"},
    )
    experience_years = Number(load_default=None, allow_none=True, validate=validate.Range(0, 70))
    education = Integer(
        load_default=None,
        allow_none=True,
        validate=validate.Range(0, 6),
        metadata={"description": "学历: 0 none, 1 小学, 2 初中, 3 高中/中专, 4 大专, 5 本科, 6 研究生"},
    )
    blocked_employers = fields.List(
        fields.String(validate=IDENTIFIER),
        load_default=list,
        validate=validate.Length(max=200),
    )

    @post_load
    def _as_pairs(self, data: dict[str, Any], **_: Any) -> dict[str, Any]:
        pairs = [(held["licence"], held["valid_until"]) for held in data["licences"]]
        return data | {"licences": pairs}


class ConsentsIn(StrictSchema):
    """同意: each apart from the others, each as easily taken back."""

    shares_with_employers = Boolean(
        load_default=False, metadata={"description": "向用人单位提供姓名和电话（个人信息保护法 23）"}
    )
    subscribed = Boolean(
        load_default=False, metadata={"description": "公众号推送匹配岗位（个人信息保护法 24）"}
    )


class PersonIn(StrictSchema):
    """How the person is reached."""

    name = fields.String(
        required=True, validate=[validate.Length(1, 40), NOT_BLANK], metadata={"example": "王秀兰"}
    )
    phone = Mobile(required=True, metadata={"example": "13800001234"})


class SeekerIn(PersonIn):
    """A registration: the person, what they look for, and what they agreed to."""

    profile = fields.Nested(ProfileIn, required=True)
    consents = fields.Nested(ConsentsIn, load_default=lambda: ConsentsIn().load({}))
    consent_version = fields.String(
        required=True,
        validate=validate.Length(1, 20),
        metadata={"description": "告知书版本: the notice that the person agreed to", "example": "2026-01"},
    )
    registered_by = fields.String(
        load_default=None,
        allow_none=True,
        validate=validate.Length(1, 64),
        metadata={"description": "代为登记: who registered for the person"},
    )


class SeekerChangeIn(PersonIn):
    """How the person is reached now, and whether the search goes on."""

    state = fields.Enum(SeekerState, by_value=True, required=True)


class PhoneIn(StrictSchema):
    """Whom to find, and why (操作留痕)."""

    phone = Mobile(required=True, metadata={"example": "13800001234"})
    reason = fields.String(required=True, validate=validate.Length(2, 200), metadata={"example": "来电咨询"})


class ReasonArgs(StrictSchema):
    """Why a person's data is looked up."""

    reason = fields.String(load_default="", validate=validate.Length(max=200))
    reveal = fields.Boolean(
        load_default=False,
        metadata={"description": "Show name and phone unmasked; needs a reason."},
    )


class EraseArgs(StrictSchema):
    """Why the person is erased."""

    reason = fields.String(required=True, validate=validate.Length(2, 200))


class SeekersArgs(PageArgs):
    """Which seekers to list."""

    state = fields.Enum(SeekerState, by_value=True)
    region = fields.String(validate=Pattern(r"^\d{2,9}$"))


class HeldLicenceOut(Schema):
    """A certificate that the person holds."""

    key = fields.String(required=True)
    valid_until = fields.String(required=True, allow_none=True)


class ProfileOut(Schema):
    """求职登记, with every word as it was understood."""

    occupations = fields.List(fields.Nested(TermOut), attribute="occupation_terms", required=True)
    skills = fields.List(fields.Nested(TermOut), attribute="skill_terms", required=True)
    licences = fields.List(fields.Nested(HeldLicenceOut), required=True)
    region = fields.String(allow_none=True, required=True)
    commute_km = fields.Float(allow_none=True, required=True)
    will_board = fields.Boolean(allow_none=True, required=True)
    pay_expected = fields.Integer(allow_none=True, required=True)
    shifts = fields.List(fields.String(), required=True)
    employment_types = fields.List(fields.String(), required=True)
    available_from = fields.Date(allow_none=True, required=True)
    birth_month = Month(allow_none=True, required=True)
    experience_years = fields.Float(allow_none=True, required=True)
    education = fields.Integer(allow_none=True, required=True)
    blocked_employers = fields.List(fields.String(), required=True)
    revision = fields.Integer(required=True)
    matched_revision = fields.Integer(
        required=True, metadata={"description": "The revision that the stored matches reflect."}
    )
    updated_at = fields.DateTime(required=True)


class SeekerOut(Schema):
    """求职者. Name and phone are masked unless they were asked for with a reason."""

    id = fields.String(required=True)
    name = fields.String(required=True, metadata={"example": "王*"})
    phone = fields.String(required=True, metadata={"example": "138****1234"})
    state = fields.Enum(SeekerState, by_value=True, required=True)
    consent_version = fields.String(required=True)
    consented_at = fields.DateTime(required=True)
    shares_with_employers_at = fields.DateTime(allow_none=True, required=True)
    subscribed_at = fields.DateTime(allow_none=True, required=True)
    subscriber_id = fields.String(allow_none=True, required=True)
    registered_by = fields.String(allow_none=True, required=True)
    revision = fields.Integer(required=True)
    created_at = fields.DateTime(required=True)
    updated_at = fields.DateTime(required=True)
    profile = fields.Nested(ProfileOut, required=True)


class SeekersPageOut(Schema):
    """A page of seekers."""

    items = fields.List(fields.Nested(SeekerOut), required=True)
    next = fields.String(required=True, allow_none=True)
