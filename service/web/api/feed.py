"""GET /v1/feed: what the public account's operator pulls."""

from collections.abc import Iterator
from typing import Any

import orjson
from flask import Response, current_app, request, stream_with_context, url_for

from service.models import Stream
from service.queries.feed import FeedLine, FeedPage, feed_page, items_in_order, stream_head
from service.rules.access import Role
from service.rules.cursor import read_cursor
from service.rules.errors import CursorGone
from service.schemas.feed import FeedArgs, FeedPageOut, SnapshotOut
from service.web.access import access
from service.web.api.bodies import ApiBlueprint
from service.web.api.responses import problems
from service.web.database import reading

blp = ApiBlueprint("feed", __name__, url_prefix="/v1/feed", description="变更流: what changed, in order")


@blp.get("/openings")
@blp.arguments(FeedArgs, location="query")
@blp.response(200, FeedPageOut)
@problems(blp, 410, 422)
@access(Role.PUBLIC)
def openings(args: dict[str, Any]) -> Response:
    """Read what changed among open postings"""
    return _page(Stream.OPENINGS, args)


@blp.get("/openings/snapshot")
@blp.response(200, SnapshotOut)
@access(Role.PUBLIC)
def openings_snapshot() -> Response:
    """Read every open posting, and the cursor to go on from"""
    return _snapshot(Stream.OPENINGS)


@blp.get("/matches")
@blp.arguments(FeedArgs, location="query")
@blp.response(200, FeedPageOut)
@problems(blp, 401, 403, 410, 422)
@access(Role.OPERATOR)
def matches(args: dict[str, Any]) -> Response:
    """Read what changed among the matches of consenting subscribers"""
    return _page(Stream.MATCHES, args)


@blp.get("/matches/snapshot")
@blp.response(200, SnapshotOut)
@problems(blp, 401, 403)
@access(Role.OPERATOR)
def matches_snapshot() -> Response:
    """Read every match of consenting subscribers, and the cursor to go on from"""
    return _snapshot(Stream.MATCHES)


def _page(stream: Stream, args: dict[str, Any]) -> Response:
    after = read_cursor(args["cursor"]) if "cursor" in args else None
    try:
        with reading() as session:
            page = feed_page(session, stream, after=after, limit=args["limit"])
    except CursorGone as gone:
        base = current_app.extensions["settings"].base_url
        gone.extra["snapshot"] = base + url_for(f"feed.{stream.value}_snapshot")
        raise
    response = Response(_page_bytes(page), content_type="application/json")
    start = after.position if after else 0
    # A page is what its lines are; the same lines to the same end are the same bytes.
    response.set_etag(f"{page.cursor}.{start}.{int(page.has_more)}")
    response.cache_control.no_cache = True
    response.make_conditional(request)
    return response


def _page_bytes(page: FeedPage) -> bytes:
    lines = b",".join(_line_bytes(line) for line in page.lines)
    more = b"true" if page.has_more else b"false"
    return b'{"lines":[%b],"cursor":"%b","has_more":%b}' % (lines, str(page.cursor).encode(), more)


def _line_bytes(line: FeedLine) -> bytes:
    """The line around its content, which was serialised when it was published and is not read again."""
    around = orjson.dumps(
        {
            "position": line.position,
            "id": line.item_id,
            "change": line.change.value,
            "reason": line.reason,
            "at": line.at,
        },
        option=orjson.OPT_UTC_Z | orjson.OPT_OMIT_MICROSECONDS,
    )
    content = b"null" if line.content is None else line.content.encode()
    return around[:-1] + b',"content":' + content + b"}"


def _snapshot(stream: Stream) -> Response:
    return Response(stream_with_context(_snapshot_parts(stream)), content_type="application/json")


def _snapshot_parts(stream: Stream) -> Iterator[bytes]:
    """The snapshot in parts.

    The cursor is taken first and all is read as of one moment, so that no line between can be missed.
    """
    with reading(consistent=True) as session:
        cursor = stream_head(session, stream).cursor
        yield b'{"cursor":"%b","items":[' % str(cursor).encode()
        comma = b""
        for item in items_in_order(session, stream):
            yield b'%b{"id":%b,"content":%b}' % (comma, orjson.dumps(item.item_id), item.content.encode())
            comma = b","
        yield b"]}"
