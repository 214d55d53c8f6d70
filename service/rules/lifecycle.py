"""Lifecycles as named transitions: where each leads from and to."""

from enum import StrEnum

from service.rules.errors import TransitionNotAllowed


class PostingState(StrEnum):
    DRAFT = "draft"  # 草稿
    IN_REVIEW = "in_review"  # 待审
    SCHEDULED = "scheduled"  # 已审待发：approved, starts later
    OPEN = "open"  # 在招
    PAUSED = "paused"  # 暂停
    FILLED = "filled"  # 招满
    WITHDRAWN = "withdrawn"  # 撤回
    EXPIRED = "expired"  # 过期


class PostingTransition(StrEnum):
    SUBMIT = "submit"
    RETURN = "return"
    APPROVE = "approve"
    SCHEDULE = "schedule"
    START = "start"
    REVISE = "revise"
    PAUSE = "pause"
    RESUME = "resume"
    FILL = "fill"
    REOPEN = "reopen"
    RENEW = "renew"
    WITHDRAW = "withdraw"
    EXPIRE = "expire"
    RESTORE = "restore"


_S, _T = PostingState, PostingTransition

POSTING_TRANSITIONS: dict[PostingTransition, tuple[frozenset[PostingState], PostingState]] = {
    _T.SUBMIT: (frozenset({_S.DRAFT}), _S.IN_REVIEW),
    _T.RETURN: (frozenset({_S.IN_REVIEW}), _S.DRAFT),
    _T.APPROVE: (frozenset({_S.IN_REVIEW}), _S.OPEN),
    _T.SCHEDULE: (frozenset({_S.IN_REVIEW}), _S.SCHEDULED),
    _T.START: (frozenset({_S.SCHEDULED}), _S.OPEN),
    # An employer that changes what the public reads goes through review again.
    _T.REVISE: (frozenset({_S.SCHEDULED, _S.OPEN, _S.PAUSED}), _S.IN_REVIEW),
    _T.PAUSE: (frozenset({_S.OPEN}), _S.PAUSED),
    _T.RESUME: (frozenset({_S.PAUSED}), _S.OPEN),
    _T.FILL: (frozenset({_S.OPEN, _S.PAUSED}), _S.FILLED),
    # A hire that fell through, or more openings, brings a filled posting back.
    _T.REOPEN: (frozenset({_S.FILLED}), _S.OPEN),
    _T.RENEW: (frozenset({_S.EXPIRED}), _S.OPEN),
    _T.WITHDRAW: (
        frozenset({_S.DRAFT, _S.IN_REVIEW, _S.SCHEDULED, _S.OPEN, _S.PAUSED, _S.FILLED, _S.EXPIRED}),
        _S.WITHDRAWN,
    ),
    _T.EXPIRE: (frozenset({_S.SCHEDULED, _S.OPEN, _S.PAUSED}), _S.EXPIRED),
    _T.RESTORE: (frozenset({_S.WITHDRAWN}), _S.DRAFT),
}


class EmployerState(StrEnum):
    UNVERIFIED = "unverified"  # 未核验
    VERIFIED = "verified"  # 已核验
    LAPSED = "lapsed"  # 核验到期：six months have passed (人社厅发〔2025〕60号)
    SUSPENDED = "suspended"  # 停用


class EmployerTransition(StrEnum):
    VERIFY = "verify"
    LAPSE = "lapse"
    SUSPEND = "suspend"


_E = EmployerState

EMPLOYER_TRANSITIONS: dict[EmployerTransition, tuple[frozenset[EmployerState], EmployerState]] = {
    # Verifying a verified employer again is the six-monthly renewal.
    EmployerTransition.VERIFY: (frozenset(_E), _E.VERIFIED),
    EmployerTransition.LAPSE: (frozenset({_E.VERIFIED}), _E.LAPSED),
    EmployerTransition.SUSPEND: (frozenset({_E.UNVERIFIED, _E.VERIFIED, _E.LAPSED}), _E.SUSPENDED),
}


class SeekerState(StrEnum):
    ACTIVE = "active"  # 求职中
    PAUSED = "paused"  # 暂不求职


def next_posting_state(state: PostingState, transition: PostingTransition) -> PostingState:
    """Where `transition` leads from `state`.

    Raises:
        TransitionNotAllowed: it does not start there.
    """
    origins, target = POSTING_TRANSITIONS[transition]
    if state not in origins:
        raise TransitionNotAllowed(f"cannot {transition.value} a posting that is {state.value}")
    return target


def next_employer_state(state: EmployerState, transition: EmployerTransition) -> EmployerState:
    """Where `transition` leads from `state`.

    Raises:
        TransitionNotAllowed: it does not start there.
    """
    origins, target = EMPLOYER_TRANSITIONS[transition]
    if state not in origins:
        raise TransitionNotAllowed(f"cannot {transition.value} an employer that is {state.value}")
    return target
