"""What the law demands of every published posting (人力资源市场暂行条例 24)."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Elements:
    """The parts of a posting that the public must be told, each None or "" where it is not stated.

    `pay_told` is also True where the posting says 面议: that is looked at by a reviewer, not here.
    """

    description: str
    openings: int | None
    openings_left: int | None
    place: str | None
    pay_told: bool
    valid_until: datetime | None


def missing_elements(elements: Elements, *, now: datetime) -> dict[str, list[str]]:
    """Messages by field for whatever is missing or can no longer be offered at `now`; empty when complete.

    招聘人数, 招聘条件 and 工作内容, 工作地点, 基本劳动报酬 (条例 24), and 有效期限 (人社厅发〔2025〕60号).
    """
    checks = {
        "description": (elements.description.strip() != "", "请写明工作内容和招聘条件。"),
        "openings": (elements.openings is not None, "请写明招聘人数。"),
        "openings_left": (elements.openings_left != 0, "招聘名额已满，请先修改招聘人数。"),
        "region": (bool(elements.place), "请写明工作地点。"),
        "pay_stated": (elements.pay_told, "请写明基本劳动报酬。"),
        "valid_until": (
            elements.valid_until is not None and elements.valid_until > now,
            "请写明有效期限，且不能早于现在。",
        ),
    }
    return {field: [message] for field, (kept, message) in checks.items() if not kept}
