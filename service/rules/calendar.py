"""Days and times as the county counts them."""

from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

BEIJING = ZoneInfo("Asia/Shanghai")


def local_day(now: datetime) -> date:
    """The calendar day in China at `now` (aware)."""
    return now.astimezone(BEIJING).date()


def start_of_day(day: date) -> datetime:
    """Midnight in China at the start of `day`, in UTC."""
    return datetime.combine(day, time.min, BEIJING).astimezone(UTC)
