"""What a sender says of a 岗位."""

from typing import Any

from marshmallow import ValidationError, fields, post_load, validate, validates_schema

from matching import EmploymentType, PayUnit, Shift
from service.models import PayStated
from service.schemas.base import NOT_BLANK, Boolean, Day, Integer, Moment, Number, Pattern, PublishedSchema

OPENINGS = validate.Range(1, 9999)
_YUAN = validate.Range(0, 1_000_000)
_PLACE = validate.Length(1, 60)


def _words(most: int, longest: int, **metadata: Any) -> fields.List:
    word = fields.String(validate=[validate.Length(1, longest), NOT_BLANK])
    return fields.List(word, load_default=list, validate=validate.Length(max=most), metadata=metadata)


def _stated(description: str) -> Boolean:
    return Boolean(load_default=None, allow_none=True, metadata={"description": description})


class PostingContentIn(PublishedSchema):
    """A posting's content. null and [] mean "not stated"."""

    title = fields.String(
        required=True,
        validate=[validate.Length(1, 80), NOT_BLANK],
        metadata={"description": "岗位名称", "example": "电焊工"},
    )
    description = fields.String(
        load_default="",
        validate=validate.Length(max=5000),
        metadata={"description": "工作内容与招聘条件; numbers to call are lifted into contact_phone"},
    )
    occupation_codes = _words(
        5,
        12,
        description="工种 codes of 职业分类大典; left out, the title is understood",
        example=["6-18-02-04"],
    )
    skills_required = _words(20, 40, description="必备技能, in plain words", example=["二保焊"])
    skills_preferred = _words(20, 40, description="加分技能, in plain words")
    licences = _words(10, 60, description="证照: keys, or what people call them", example=["焊工证"])
    minimum_age = Integer(
        load_default=16,
        validate=validate.Range(16, 60),
        metadata={"description": "最低年龄; nobody under 16 may be introduced to work"},
    )
    experience_years = Number(
        load_default=None,
        allow_none=True,
        validate=validate.Range(0, 50),
        metadata={"description": "经验年限"},
    )
    education = Integer(
        load_default=None,
        allow_none=True,
        validate=validate.Range(0, 6),
        metadata={"description": "学历: 0 不限, 1 小学, 2 初中, 3 高中或中专, 4 大专, 5 本科, 6 研究生"},
    )
    region = fields.String(
        load_default=None,
        allow_none=True,
        validate=[_PLACE, NOT_BLANK],
        metadata={"description": "工作地点的区划: its code, or its name", "example": "前阳镇"},
    )
    address = fields.String(
        load_default="", validate=validate.Length(max=200), metadata={"description": "工作地点"}
    )
    latitude = Number(load_default=None, allow_none=True, validate=validate.Range(-90, 90))
    longitude = Number(load_default=None, allow_none=True, validate=validate.Range(-180, 180))
    employment_type = fields.Enum(
        EmploymentType,
        by_value=True,
        load_default=None,
        allow_none=True,
        metadata={"description": "用工类型"},
    )
    shift = fields.Enum(
        Shift, by_value=True, load_default=None, allow_none=True, metadata={"description": "班次"}
    )
    pay_stated = fields.Enum(
        PayStated,
        by_value=True,
        metadata={"description": "报酬: written, 面议 or not told; left out, it follows from the amounts"},
    )
    pay_minimum = Integer(
        load_default=None, allow_none=True, validate=_YUAN, metadata={"description": "yuan per unit"}
    )
    pay_maximum = Integer(
        load_default=None, allow_none=True, validate=_YUAN, metadata={"description": "yuan per unit"}
    )
    pay_unit = fields.Enum(
        PayUnit,
        by_value=True,
        load_default=None,
        allow_none=True,
        metadata={"description": "计薪单位; for piece the amounts are a day's usual earnings"},
    )
    housing = _stated("包住")
    meals = _stated("包吃")
    shuttle = _stated("班车")
    shuttle_regions = _words(30, 60, description="班车到达的区划: codes or names", example=["前阳镇"])
    insurance = _stated("五险")
    benefits = _words(20, 40, description="其他福利, as written", example=["节日礼品"])
    openings = Integer(
        load_default=None,
        allow_none=True,
        validate=OPENINGS,
        metadata={"description": "招聘人数; null is 人数未定, which cannot be published"},
    )
    starts_on = Day(load_default=None, allow_none=True, metadata={"description": "到岗日期; null is at once"})
    valid_from = Moment(load_default=None, allow_none=True, metadata={"description": "开始发布"})
    valid_until = Moment(load_default=None, allow_none=True, metadata={"description": "有效期至"})
    source = fields.String(
        load_default="",
        validate=validate.Length(max=80),
        metadata={"description": "来源, of what is passed on"},
    )
    source_url = fields.String(
        load_default="",
        validate=[validate.Length(max=400), Pattern(r"^(https?://\S+)?$", error="须以 http 开头。")],
        metadata={"description": "来源网页"},
    )
    contact_name = fields.String(
        load_default=None,
        allow_none=True,
        validate=validate.Length(1, 40),
        metadata={"description": "联系人"},
    )
    contact_phone = fields.String(
        load_default=None,
        allow_none=True,
        validate=Pattern(r"^[0-9+() -]{5,30}$", error="不是电话号码。"),
        metadata={"description": "联系电话; never published", "example": "0415-7123456"},
    )

    @validates_schema
    def _fields_fit_together(self, values: dict[str, Any], **_: Any) -> None:
        errors = {
            "pay_maximum": _pay_order(values),
            "pay_unit": _pay_unit(values),
            "pay_stated": _pay_stated(values),
            "valid_until": _validity(values),
            "longitude": _point(values),
        }
        wrong = {name: [message] for name, message in errors.items() if message}
        if wrong:
            raise ValidationError(wrong)

    @post_load
    def _say_whether_pay_is_stated(self, values: dict[str, Any], **_: Any) -> dict[str, Any]:
        if "pay_stated" not in values:
            values["pay_stated"] = PayStated.UNSTATED if values["pay_unit"] is None else PayStated.STATED
        return values


def _pay_order(values: dict[str, Any]) -> str:
    low, high = values.get("pay_minimum"), values.get("pay_maximum")
    return "最高不能低于最低。" if low is not None and high is not None and low > high else ""


def _has_amount(values: dict[str, Any]) -> bool:
    return values.get("pay_minimum") is not None or values.get("pay_maximum") is not None


def _pay_unit(values: dict[str, Any]) -> str:
    unit = values.get("pay_unit")
    if unit is None:
        needed = _has_amount(values) or values.get("pay_stated") is PayStated.STATED
        return "写了报酬就要写明计薪单位。" if needed else ""
    if unit is not PayUnit.PIECE and not _has_amount(values):
        return "写了计薪单位就要写明金额。"
    return ""


def _pay_stated(values: dict[str, Any]) -> str:
    untold = values.get("pay_stated") in (PayStated.NEGOTIABLE, PayStated.UNSTATED)
    return "写明了报酬，就不是面议或未写明。" if untold and values.get("pay_unit") is not None else ""


def _validity(values: dict[str, Any]) -> str:
    start, end = values.get("valid_from"), values.get("valid_until")
    return "须晚于开始发布的时间。" if start is not None and end is not None and end <= start else ""


def _point(values: dict[str, Any]) -> str:
    one, other = values.get("latitude"), values.get("longitude")
    return "纬度和经度要一起填写。" if (one is None) != (other is None) else ""
