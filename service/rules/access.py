"""Who acts, and what each role reaches."""

from dataclasses import dataclass
from enum import StrEnum


class Role(StrEnum):
    """What a key or a staff member may do. `PUBLIC` needs no key."""

    PUBLIC = "public"
    ADMINISTRATOR = "administrator"  # 管理员: staff, keys, audit, and all that the bureau may
    BUREAU = "bureau"  # 人社局工作人员或系统
    EMPLOYER = "employer"  # 用人单位: bound to its own postings
    OPERATOR = "operator"  # 公众号运营方: pulls the feeds


@dataclass(frozen=True, slots=True)
class Actor:
    """Who does something: a staff member, a key or the service itself.

    `employer_id` is set for role EMPLOYER alone and bounds everything it may see. Who
    `must_change_password` signed in with a one-time password and may do nothing else first.
    """

    kind: str  # "staff", "key", "system"
    id: str
    role: Role
    employer_id: str | None = None
    must_change_password: bool = False

    @property
    def is_bureau(self) -> bool:
        """Whether the actor works for the bureau."""
        return self.role in (Role.ADMINISTRATOR, Role.BUREAU)


SYSTEM = Actor("system", "service", Role.ADMINISTRATOR)


def may(role: Role, allowed: frozenset[Role]) -> bool:
    """Whether `role` passes a door that names `allowed`; an administrator passes where the bureau does."""
    if Role.PUBLIC in allowed or role in allowed:
        return True
    return role is Role.ADMINISTRATOR and Role.BUREAU in allowed
