"""What the repository may hold: our own files, links that lead somewhere, locks with hashes."""

import re

import pytest

from tests.architecture import conventions
from tests.architecture.tree import ROOT, Source, all_paths, name_of, python, texts

# Joined here, so that this file is not the first to break its own rule.
_PLACES = ["../" + "shared", "/work" + "/", "/root" + "/", "pypi" + ".org", "/opt" + "/wheels"]
_OF_ONE_MACHINE = re.compile("|".join(re.escape(place) for place in _PLACES))

_SETTING = re.compile(r'\benv\.\w+\(\s*"([A-Z_]+)"')
_DOCUMENTED = re.compile(r"\bCHUNFENG_([A-Z_]+)\b")
_LINK = re.compile(r"\]\(([^)#?\s]+)[^)]*\)")


def test_no_file_is_somebody_elses():
    assert [name for path in all_paths() if conventions.is_foreign_file(name := name_of(path))] == []


@pytest.mark.parametrize(
    "name",
    [
        "service/web/static/htmx.min.js",
        "service/web/static/bootstrap.css",
        "docs/vendor/x.js",
        "docs/noto.woff2",
    ],
)
def test_somebody_elses_file_is_noticed(name: str):
    assert conventions.is_foreign_file(name)


def test_no_script_or_style_carries_somebody_elses_banner():
    own = [source for source in texts() if source.name.endswith((".js", ".css", ".svg"))]
    assert [place for source in own for place in conventions.legal_banners(source)] == []
    assert conventions.legal_banners(Source("a.js", "/*! htmx v2 */")) == ["a.js:1"]


def test_no_page_fetches_from_elsewhere():
    shown = [source for source in texts() if source.name.endswith((".html", ".css", ".js", ".xml"))]
    assert [place for source in shown for place in conventions.foreign_addresses(source)] == []
    assert conventions.foreign_addresses(Source("a.html", '<script src="https://cdn.example/x.js">')) == [
        "a.html:1"
    ]
    assert conventions.foreign_addresses(Source("a.css", "@import '//fonts.example/x.css'")) == ["a.css:1"]


def test_no_file_knows_the_machine_it_was_written_on():
    read = [source for source in texts() if source.name != ".ci/run"]
    assert [place for source in read for place in conventions.matches(source, _OF_ONE_MACHINE)] == []
    assert _OF_ONE_MACHINE.search("open('/work" + "/main/x')")


def test_every_setting_is_documented_and_nothing_else():
    (settings,) = python("service/settings.py")
    read = set(_SETTING.findall(settings.text))
    documented = set(_DOCUMENTED.findall((ROOT / "docs/operations.md").read_text(encoding="utf-8")))
    assert read
    assert documented == read


def test_every_relative_link_of_a_document_leads_to_a_file():
    documents = [source for source in texts() if source.name.endswith(".md")]
    assert documents
    broken = [
        f"{source.name} -> {target}"
        for source in documents
        for target in _LINK.findall(source.text)
        if "://" not in target
        and not target.startswith("mailto:")
        and not (ROOT / source.name).parent.joinpath(target).exists()
    ]
    assert broken == []
    assert _LINK.findall("[map](docs/map.md#top)") == ["docs/map.md"]


@pytest.mark.parametrize("name", ["requirements.in", "requirements-dev.in"])
def test_every_direct_dependency_has_its_reason(name: str):
    lines = (ROOT / name).read_text(encoding="utf-8").splitlines()
    wanted = [line for line in lines if line and not line.startswith(("#", "-r "))]
    assert wanted
    assert [line for line in wanted if not re.fullmatch(r"[\w.-]+(?:\[\w+\])?>=\S+ +# \S.*", line)] == []


def _pinned(lock: str) -> dict[str, int]:
    """Locked packages with the number of their hashes."""
    entries = re.split(r"^(?=\S)", lock.replace("\\\n", " "), flags=re.MULTILINE)
    return {
        f"{found[1].lower()}=={found[2]}": entry.count("--hash=sha256:")
        for entry in entries
        if (found := re.match(r"([\w.-]+)(?:\[\w+\])?==(\S+)", entry))
    }


@pytest.mark.parametrize("name", ["requirements", "requirements-dev"])
def test_every_locked_package_has_hashes_and_no_address(name: str):
    lock = (ROOT / f"{name}.txt").read_text(encoding="utf-8")
    pinned = _pinned(lock)
    assert pinned
    assert [package for package, hashes in pinned.items() if hashes == 0] == []
    assert "://" not in lock


@pytest.mark.parametrize("name", ["requirements", "requirements-dev"])
def test_every_direct_dependency_is_locked(name: str):
    wanted = re.findall(r"^([\w.-]+)", (ROOT / f"{name}.in").read_text(encoding="utf-8"), re.MULTILINE)
    locked = {
        package.split("==")[0] for package in _pinned((ROOT / f"{name}.txt").read_text(encoding="utf-8"))
    }
    assert {package.lower() for package in wanted if not package.startswith("-")} <= locked


def test_what_is_checked_is_what_is_served():
    served = _pinned((ROOT / "requirements.txt").read_text(encoding="utf-8"))
    checked = _pinned((ROOT / "requirements-dev.txt").read_text(encoding="utf-8"))
    assert set(served) - set(checked) == set()
