"""The image and its composition: pinned bases, no root, nothing inside but what runs."""

import re

from tests.architecture.tree import ROOT

DOCKERFILE = (ROOT / "Dockerfile").read_text(encoding="utf-8")
COMPOSE = (ROOT / "compose.yaml").read_text(encoding="utf-8")
IGNORED = (ROOT / ".dockerignore").read_text(encoding="utf-8").splitlines()


def test_every_base_image_has_a_version():
    bases = re.findall(r"^ARG BASE_IMAGE=(\S+)", DOCKERFILE, re.MULTILINE)
    bases += re.findall(r"^    image: (\S+)", COMPOSE, re.MULTILINE)
    assert len(bases) == 2
    assert [base for base in bases if not re.search(r":\d+[\w.-]*$", base)] == []
    assert set(re.findall(r"^FROM (\S+)", DOCKERFILE, re.MULTILINE)) == {"${BASE_IMAGE}"}


def test_the_service_does_not_run_as_root():
    last_stage = DOCKERFILE.rpartition("\nFROM ")[2]
    users = re.findall(r"^USER (\S+)", last_stage, re.MULTILINE)
    assert users
    assert users[-1].split(":")[0] not in {"0", "root"}
    assert last_stage.index("\nUSER ") < last_stage.index("\nCMD ")


def test_programs_are_started_without_a_shell_that_would_swallow_signals():
    started = re.findall(r"^(?:CMD|ENTRYPOINT|HEALTHCHECK .*CMD) (.)", DOCKERFILE, re.MULTILINE)
    assert started == ["[", "["]


def test_only_what_the_image_copies_is_sent_to_the_build():
    copied = {
        name
        for line in re.findall(r"^COPY (?!--from)(.+) \S+$", DOCKERFILE, re.MULTILINE)
        for name in line.split()
    }
    assert copied
    assert IGNORED[1] == "*"
    assert {line[1:] for line in IGNORED if line.startswith("!")} == copied
    assert [name for name in copied if not (ROOT / name).exists()] == []


def test_the_composition_sets_only_settings_that_exist():
    settings = (ROOT / "service/settings.py").read_text(encoding="utf-8")
    read = {f"CHUNFENG_{name}" for name in re.findall(r'\benv\.\w+\(\s*"([A-Z_]+)"', settings)}
    example = (ROOT / ".env.example").read_text(encoding="utf-8")
    given = set(re.findall(r"\bCHUNFENG_[A-Z_]+", DOCKERFILE + COMPOSE + example))
    assert given
    # This one is compose's own: where the host listens.
    assert given - read == {"CHUNFENG_PUBLISH"}


def test_a_container_gets_longer_to_stop_than_its_requests_get_to_end():
    graceful = int(
        re.findall(r"^graceful_timeout = (\d+)", (ROOT / "gunicorn.conf.py").read_text(), re.MULTILINE)[0]
    )
    grace = [int(seconds) for seconds in re.findall(r"stop_grace_period: (\d+)s", COMPOSE)]
    assert grace
    assert min(grace) > graceful
