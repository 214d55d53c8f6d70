"""岗位 as it comes in and goes out."""

from marshmallow import Schema, fields, validate

from matching import EmploymentType, PayUnit, Shift
from service.models import PayStated
from service.rules.lifecycle import PostingState
from service.schemas.base import IDENTIFIER, REGION_CODE, PageArgs, Pattern, TermOut
from service.schemas.posting_content import PostingContentIn


class PostingIn(PostingContentIn):
    """A posting with whose it is."""

    employer_id = fields.String(
        validate=IDENTIFIER,
        metadata={"description": "用人单位; an employer's own key may leave it out"},
    )


class NewPostingIn(PostingIn):
    """A new posting. The provider's reference finds it again; left out, one is made."""

    reference = fields.String(
        validate=Pattern(r"^[^/\x00-\x1f\x7f]{1,80}$", error="1 to 80 characters without a slash."),
        metadata={"description": "the sender's own name for it", "example": "HR-2026-0312"},
    )


class PostingArgs(PageArgs):
    """Which postings to read."""

    state = fields.Enum(PostingState, by_value=True)
    employer_id = fields.String(validate=IDENTIFIER)
    provider = fields.String(validate=validate.Length(1, 40))
    region = fields.String(
        validate=REGION_CODE, metadata={"description": "a division with all that is in it"}
    )


class ChangeArgs(Schema):
    """What goes with a change."""

    reason = fields.String(
        load_default="",
        validate=validate.Length(max=400),
        metadata={"description": "why words may stay that need a second look"},
    )


class PostingSummaryOut(Schema):
    """A posting in a list: without whom to call."""

    id = fields.String(required=True)
    employer_id = fields.String(required=True)
    provider = fields.String(required=True)
    reference = fields.String(required=True)
    state = fields.Enum(PostingState, by_value=True, required=True)
    revision = fields.Integer(required=True, metadata={"description": "Goes up by one with every change."})
    title = fields.String(required=True)
    description = fields.String()
    occupations = fields.List(fields.Nested(TermOut), attribute="occupation_terms")
    skills_required = fields.List(fields.Nested(TermOut), attribute="skill_required_terms")
    skills_preferred = fields.List(fields.Nested(TermOut), attribute="skill_preferred_terms")
    licences = fields.List(fields.String())
    minimum_age = fields.Integer()
    experience_years = fields.Float(allow_none=True)
    education = fields.Integer(allow_none=True)
    region = fields.String(allow_none=True)
    address = fields.String()
    latitude = fields.Float(allow_none=True)
    longitude = fields.Float(allow_none=True)
    employment_type = fields.Enum(EmploymentType, by_value=True, allow_none=True)
    shift = fields.Enum(Shift, by_value=True, allow_none=True)
    pay_stated = fields.Enum(PayStated, by_value=True)
    pay_minimum = fields.Integer(allow_none=True)
    pay_maximum = fields.Integer(allow_none=True)
    pay_unit = fields.Enum(PayUnit, by_value=True, allow_none=True)
    housing = fields.Boolean(allow_none=True)
    meals = fields.Boolean(allow_none=True)
    shuttle = fields.Boolean(allow_none=True)
    shuttle_regions = fields.List(fields.String())
    insurance = fields.Boolean(allow_none=True)
    benefits = fields.List(fields.String())
    openings = fields.Integer(allow_none=True)
    openings_left = fields.Integer(allow_none=True, metadata={"description": "剩余人数"})
    starts_on = fields.Date(allow_none=True)
    valid_from = fields.AwareDateTime(allow_none=True)
    valid_until = fields.AwareDateTime(allow_none=True)
    published_at = fields.AwareDateTime(allow_none=True)
    source = fields.String()
    source_url = fields.String()
    defaults = fields.List(
        fields.String(), metadata={"description": "Fields that an import filled by its stated default."}
    )
    created_at = fields.AwareDateTime()
    updated_at = fields.AwareDateTime()


class PostingOut(PostingSummaryOut):
    """A posting as its employer and the bureau see it."""

    contact_name = fields.String(allow_none=True)
    contact_phone = fields.String(allow_none=True)


class PostingsPageOut(Schema):
    """A page of postings by id."""

    items = fields.List(fields.Nested(PostingSummaryOut), required=True)
    next = fields.String(required=True, allow_none=True)
