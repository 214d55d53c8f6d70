"""The API's page in a real browser: under its own policy, without a complaint, and able to ask the API."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.pages.conftest import DESK

pytestmark = pytest.mark.browser


def test_the_api_is_read_and_tried_on_its_page(visit: Callable[..., Page]):
    page = visit("/v1/docs/", DESK, script=True)
    operation = page.locator(".opblock", has_text="/v1/regions")
    operation.click()
    operation.get_by_role("button", name="Try it out").click()
    operation.locator("tr[data-param-name=q] input").fill("前阳")
    operation.get_by_role("button", name="Execute").click()
    expect(operation.locator(".live-responses-table")).to_contain_text("210681104")


def test_whoever_reads_without_scripts_is_led_to_the_document(visit: Callable[..., Page]):
    page = visit("/v1/docs/", DESK, script=False)
    expect(page.get_by_role("link", name="openapi.json")).to_be_visible()
