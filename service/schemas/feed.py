"""The feed as readers get it."""

from marshmallow import Schema, fields, validate

from service.models import Change
from service.rules.cursor import PATTERN
from service.schemas.base import Pattern, StrictSchema


class FeedArgs(StrictSchema):
    """Where to read on."""

    cursor = fields.String(
        validate=Pattern(PATTERN, error="Not a cursor of this feed."),
        metadata={"description": "The `cursor` of the page before; without one, from the oldest line."},
    )
    limit = fields.Integer(load_default=100, validate=validate.Range(1, 1000))


class FeedLineOut(Schema):
    """One change of one item. Apply lines in their order; the last one of an item decides."""

    position = fields.Integer(
        required=True,
        metadata={"description": "Rises by one with each line; what was wiped for a person leaves gaps."},
    )
    id = fields.String(required=True, metadata={"description": "The item that changed."})
    change = fields.Enum(Change, by_value=True, required=True)
    reason = fields.String(required=True, metadata={"example": "published"})
    at = fields.DateTime(required=True)
    content = fields.Dict(required=True, allow_none=True, metadata={"description": "null: take it down."})


class FeedPageOut(Schema):
    """A page of a feed."""

    lines = fields.List(fields.Nested(FeedLineOut), required=True)
    cursor = fields.String(required=True, metadata={"description": "Keep it; ask on from it."})
    has_more = fields.Boolean(required=True, metadata={"description": "Ask again at once."})


class SnapshotItemOut(Schema):
    """What an item is now."""

    id = fields.String(required=True)
    content = fields.Dict(required=True)


class SnapshotOut(Schema):
    """Everything that is in a feed, and the cursor from which to read on."""

    cursor = fields.String(required=True)
    items = fields.List(fields.Nested(SnapshotItemOut), required=True)
