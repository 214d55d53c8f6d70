"""Tables only: no behaviour, no lazy loading."""

from service.models.audit import AuditRow
from service.models.base import Base, new_id, use_vault
from service.models.employers import EmployerRow
from service.models.feed import Change, FeedEntryRow, FeedHeadRow, FeedItemRow, Stream
from service.models.imports import ImportRow
from service.models.matches import MatchRow
from service.models.postings import MatchDue, PayStated, PostingRow
from service.models.promises import PromiseRow, PromiseState
from service.models.seekers import ProfileRow, SeekerRow
from service.models.staff import KeyRow, StaffRow

__all__ = [
    "AuditRow",
    "Base",
    "Change",
    "EmployerRow",
    "FeedEntryRow",
    "FeedHeadRow",
    "FeedItemRow",
    "ImportRow",
    "KeyRow",
    "MatchDue",
    "MatchRow",
    "PayStated",
    "PostingRow",
    "ProfileRow",
    "PromiseRow",
    "PromiseState",
    "SeekerRow",
    "StaffRow",
    "Stream",
    "new_id",
    "use_vault",
]
