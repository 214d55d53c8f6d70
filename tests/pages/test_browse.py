"""找活 as it is answered: what a page says, what it weighs, what it asks of the database."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from html import unescape

import pytest
import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import event

from service.db import Database
from service.models import PostingRow
from service.operations.posting_states import pause_posting, withdraw_posting
from service.rules.errors import LockedOut
from service.rules.lifecycle import PostingState
from tests.builders import CLERK
from tests.pages.county import OTHER_TOWN, TOWN, WELDERS, County

OPEN = WELDERS + 2


def words(client: FlaskClient, path: str, status: int = 200) -> str:
    """What a person reads on a page, without its tags."""
    response = client.get(path)
    assert response.status_code == status
    body = re.sub(r"<head>.*?</head>", "", response.get_data(as_text=True), flags=re.DOTALL)
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", body)))


@contextmanager
def counted(database: Database) -> Iterator[list[str]]:
    """The statements that are sent meanwhile."""
    sent: list[str] = []

    def note(_connection, _cursor, statement, *_rest) -> None:
        sent.append(statement)

    event.listen(sa.Engine, "before_cursor_execute", note)
    try:
        yield sent
    finally:
        event.remove(sa.Engine, "before_cursor_execute", note)


def queries(statements: list[str]) -> list[str]:
    return [statement for statement in statements if statement.lstrip().upper().startswith("SELECT")]


def test_the_newest_stand_first_and_the_rest_is_one_tap_away(client: FlaskClient, county: County):
    first = words(client, "/")
    assert f"2 家单位，{OPEN} 个岗位，还招 {WELDERS * 3 + 32} 人" in first
    assert (
        first.index("水产品加工")
        < first.index("养老护理员")
        < first.index("电焊工（21班）")
        < first.index("电焊工（4班）")
    )
    assert "电焊工（3班）" not in first
    link = re.search(r'href="(/\?before=\w+)"', client.get("/").get_data(as_text=True))
    assert link
    older = words(client, link[1])
    assert "电焊工（3班）" in older
    assert "电焊工（4班）" not in older
    assert "回到最新的" in older
    assert "看更早的岗位" not in older


def test_a_cell_tells_pay_place_offers_and_the_licence(client: FlaskClient, county: County):
    page = words(client, "/")
    assert "计件，约 180–260 元/天" in page
    assert "工资面谈，单位未写明" in page
    assert "东港市前阳机械铸造有限公司 · 前阳镇 还招 3 人 包住 包吃 班车 需焊工证" in page
    assert "需健康证等 2 个证" in page


def test_a_town_shows_its_own_postings(client: FlaskClient, county: County):
    page = words(client, f"/?town={TOWN}")
    assert "前阳镇在招岗位" in page
    assert f"{WELDERS // 2 + 2} 个岗位" in page
    other = words(client, f"/?town={OTHER_TOWN}")
    assert "养老护理员" not in other


def test_what_states_no_town_can_be_chosen_by_itself(client: FlaskClient, database: Database, county: County):
    with database.transaction() as session:
        session.execute(
            sa.update(PostingRow).where(PostingRow.id == county.nurse).values(region="210681", address="")
        )
    page = words(client, "/?town=210681")
    assert "没写明乡镇在招岗位" in page
    assert "养老护理员" in page
    assert "电焊工" not in page
    assert "养老护理员" in words(client, "/")


@pytest.mark.parametrize("town", ["110101", "999999999", "<script>", "210681104 "])
def test_a_wrong_town_shows_everything_and_says_so(client: FlaskClient, county: County, town: str):
    page = words(client, f"/?town={town}")
    assert "没有找到您要看的乡镇" in page
    assert f"{OPEN} 个岗位" in page


@pytest.mark.parametrize("before", ["x", "0" * 26, "'; drop", "01" * 20])
def test_a_wrong_page_starts_from_the_newest_and_says_so(client: FlaskClient, county: County, before: str):
    page = words(client, f"/?before={before}")
    assert "您要看的那一页没有了" in page
    assert "水产品加工" in page


def test_a_page_goes_on_after_a_posting_that_has_closed_since(client: FlaskClient, database, county: County):
    with database.transaction() as session:
        pause_posting(session, county.nurse, actor=CLERK, now=county.now)
    page = words(client, f"/?before={county.nurse}")
    assert "电焊工（21班）" in page
    assert "水产品加工" not in page


def test_an_empty_town_leads_back_to_all(client: FlaskClient, county: County):
    page = words(client, "/?town=210681106")
    assert "十字街镇现在没有在招的岗位" in page
    assert "看全部地方的岗位" in page


def test_a_county_without_postings_says_so(client: FlaskClient, database: Database, county: County):
    with database.transaction() as session:
        session.execute(sa.update(PostingRow).values(state=PostingState.PAUSED))
    page = words(client, "/")
    assert "现在还没有在招的岗位" in page
    assert "看岗位" not in page


def test_what_lies_behind_the_last_posting_leads_back(client: FlaskClient, database, county: County):
    with database.transaction() as session:
        newest = sa.select(PostingRow.id).order_by(PostingRow.published_at.nulls_last()).limit(1)
        oldest = session.scalar(newest)
    page = words(client, f"/?before={oldest}")
    assert "后面没有岗位了" in page
    assert "回到最新的" in page


def test_a_posting_tells_everything(client: FlaskClient, county: County):
    page = words(client, f"/postings/{county.newest}")
    for said in (
        "计件，约 180–260 元/天",
        "还招 30 人",
        "还有 3 天截止",
        "今天发布" if "今天发布" in page else "昨天发布",
        "工作环境偏冷，发棉服。",
        "有班车，到孤山镇、前阳镇" if "到孤山镇" in page else "有班车，到前阳镇、孤山镇",
        "健康证（健康证明（食品从业人员））",
        "网上报名还没有开通",
    ):
        assert said in page


def test_a_posting_without_a_description_has_no_empty_heading(client: FlaskClient, database, county: County):
    with database.transaction() as session:
        session.execute(sa.update(PostingRow).where(PostingRow.id == county.nurse).values(description=" \n "))
    assert "工作内容和条件" not in words(client, f"/postings/{county.nurse}")


def test_a_filled_posting_says_so_and_shows_the_nearest_alternatives(client: FlaskClient, county: County):
    page = words(client, f"/postings/{county.filled}")
    assert "这个岗位招满了。附近还有 3 个类似的" in page
    # The same work in the same town, newest first; what the employer wrote is not shown any more.
    assert page.index("电焊工（20班）") < page.index("电焊工（18班）") < page.index("电焊工（16班）")
    assert "同镇" in page
    assert "月休四天" not in page


def test_without_alternatives_a_gone_posting_still_leads_on(client: FlaskClient, database, county: County):
    with database.transaction() as session:
        others = PostingRow.id != county.nurse
        session.execute(sa.update(PostingRow).where(others).values(region="210681401", occupation_terms=[]))
        withdraw_posting(session, county.nurse, "已撤", actor=CLERK, now=county.now)
    page = words(client, f"/postings/{county.nurse}")
    assert "这个岗位撤下了。附近现在没有类似的" in page
    assert "看前阳镇在招的岗位" in page


def test_alternatives_without_a_place_come_from_everywhere(client: FlaskClient, database, county: County):
    with database.transaction() as session:
        session.execute(sa.update(PostingRow).where(PostingRow.id == county.filled).values(region=None))
    page = words(client, f"/postings/{county.filled}")
    assert "附近还有 3 个类似的" in page
    assert "看全部地方在招的岗位" in page


@pytest.mark.parametrize("which", ["draft", "nobody", "nonsense"])
def test_what_was_never_published_is_not_found(client: FlaskClient, county: County, which: str):
    posting_id = {"draft": county.draft, "nobody": "0" * 26, "nonsense": "x.html"}[which]
    page = words(client, f"/postings/{posting_id}", 404)
    assert "没有找到这个岗位" in page
    assert "还没审" not in page


@pytest.mark.parametrize(
    ("path", "most"), [("/", 3), ("/?before={}", 4), (f"/?town={TOWN}", 3), ("/postings/{}", 1)]
)
def test_a_page_asks_the_database_a_few_times_however_many_it_shows(
    client: FlaskClient, county: County, database: Database, path: str, most: int
):
    with counted(database) as sent:
        client.get(path.format(county.nurse))
    assert len(queries(sent)) == most


def test_a_gone_posting_asks_three_times(client: FlaskClient, county: County, database: Database):
    with counted(database) as sent:
        client.get(f"/postings/{county.filled}")
    assert len(queries(sent)) == 3


def test_a_page_runs_no_script_and_carries_no_style_of_its_own(client: FlaskClient, county: County):
    for path in ("/", f"/postings/{county.newest}", f"/postings/{county.filled}", "/nowhere"):
        response = client.get(path)
        body = response.get_data(as_text=True)
        policy = response.headers["Content-Security-Policy"]
        assert policy.startswith("default-src 'none'; style-src 'self'; img-src 'self'")
        assert "unsafe" not in policy
        assert not re.search(r"<script|<style|\sstyle=|\son\w+=", body)
        assert '<html lang="zh-CN">' in body


def test_a_first_visit_weighs_less_than_sixty_kilobytes(client: FlaskClient, county: County):
    weight = 0
    for part in ("/", "/static/h5.css", "/static/icon.svg"):
        with client.get(part) as response:
            weight += len(response.data)
    assert weight < 60_000


def test_an_unchanged_page_is_not_sent_twice(client: FlaskClient, county: County):
    tag = client.get("/").headers["ETag"]
    again = client.get("/", headers={"If-None-Match": tag})
    assert again.status_code == 304
    assert again.data == b""


def test_an_unknown_address_is_answered_in_plain_words(client: FlaskClient):
    assert "没有这个网页" in words(client, "/nowhere", 404)


def test_a_wrong_method_is_answered_in_plain_words_with_the_right_ones(client: FlaskClient):
    response = client.post("/")
    assert response.status_code == 405
    assert "这个网页不能这样打开" in response.get_data(as_text=True)
    assert "GET" in response.headers["Allow"]


def test_a_fault_is_ours_and_says_so(own_app: Flask):
    @own_app.get("/broken")
    def broken():
        raise RuntimeError("power cut")

    page = words(own_app.test_client(), "/broken", 500)
    assert "是我们这边出了故障，不是您的手机" in page
    assert "power cut" not in page


@pytest.mark.parametrize(("status", "said"), [(429, "点得有点快"), (400, "没有看懂"), (503, "暂时打不开")])
def test_other_refusals_have_their_words(own_app: Flask, status: int, said: str):
    from flask import abort

    own_app.add_url_rule("/refused", view_func=lambda: abort(status))
    assert said in words(own_app.test_client(), "/refused", status)


def test_a_refusal_of_a_rule_is_a_page_too(own_app: Flask):
    def locked():
        raise LockedOut("try later")

    own_app.add_url_rule("/locked", view_func=locked)
    assert "点得有点快" in words(own_app.test_client(), "/locked", 429)


def test_a_path_of_the_api_is_still_answered_with_a_problem(client: FlaskClient):
    response = client.get("/v1/nowhere")
    assert response.content_type == "application/problem+json"
