"""/feed/openings.*: the openings stream in the formats of feed readers."""

from collections.abc import Callable
from datetime import datetime

from flask import Blueprint, Response, current_app, request

from service import feeds
from service.models import Stream
from service.queries.feed import FeedItem, FeedLine, newest_items, newest_removals, stream_head
from service.rules.access import Role
from service.web.access import access
from service.web.database import reading

blp = Blueprint("feeds", __name__, url_prefix="/feed")

_NEWEST = 100  # what a reader shows; a reader that needs all of it pulls /v1/feed/openings


@blp.get("/openings.json")
@access(Role.PUBLIC)
def openings_json() -> Response:
    """JSON Feed 1.1."""
    return _answer("json", "application/feed+json", lambda info, items, _gone: feeds.json_feed(info, items))


@blp.get("/openings.atom")
@access(Role.PUBLIC)
def openings_atom() -> Response:
    """Atom with tombstones."""
    return _answer("atom", "application/atom+xml; charset=utf-8", feeds.atom_feed)


@blp.get("/openings.rss")
@access(Role.PUBLIC)
def openings_rss() -> Response:
    """RSS 2.0."""
    return _answer(
        "rss", "application/rss+xml; charset=utf-8", lambda info, items, _gone: feeds.rss_feed(info, items)
    )


def _answer(
    name: str,
    content_type: str,
    write: Callable[[feeds.FeedInfo, list[FeedItem], list[FeedLine]], bytes],
) -> Response:
    with reading(consistent=True) as session:
        head = stream_head(session, Stream.OPENINGS)
        etag = f"{head.cursor}.{name}"
        if request.if_none_match.contains(etag):
            return _conditional(Response(content_type=content_type), etag, None)
        items = newest_items(session, Stream.OPENINGS, limit=_NEWEST)
        gone = newest_removals(session, Stream.OPENINGS, limit=_NEWEST)
    body = write(_info(name), items, gone)
    return _conditional(Response(body, content_type=content_type), etag, feeds.newest_change(items, gone))


def _conditional(response: Response, etag: str, changed: datetime | None) -> Response:
    response.set_etag(etag)
    if changed is not None:
        response.last_modified = changed
    response.cache_control.public = True
    response.cache_control.max_age = 60
    response.make_conditional(request)
    return response


def _info(name: str) -> feeds.FeedInfo:
    settings = current_app.extensions["settings"]
    base = settings.base_url
    return feeds.FeedInfo(
        title=f"{settings.bureau_name} · 最新岗位",
        description="正在招人的岗位，最新的在前。全部岗位和下架通知请取 /v1/feed/openings。",
        home_url=f"{base}/",
        feed_url=f"{base}/feed/openings.{name}",
        author=settings.bureau_name,
        posting_url=f"{base}/postings/{{}}",
    )
