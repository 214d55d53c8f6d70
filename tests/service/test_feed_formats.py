"""The formats of feed readers: read by feedparser, stable to the byte, whatever a title holds."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any
from xml.etree import ElementTree as ET

import feedparser
import orjson
import pytest
import sqlalchemy as sa
from flask.testing import FlaskClient

from service.db import Database
from service.models import EmployerRow, FeedItemRow, PostingRow
from service.operations import posting_states, postings
from tests.builders import CLERK, make_open_posting, make_posting_content

FORMATS = ("json", "atom", "rss")
XML = ("atom", "rss")
AT = "{http://purl.org/atompub/tombstones/1.0}"
ATOM = "{http://www.w3.org/2005/Atom}"
TITLE = "电焊工<b>&amp; ]]> \"双休\" 'x'"


@pytest.fixture
def now() -> datetime:
    return datetime.now(UTC).replace(microsecond=0)


@pytest.fixture
def publish(database: Database, employer: EmployerRow, now: datetime) -> Callable[..., str]:
    def one(**changes: Any) -> str:
        with database.transaction() as session:
            valid_until = now + timedelta(days=9)
            return make_open_posting(session, employer, now=now, valid_until=valid_until, **changes).id

    return one


def _parsed(client: FlaskClient, name: str) -> Any:
    answer = client.get(f"/feed/openings.{name}")
    assert answer.status_code == 200
    parsed = feedparser.parse(answer.data, response_headers={"content-type": answer.content_type})
    assert not parsed.bozo, parsed.bozo_exception
    return parsed


def _json_items(client: FlaskClient) -> list[dict[str, Any]]:
    items: list[dict[str, Any]] = client.get("/feed/openings.json").get_json(force=True)["items"]
    return items


@pytest.mark.parametrize(
    ("name", "version", "content_type"),
    [
        ("atom", "atom10", "application/atom+xml; charset=utf-8"),
        ("rss", "rss20", "application/rss+xml; charset=utf-8"),
    ],
)
def test_feedparser_reads_every_open_posting_newest_first(
    client: FlaskClient, publish: Callable[..., str], name: str, version: str, content_type: str
) -> None:
    publish(title="缝纫工")
    publish(title="电焊工", description="焊接钢结构件，两年以上经验。\n月休四天。")
    parsed = _parsed(client, name)
    assert parsed.version == version
    assert client.get(f"/feed/openings.{name}").content_type == content_type
    assert [entry.title.split(" · ")[0] for entry in parsed.entries] == ["电焊工", "缝纫工"]
    assert "月休四天" in str(parsed.entries[0])
    assert all(entry.link.startswith("http://127.0.0.1:8000/postings/") for entry in parsed.entries)


def test_the_json_feed_says_the_same_with_the_whole_posting_beside_it(
    client: FlaskClient, publish: Callable[..., str]
) -> None:
    posting_id = publish()
    answer = client.get("/feed/openings.json")
    assert answer.content_type == "application/feed+json"
    feed = answer.get_json(force=True)
    assert feed["version"] == "https://jsonfeed.org/version/1.1"
    assert feed["feed_url"] == "http://127.0.0.1:8000/feed/openings.json"
    (item,) = feed["items"]
    snapshot = client.get("/v1/feed/openings/snapshot").get_json()["items"]
    assert item["_chunfeng"]["posting"] == snapshot[0]["content"]
    assert item["url"].endswith(posting_id)
    assert datetime.fromisoformat(item["date_modified"]).tzinfo is not None


def test_an_item_has_one_id_in_every_format_and_keeps_it(
    client: FlaskClient, database: Database, publish: Callable[..., str], now: datetime
) -> None:
    posting_id = publish()

    def ids() -> list[str]:
        return [_json_items(client)[0]["id"], *(_parsed(client, name).entries[0].id for name in XML)]

    before = ids()
    content = make_posting_content(title="氩弧焊工", valid_until=now + timedelta(days=9))
    with database.transaction() as session:
        postings.replace_posting(
            session, posting_id, content, actor=CLERK, now=now + timedelta(minutes=1), reason="更正"
        )
    assert _json_items(client)[0]["title"].startswith("氩弧焊工")
    assert ids() == before
    assert len(set(before)) == 1
    assert before[0].startswith("urn:uuid:")


def test_what_was_taken_down_is_a_tombstone_until_it_comes_back(
    client: FlaskClient, database: Database, publish: Callable[..., str], now: datetime
) -> None:
    gone, back, publish_id = publish(), publish(), publish()
    urns = {item["url"].rpartition("/")[2]: item["id"] for item in _json_items(client)}
    with database.transaction() as session:
        posting_states.withdraw_posting(session, gone, "不再招人", actor=CLERK, now=now)
        posting_states.pause_posting(session, back, actor=CLERK, now=now)
        posting_states.resume_posting(session, back, actor=CLERK, now=now)
    root = ET.fromstring(client.get("/feed/openings.atom").data)
    stones = root.findall(f"{AT}deleted-entry")
    assert [(stone.get("ref"), stone.findtext(f"{AT}comment")) for stone in stones] == [
        (urns[gone], "withdrawn")
    ]
    assert datetime.fromisoformat(str(stones[0].get("when"))) == now
    entries = {entry.findtext(f"{ATOM}id") for entry in root.findall(f"{ATOM}entry")}
    assert entries == {urns[back], urns[publish_id]}
    assert {item["id"] for item in _json_items(client)} == entries
    assert {entry.id for entry in _parsed(client, "rss").entries} == entries


@pytest.mark.parametrize("name", FORMATS)
def test_a_feed_that_did_not_change_is_the_same_to_the_byte_and_not_sent_again(
    client: FlaskClient, publish: Callable[..., str], name: str
) -> None:
    publish()
    first = client.get(f"/feed/openings.{name}")
    assert client.get(f"/feed/openings.{name}").data == first.data
    again = client.get(f"/feed/openings.{name}", headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")
    publish()
    changed = client.get(f"/feed/openings.{name}", headers={"If-None-Match": first.headers["ETag"]})
    assert changed.status_code == 200
    assert changed.headers["ETag"] != first.headers["ETag"]


@pytest.mark.parametrize("name", FORMATS)
def test_an_empty_feed_is_a_feed(client: FlaskClient, name: str) -> None:
    first = client.get(f"/feed/openings.{name}")
    assert first.status_code == 200
    assert first.data == client.get(f"/feed/openings.{name}").data
    if name in XML:
        assert _parsed(client, name).entries == []


@pytest.mark.parametrize("name", XML)
def test_markup_in_a_title_is_text_and_never_markup(
    client: FlaskClient, publish: Callable[..., str], name: str
) -> None:
    publish(title=TITLE, description="<script>alert(1)</script> ]]> & co")
    answer = client.get(f"/feed/openings.{name}")
    root = ET.fromstring(answer.data)
    titles = [element.text or "" for element in root.iter() if element.tag.endswith("title")]
    assert any(title.startswith(TITLE) for title in titles)
    assert b"<script>" not in answer.data
    assert "&lt;script&gt;" in "".join(root.itertext())
    assert "<script" not in str(_parsed(client, name).entries[0].get("content", ""))


def test_html_of_the_json_feed_is_escaped(client: FlaskClient, publish: Callable[..., str]) -> None:
    publish(title=TITLE, description="<script>alert(1)</script>")
    (item,) = _json_items(client)
    assert item["title"].startswith(TITLE)
    assert "&lt;script&gt;" in item["content_html"]
    assert "<script" not in item["content_html"]


CONTROLS = ["\x01", "\x0b", "\x0c", "\x1f", "\ufffe", "\uffff"]


@pytest.mark.parametrize("character", CONTROLS)
def test_a_control_character_is_refused_at_the_border(bureau: FlaskClient, character: str) -> None:
    body = {"title": f"电焊工{character}", "benefits": ["包住", f"包{character}吃"]}
    answer = bureau.post("/v1/postings", json=body)
    assert answer.status_code == 422
    assert set(answer.get_json()["errors"]["json"]) >= {"title", "benefits"}
    answer = bureau.post("/v1/employers", json={"name": f"前阳{character}机械厂"})
    assert answer.status_code == 422


@pytest.mark.parametrize("name", FORMATS)
def test_an_old_row_with_control_characters_does_not_take_the_feed_away(
    client: FlaskClient, database: Database, publish: Callable[..., str], name: str
) -> None:
    publish()
    with database.transaction() as session:
        row = session.scalars(sa.select(FeedItemRow)).one()
        content = orjson.loads(row.content)
        content |= {"title": "电焊" + "".join(CONTROLS) + "工", "benefits": ["节日\x0b礼品"]}
        row.content = orjson.dumps(content).decode()
        session.execute(sa.update(PostingRow).values(title=content["title"]))
    if name == "json":
        assert _json_items(client)[0]["title"].startswith("电焊工")
    else:
        assert _parsed(client, name).entries[0].title.startswith("电焊工")
