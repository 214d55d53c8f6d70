"""A live site on a seeded database, and a browser to open it in."""

import os
import shutil
import sqlite3
import threading
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import pytest
from flask import Flask
from playwright.sync_api import Browser, Page, sync_playwright
from werkzeug.serving import make_server

from service.app import create_app
from service.db import Database
from service.models import use_vault
from service.settings import Settings
from service.vault import Vault
from tests.conftest import SECRET
from tests.pages.county import County, find_county, seed_county
from tests.postgres import PostgresServer

# What a headless Chromium on a server needs, and what keeps it from calling home.
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
# What the browser itself notes of a page that is answered with 404.
_MISSING = "Failed to load resource: the server responded with a status of 404 (NOT FOUND)"
PHONE = (390, 844)
DESK = (1280, 800)


@dataclass(frozen=True, slots=True)
class Site:
    """A running service: where it is, what it serves."""

    address: str
    county: County


@pytest.fixture(scope="session")
def sqlite_template(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small county in a SQLite file to copy from; seeding it anew would take most of a test's time."""
    path = tmp_path_factory.mktemp("county") / "county.sqlite"
    shutil.copyfile(sqlite_template, path)
    _seed(f"sqlite:///{path}")
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return path


@pytest.fixture(scope="session")
def postgres_template(postgres_server: PostgresServer, postgres_template: str) -> str:
    """The small county in a PostgreSQL database to copy from."""
    name = postgres_server.create_database(postgres_template)
    _seed(postgres_server.url(name))
    return name


def _seed(url: str) -> None:
    use_vault(Vault([SECRET]))
    database = Database(url)
    seed_county(database)
    database.dispose()


@pytest.fixture
def county(database: Database) -> County:
    """The small county, in the test's own database."""
    return find_county(database)


@pytest.fixture(scope="module")
def site(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """The small county on a server of its own; what a browser shows does not depend on the engine."""
    folder = tmp_path_factory.mktemp("site")
    shutil.copyfile(sqlite_template, folder / "chunfeng.sqlite")
    with pytest.MonkeyPatch.context() as environment:
        for name in [name for name in os.environ if name.startswith("CHUNFENG_")]:
            environment.delenv(name)
        environment.setenv("CHUNFENG_DATA_DIR", str(folder))
        environment.setenv("CHUNFENG_SECRET_KEY", SECRET)
        app = create_app(Settings.from_env())
    yield from _serve(app, find_county(app.extensions["database"]))
    app.extensions["database"].dispose()


def _serve(app: Flask, county: County) -> Iterator[Site]:
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield Site(f"http://127.0.0.1:{server.server_port}", county)
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


@pytest.fixture(scope="module")
def browser(chromium: str) -> Iterator[Browser]:
    """The machine's own Chromium, without a window."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def visit(browser: Browser, site: Site) -> Iterator[Callable[..., Page]]:
    """Opens pages of the site as a phone or a desk does.

    When the test is over, the console must be empty and no request may have left the host.
    """
    contexts = []
    complaints: list[str] = []
    expected: list[str] = []
    addresses: list[str] = []

    def open_page(
        path: str = "/", size: tuple[int, int] = PHONE, *, script: bool = False, missing: bool = False
    ) -> Page:
        context = browser.new_context(
            viewport={"width": size[0], "height": size[1]},
            locale="zh-CN",
            java_script_enabled=script,
            is_mobile=size == PHONE,
            has_touch=size == PHONE,
        )
        contexts.append(context)
        page = context.new_page()
        page.on("console", lambda message: complaints.append(message.text))
        expected.extend([_MISSING] if missing else [])
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("request", lambda request: addresses.append(request.url))
        page.goto(site.address + path)
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert complaints == expected
    assert [url for url in addresses if not url.startswith((f"{site.address}/", "data:"))] == []
