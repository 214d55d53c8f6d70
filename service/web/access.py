"""Who is asking: keys in, an `Actor` out; every route declares whom it serves."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from flask import current_app, g, request

from service.queries.keys import actor_of_key
from service.rules.access import Actor, Role, may
from service.rules.errors import Forbidden, NotAuthenticated
from service.web.database import now, reading

_ANONYMOUS = Actor("system", "anonymous", Role.PUBLIC)


def access(
    *roles: Role, with_one_time_password: bool = False
) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Open a view to `roles`; `Role.PUBLIC` opens it to everybody, whatever key they send.

    The declaration stays on the view as `view.access`, where `check_access` and a test read it: a
    route without one does not pass. An administrator passes wherever the bureau does.
    `with_one_time_password` opens the view to staff that have not chosen a password of their own yet.
    """
    allowed = frozenset(roles)

    def declare(view: Callable[..., Any]) -> Callable[..., Any]:
        @wraps(view)
        def guarded(*args: Any, **kwargs: Any) -> Any:
            _check(allowed, with_one_time_password=with_one_time_password)
            return view(*args, **kwargs)

        guarded.access = allowed  # type: ignore[attr-defined]  # read by the architecture test
        guarded.with_one_time_password = with_one_time_password  # type: ignore[attr-defined]  # by check_access
        return guarded

    return declare


def check_access() -> None:
    """Refuse a request at the door, before its query and body are read: they may be refused with reasons.

    Raises:
        NotAuthenticated: it needs a key.
        Forbidden: the key's role does not reach it.
    """
    view = current_app.view_functions.get(request.endpoint or "")
    allowed = getattr(view, "access", None)
    if allowed is not None:
        _check(allowed, with_one_time_password=getattr(view, "with_one_time_password", False))


def _check(allowed: frozenset[Role], *, with_one_time_password: bool) -> None:
    if Role.PUBLIC in allowed:
        return
    actor = current_actor()
    if not may(actor.role, allowed):
        if actor is _ANONYMOUS:
            raise NotAuthenticated("this needs an API key: Authorization: Bearer <key>")
        raise Forbidden(f"a key of role {actor.role.value} does not reach this")
    if actor.must_change_password and not with_one_time_password:
        raise Forbidden("请先修改一次性密码：PUT /v1/staff/me/password")


def current_actor() -> Actor:
    """Who makes this request; anonymous without a key.

    Raises:
        NotAuthenticated: a key was sent and is unknown, revoked or expired.
    """
    if "actor" not in g:
        g.actor = _actor_of(request.headers.get("Authorization", ""))
    found: Actor = g.actor
    return found


def _actor_of(header: str) -> Actor:
    if not header:
        return _ANONYMOUS
    scheme, _, key = header.partition(" ")
    if scheme.lower() != "bearer" or not key:
        raise NotAuthenticated("the Authorization header must read: Bearer <key>")
    with reading() as session:
        actor = actor_of_key(session, key.strip(), now=now())
    if actor is None:
        current_app.logger.info("refused an unknown, revoked or expired key")
        raise NotAuthenticated("this key is unknown, revoked or expired")
    return actor
