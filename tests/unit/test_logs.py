"""Logs: JSON lines in which no person can be found."""

import json
import logging
from collections.abc import Iterator

import pytest
import structlog

from service.logs import configure_logging
from tests.written_logs import Lines, written_logs


@pytest.fixture
def lines(monkeypatch: pytest.MonkeyPatch) -> Iterator[Lines]:
    """What the service has written so far."""
    with written_logs(monkeypatch) as read:
        yield read


def test_our_lines_and_those_of_libraries_look_the_same(lines: Lines):
    structlog.get_logger("worker").info("started", count=3)
    logging.getLogger("alembic").warning("moved %s", "on")
    ours, theirs = lines()
    assert (ours["event"], ours["level"], ours["logger"], ours["count"]) == ("started", "info", "worker", 3)
    assert (theirs["event"], theirs["level"], theirs["logger"]) == ("moved on", "warning", "alembic")
    assert ours["timestamp"].endswith("Z")


def test_configuring_again_does_not_write_lines_twice(lines: Lines):
    configure_logging("INFO")
    logging.getLogger("any").info("once")
    assert [line["event"] for line in lines()] == ["once"]


def test_what_is_below_the_level_is_not_written(lines: Lines):
    configure_logging("WARNING")
    logging.getLogger("any").info("small talk")
    structlog.get_logger("other").info("small talk")
    assert lines() == []


@pytest.mark.parametrize(
    "private",
    [
        pytest.param("13812345678", id="mobile"),
        pytest.param("21068119750301123X", id="identity-number"),
        pytest.param("abcdefghijkl." + "s" * 43, id="key"),
    ],
)
def test_what_looks_private_never_leaves_the_process(lines: Lines, private: str):
    structlog.get_logger("any").info(f"asked by {private}", of=f"({private})")
    logging.getLogger("any").warning("asked by %s", private)
    assert private not in json.dumps(lines())
    assert [line["event"] for line in lines()] == ["asked by […]"] * 2


@pytest.mark.parametrize("harmless", ["2026030112345", "210681104", "01ktestrevision.7"])
def test_numbers_that_stand_for_nobody_stay(lines: Lines, harmless: str):
    logging.getLogger("any").info("row %s", harmless)
    assert lines()[0]["event"] == f"row {harmless}"


def _fail() -> None:
    try:
        int("王秀兰")
    except ValueError as error:
        raise KeyError("13812345678") from error


@pytest.mark.parametrize("way", ["structlog", "logging", "given"])
def test_an_exception_is_told_by_kind_and_place_and_never_by_message(lines: Lines, way: str):
    try:
        _fail()
    except KeyError as error:
        if way == "structlog":
            structlog.get_logger("any").exception("a step failed")
        elif way == "logging":
            logging.getLogger("any").exception("a step failed")
        else:
            structlog.get_logger("any").error("a step failed", exc_info=error)
    (line,) = lines()
    assert line["exception"].endswith("builtins.KeyError")
    assert "builtins.ValueError" in line["exception"]
    assert "in _fail" in line["exception"]
    # The line of source that failed is shown, and holds the name that this test wrote there.
    shown = line["exception"].replace('int("王秀兰")', "").replace('KeyError("13812345678")', "")
    assert "王秀兰" not in shown
    assert "1381234" not in shown


def test_an_exception_that_hides_its_context_hides_it_here_too(lines: Lines):
    try:
        try:
            int("x")
        except ValueError:
            raise KeyError from None
    except KeyError:
        logging.getLogger("any").exception("a step failed")
    assert "ValueError" not in lines()[0]["exception"]


def test_a_line_without_an_exception_says_so_by_having_none(lines: Lines):
    structlog.get_logger("any").error("nothing was raised", exc_info=True)
    assert "exception" not in lines()[0]


def test_the_server_tells_why_it_does_not_start(lines: Lines):
    try:
        int("the port")
    except ValueError:
        logging.getLogger("gunicorn.error").exception("Exception in worker process")
    assert "with base 10: 'the port'" in lines()[0]["exception"]


@pytest.mark.parametrize(
    ("said", "written"),
    [
        ("Invalid request from ip=203.0.113.7: bad line", "Invalid request from ip=[…] bad line"),
        ("Error handling request /v1/regions?q=王秀兰", "Error handling request /v1/regions[…]"),
        ("Listening at: http://127.0.0.1:8000 (77)", "Listening at: http://127.0.0.1:8000 (77)"),
    ],
)
def test_the_servers_own_lines_name_no_caller(lines: Lines, said: str, written: str):
    logging.getLogger("gunicorn.error").info(said)
    assert lines()[0]["event"] == written
