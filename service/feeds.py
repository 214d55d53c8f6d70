"""The openings stream in the formats of feed readers: JSON Feed 1.1, Atom with tombstones, RSS 2.0.

Each function is byte-stable: the same items give the same bytes, since every date comes from them.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from html import escape
from io import StringIO
from typing import Any

import orjson
from feedgenerator import Atom1Feed, Rss201rev2Feed
from feedgenerator.django.utils.feedgenerator import rfc3339_date
from ulid import ULID

from service.queries.feed import FeedItem, FeedLine
from service.rules.opening_text import facts, headline

TOMBSTONES = "http://purl.org/atompub/tombstones/1.0"  # RFC 6721
# What XML 1.0 has no way to say. Whoever sends it is refused; older rows may hold it.
_NO_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_EPOCH = datetime(2020, 2, 4, tzinfo=UTC)  # the date of a feed without items: 立春 2020


@dataclass(frozen=True, slots=True)
class FeedInfo:
    """What the three formats say of the feed itself; addresses are absolute."""

    title: str
    description: str
    home_url: str
    feed_url: str
    author: str
    posting_url: str  # with {} for the posting's id


class TombstoneAtomFeed(Atom1Feed):
    """Atom with a deleted-entry for each posting that was taken down."""

    def root_attributes(self) -> dict[str, str]:
        """The namespaces."""
        return {**super().root_attributes(), "xmlns:at": TOMBSTONES}

    def write_items(self, handler: Any) -> None:
        """Entries, then tombstones."""
        super().write_items(handler)
        for ref, when, reason in self.feed["tombstones"]:
            handler.startElement("at:deleted-entry", {"ref": ref, "when": rfc3339_date(when)})
            handler.addQuickElement("at:comment", reason)
            handler.endElement("at:deleted-entry")

    def latest_post_date(self) -> datetime:
        """The newest change of an entry or tombstone."""
        updated: datetime = self.feed["updated"]
        return updated


class StableRssFeed(Rss201rev2Feed):
    """RSS whose build date comes from the items."""

    def latest_post_date(self) -> datetime:
        """The newest change of an item."""
        updated: datetime = self.feed["updated"]
        return updated


def urn(posting_id: str) -> str:
    """A posting's permanent id in every format, the same whatever host serves it.

    The 128 bits of our id written as a UUID, since that name space is registered for URNs.
    """
    return ULID.from_str(posting_id.upper()).to_uuid().urn


def newest_change(items: Sequence[FeedItem], removals: Sequence[FeedLine] = ()) -> datetime:
    """When something last changed; a fixed day where nothing ever did."""
    moments = [item.updated_at for item in items] + [line.at for line in removals]
    return max(moments, default=_EPOCH)


def json_feed(info: FeedInfo, items: Sequence[FeedItem]) -> bytes:
    """JSON Feed 1.1. The format knows no removal; readers that need it use /v1/feed/openings."""
    return orjson.dumps(
        {
            "version": "https://jsonfeed.org/version/1.1",
            "title": info.title,
            "description": info.description,
            "home_page_url": info.home_url,
            "feed_url": info.feed_url,
            "language": "zh-CN",
            "authors": [{"name": info.author}],
            "items": [_json_item(info, item) for item in items],
        },
        option=orjson.OPT_INDENT_2,
    )


def atom_feed(info: FeedInfo, items: Sequence[FeedItem], removals: Sequence[FeedLine]) -> bytes:
    """Atom (RFC 4287), newest first, with tombstones (RFC 6721) for what was taken down."""
    feed = TombstoneAtomFeed(
        info.title,
        info.home_url,
        info.description,
        language="zh-CN",
        author_name=info.author,
        feed_url=info.feed_url,
        feed_guid=info.feed_url,
        tombstones=[(urn(line.item_id), line.at, line.reason) for line in removals],
        updated=newest_change(items, removals),
    )
    for item in items:
        content = _opening(item)
        _add(feed, info, item, content, content=_html(content), description=None)
    return _text(feed)


def rss_feed(info: FeedInfo, items: Sequence[FeedItem]) -> bytes:
    """RSS 2.0, newest first. The format knows no removal and no change of an item."""
    feed = StableRssFeed(
        info.title,
        info.home_url,
        info.description,
        language="zh-CN",
        feed_url=info.feed_url,
        updated=newest_change(items),
    )
    for item in items:
        content = _opening(item)
        _add(feed, info, item, content, description=_html(content), unique_id_is_permalink=False)
    return _text(feed)


def _opening(item: FeedItem) -> dict[str, Any]:
    """The item's content, legible in every format: one odd character must not take the feed away."""
    content: dict[str, Any] = _legible(orjson.loads(item.content))
    return content


def _legible(value: Any) -> Any:
    if isinstance(value, str):
        return _NO_XML.sub("", value)
    if isinstance(value, dict):
        return {name: _legible(member) for name, member in value.items()}
    return [_legible(member) for member in value] if isinstance(value, list) else value


def _add(
    feed: Atom1Feed | Rss201rev2Feed,
    info: FeedInfo,
    item: FeedItem,
    opening: Mapping[str, Any],
    **members: Any,
) -> None:
    feed.add_item(
        headline(opening),
        info.posting_url.format(item.item_id),
        pubdate=item.published_at,
        updateddate=item.updated_at,
        unique_id=urn(item.item_id),
        author_name=opening["employer"]["name"],
        categories=[occupation["name"] for occupation in opening["occupations"] if occupation["name"]],
        **members,
    )


def _json_item(info: FeedInfo, item: FeedItem) -> dict[str, Any]:
    content = _opening(item)
    return {
        "id": urn(item.item_id),
        "url": info.posting_url.format(item.item_id),
        "title": headline(content),
        "content_html": _html(content),
        "date_published": rfc3339_date(item.published_at),
        "date_modified": rfc3339_date(item.updated_at),
        "authors": [{"name": content["employer"]["name"]}],
        "tags": [occupation["name"] for occupation in content["occupations"] if occupation["name"]],
        "_chunfeng": {"position": item.position, "posting": content},
    }


def _html(content: Mapping[str, Any]) -> str:
    """The posting as readers show it: a list of facts, then what the employer wrote."""
    rows = "".join(f"<li>{escape(label)}：{escape(words)}</li>" for label, words in facts(content))
    text = "".join(f"<p>{escape(line)}</p>" for line in content["description"].splitlines() if line.strip())
    return f"<ul>{rows}</ul>{text}"


def _text(feed: Atom1Feed | Rss201rev2Feed) -> bytes:
    out = StringIO()
    feed.write(out, "utf-8")
    return out.getvalue().encode()
