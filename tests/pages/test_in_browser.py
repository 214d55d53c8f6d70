"""找活 as a person does it: a real browser, a phone's width and a desk's, without any script of ours."""

import json
import os
import urllib.request
from collections.abc import Callable
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from tests.pages.conftest import DESK, PHONE, Site
from tests.pages.county import TOWN

pytestmark = pytest.mark.browser

NARROW = (320, 640)
PICTURES = Path(__file__).parents[2] / "docs" / "pictures"
Visit = Callable[..., Page]


def paths(site: Site) -> dict[str, str]:
    """Every kind of page there is."""
    return {
        "list": "/",
        "town": f"/?town={TOWN}",
        "wrong-town": "/?town=110101",
        "empty-town": "/?town=210681106",
        "posting": f"/postings/{site.county.newest}",
        "gone": f"/postings/{site.county.filled}",
        "unknown": f"/postings/{'0' * 26}",
        "nowhere": "/nowhere",
    }


KINDS = ["list", "town", "wrong-town", "empty-town", "posting", "gone", "unknown", "nowhere"]
NOT_FOUND = {"unknown", "nowhere"}


def titles(page: Page) -> list[str]:
    return page.locator(".cells strong").all_inner_texts()


def test_a_worker_pages_through_the_list_opens_a_posting_and_comes_back(visit: Visit):
    page = visit("/")
    assert len(titles(page)) == 20
    page.get_by_role("link", name="看更早的岗位").click()
    older = titles(page)
    assert older[-1] == "电焊工（1班）"
    page.get_by_role("link", name="电焊工（2班）").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("电焊工（2班）")
    page.go_back()
    assert titles(page) == older
    page.get_by_role("link", name="回到最新的").click()
    assert titles(page)[0].startswith("水产品加工")


def test_a_worker_picks_a_town(visit: Visit):
    page = visit("/")
    page.get_by_label("在哪干活").select_option(TOWN)
    page.get_by_role("button", name="看岗位").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("前阳镇在招岗位")
    places = page.locator(".cells .second > span:first-child").all_inner_texts()
    assert {place.split(" · ")[1] for place in places} == {"前阳镇"}
    # The choice is still shown, and survives into the posting's way back.
    assert page.get_by_label("在哪干活").input_value() == TOWN


def test_a_link_from_an_old_article_leads_to_something_open(visit: Visit, site: Site):
    page = visit(f"/postings/{site.county.filled}")
    expect(page.get_by_role("status")).to_contain_text("这个岗位招满了。附近还有 3 个类似的")
    page.locator(".cells a").first.click()
    expect(page.get_by_role("heading", level=2, name="工资待遇")).to_be_visible()


def test_everything_can_be_done_with_the_keyboard(visit: Visit):
    page = visit("/", DESK)
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="跳到正文")).to_be_focused()
    expect(page.get_by_role("link", name="跳到正文")).to_be_in_viewport()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    expect(page.get_by_label("在哪干活")).to_be_focused()
    page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="看岗位")).to_be_focused()
    page.keyboard.press("Tab")
    expect(page.locator(".cells a").first).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_contain_text("水产品加工")


@pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])
@pytest.mark.parametrize("kind", KINDS)
def test_no_page_breaks_a_rule_of_accessibility(visit: Visit, site: Site, kind: str, size: tuple[int, int]):
    # The script is the judge's; the pages have none.
    page = visit(paths(site)[kind], size, script=True, missing=kind in NOT_FOUND)
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()


@pytest.mark.parametrize("kind", KINDS)
def test_no_page_scrolls_sideways_on_a_narrow_phone_with_text_of_twice_the_size(
    visit: Visit, site: Site, kind: str
):
    page = visit(paths(site)[kind], NARROW, script=True, missing=kind in NOT_FOUND)
    for percent in ("100%", "200%"):
        page.evaluate("size => { document.documentElement.style.fontSize = size }", percent)
        width, shown = page.evaluate(
            "() => [document.documentElement.scrollWidth, document.documentElement.clientWidth]"
        )
        assert width <= shown, percent


@pytest.mark.parametrize("kind", ["list", "posting", "gone"])
def test_whatever_can_be_tapped_is_large_enough_for_a_thumb(visit: Visit, site: Site, kind: str):
    page = visit(paths(site)[kind], NARROW)
    for target in page.locator("main a, main button, main select, header a").all():
        box = target.bounding_box()
        assert box
        assert box["height"] >= 48


def test_the_pay_stands_at_the_right_and_bold(visit: Visit):
    page = visit("/")
    cell = page.locator(".cells a").nth(1)
    pay, title = cell.locator(".pay").bounding_box(), cell.locator("strong").bounding_box()
    assert pay
    assert title
    assert pay["x"] > title["x"]
    assert pay["x"] + pay["width"] > 390 - 24
    expect(cell.locator(".pay")).to_have_css("font-weight", "700")


def test_pictures_are_taken_and_kept_where_that_is_asked_for(browser: Browser, site: Site, tmp_path: Path):
    """CHUNFENG_WRITE_PICTURES=1 keeps them in docs/pictures; CHUNFENG_SHOWN names another site to show."""
    folder = PICTURES if os.environ.get("CHUNFENG_WRITE_PICTURES") == "1" else tmp_path
    folder.mkdir(parents=True, exist_ok=True)
    address = os.environ.get("CHUNFENG_SHOWN", site.address)
    with urllib.request.urlopen(f"{address}/v1/feed/openings?limit=1000") as answer:
        lines = json.load(answer)["lines"]
    with urllib.request.urlopen(f"{address}/v1/feed/openings/snapshot") as answer:
        most_told = max(json.load(answer)["items"], key=lambda item: len(str(item["content"])))["id"]
    gone = next(line["id"] for line in reversed(lines) if line["reason"] == "filled")
    for name, path, (width, height) in (
        ("list-phone", "/", PHONE),
        ("posting-phone", f"/postings/{most_told}", PHONE),
        ("gone-phone", f"/postings/{gone}", PHONE),
        ("list-desk", "/", DESK),
    ):
        context = browser.new_context(
            viewport={"width": width, "height": height},
            locale="zh-CN",
            java_script_enabled=False,
            device_scale_factor=2 if width == PHONE[0] else 1,
        )
        page = context.new_page()
        page.goto(address + path)
        page.screenshot(path=folder / f"{name}.png")
        context.close()
        assert (folder / f"{name}.png").stat().st_size > 10_000
