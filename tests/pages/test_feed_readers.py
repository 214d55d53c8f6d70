"""The readers that docs/feed.md offers for copying do what it says of them."""

import json
import os
import re
import shutil
import subprocess
import sys
import urllib.request
from pathlib import Path

import pytest

from tests.pages.conftest import Site

ROOT = Path(__file__).parents[2]


def program(language: str, folder: Path) -> str:
    """The page's one program in `language`, as a file."""
    page = (ROOT / "docs/feed.md").read_text(encoding="utf-8")
    (found,) = re.findall(rf"^```{language}\n(.*?)^```", page, re.MULTILINE | re.DOTALL)
    path = folder / f"reader.{language}"
    path.write_text(found, encoding="utf-8")
    return str(path)


STAND_IN = """#!{python}
import sys, urllib.error, urllib.request
options = sys.argv[1:]
try:
    with urllib.request.urlopen(options[-1]) as answer:
        status, body = answer.status, answer.read()
except urllib.error.HTTPError as error:
    status, body = error.code, error.read()
with open(options[options.index("-o") + 1], "wb") as file:
    file.write(body)
if "-w" in options:
    print(status, end="")
"""


def with_curl(folder: Path) -> dict[str, str]:
    """The environment; where the machine has no curl, with a stand-in for the options that are used."""
    if shutil.which("curl"):
        return dict(os.environ)
    stand_in = folder / "curl"
    stand_in.write_text(STAND_IN.format(python=sys.executable), encoding="utf-8")
    stand_in.chmod(0o755)
    return {**os.environ, "PATH": f"{folder}:{os.environ['PATH']}"}


def open_now(site: Site) -> set[str]:
    with urllib.request.urlopen(f"{site.address}/v1/feed/openings/snapshot") as answer:
        return {item["id"] for item in json.load(answer)["items"]}


@pytest.mark.parametrize("state", [None, "from-the-start", "of-another-epoch"])
def test_the_reader_in_python_holds_what_is_open(site: Site, tmp_path: Path, state: str | None):
    copy = tmp_path / "postings.json"
    if state is not None:
        with urllib.request.urlopen(f"{site.address}/v1/feed/openings?limit=1") as answer:
            cursor = json.load(answer)["cursor"]
        epoch = cursor.partition("-")[0] if state == "from-the-start" else "00000000"
        copy.write_text(json.dumps({"cursor": f"{epoch}-0", "postings": {}}), encoding="utf-8")
    for _ in range(2):
        command = [sys.executable, program("python", tmp_path), site.address, str(copy)]
        subprocess.run(command, check=True, timeout=60)
        kept = json.loads(copy.read_text(encoding="utf-8"))
        assert set(kept["postings"]) == open_now(site)
        assert kept["postings"]


@pytest.mark.parametrize("cursor", [None, "00000000-7"])
def test_the_reader_in_sh_leaves_pages_or_a_snapshot(site: Site, tmp_path: Path, cursor: str | None):
    folder = tmp_path / "pages"
    folder.mkdir()
    if cursor is not None:
        (folder / "cursor").write_text(cursor)
    for _ in range(2):
        command = ["sh", program("sh", tmp_path), site.address, str(folder)]
        subprocess.run(command, check=True, timeout=60, env=with_curl(tmp_path))
        kept: dict[str, object] = {}
        if (folder / "snapshot.json").exists():
            items = json.loads((folder / "snapshot.json").read_text(encoding="utf-8"))["items"]
            kept = {item["id"]: item["content"] for item in items}
        for page in sorted(folder.glob("page-*")):
            for line in json.loads(page.read_text(encoding="utf-8"))["lines"]:
                kept[line["id"]] = line["content"]
        assert {item for item, content in kept.items() if content is not None} == open_now(site)
        assert (folder / "snapshot.json").exists() == (cursor is not None)
