"""匹配 as it goes out: totals, components, evidence, sentences, and what stands in the way."""

from marshmallow import Schema, fields, validate

from matching import Verdict
from service.schemas.base import Pattern, StrictSchema

# A place in a list: the last total in millionths, and the last other id.
_PLACE = Pattern(r"^[0-9]{1,7}-[0-9a-z]{26}$", error="Not a cursor of this list.")


class MatchesArgs(StrictSchema):
    """Where to read on in a list of matches."""

    after = fields.String(load_default=None, validate=_PLACE)
    limit = fields.Integer(load_default=20, validate=validate.Range(1, 100))


class ComponentOut(Schema):
    """分项: one measured part of the score."""

    name = fields.String(required=True)
    score = fields.Float(required=True, metadata={"description": "In [0, 1]."})
    weight = fields.Float(required=True, metadata={"description": "In [0, 1]."})
    missing = fields.Boolean(required=True, metadata={"description": "A value needed was not stated."})
    evidence = fields.List(fields.List(fields.Raw()), required=True)
    to_staff = fields.String(required=True)
    to_seeker = fields.String(required=True)


class GateOut(Schema):
    """硬性条件: passes, passes once something is obtained, or fails with a named reason."""

    name = fields.String(required=True)
    verdict = fields.Enum(Verdict, by_value=True, required=True)
    reason = fields.String(required=True)
    to_seeker = fields.String(required=True)
    remedy = fields.String(required=True)
    article = fields.String(required=True)


class ChangeOut(Schema):
    """What would turn the no into a yes."""

    obstacle = fields.String(required=True)
    sentence = fields.String(required=True)
    remedy = fields.String(required=True)


class BreakdownOut(Schema):
    """得分构成 of any pair, worked out from the two rows as they are now."""

    posting_id = fields.String(required=True)
    seeker_id = fields.String(required=True)
    policy = fields.String(required=True)
    total = fields.Float(required=True, metadata={"description": "Sum of score x weight, in [0, 1]."})
    matched = fields.Boolean(required=True)
    conditional = fields.Boolean(required=True)
    components = fields.List(fields.Nested(ComponentOut), required=True)
    gates = fields.List(fields.Nested(GateOut), required=True)
    why_not = fields.List(
        fields.Nested(ChangeOut), required=True, metadata={"description": "Empty where they match."}
    )


class MatchOut(Schema):
    """A stored match, explained as the two rows are now."""

    posting_id = fields.String(required=True)
    seeker_id = fields.String(required=True)
    total = fields.Float(required=True)
    conditional = fields.Boolean(required=True)
    policy = fields.String(required=True)
    at = fields.DateTime(required=True, metadata={"description": "When this score was stored."})
    breakdown = fields.Nested(BreakdownOut, required=True)


class SeekerMatchOut(MatchOut):
    """A seeker's match: the posting beside it."""

    posting = fields.Dict(required=True)


class PostingMatchOut(MatchOut):
    """A posting's match: the person masked, and whether the employer may be told of them."""

    name = fields.String(required=True, metadata={"example": "王*"})
    phone = fields.String(required=True, metadata={"example": "138****1234"})
    shares_with_employers = fields.Boolean(required=True)


class SeekerMatchesOut(Schema):
    """A page of a seeker's matches, best first."""

    items = fields.List(fields.Nested(SeekerMatchOut), required=True)
    next = fields.String(required=True, allow_none=True)
    matched_revision = fields.Integer(required=True)
    revision = fields.Integer(
        required=True, metadata={"description": "Above matched_revision: still at work."}
    )


class PostingMatchesOut(Schema):
    """A page of a posting's matches, best first."""

    items = fields.List(fields.Nested(PostingMatchOut), required=True)
    next = fields.String(required=True, allow_none=True)
    matched_revision = fields.Integer(required=True)
    revision = fields.Integer(
        required=True, metadata={"description": "Above matched_revision: still at work."}
    )
