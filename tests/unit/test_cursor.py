"""Places in a stream: what is one, and from which may be read on."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.rules.cursor import Cursor, check_cursor, read_cursor
from service.rules.errors import CursorGone, Invalid

EPOCH = "0a1b2c3d"


@given(st.from_regex(r"[0-9a-f]{8}", fullmatch=True), st.integers(0, 10**18 - 1))
def test_a_cursor_is_read_as_it_was_written(epoch: str, position: int) -> None:
    cursor = Cursor(epoch, position)
    assert read_cursor(str(cursor)) == cursor


@pytest.mark.parametrize(
    "text",
    [
        "",
        "7",
        "0a1b2c3d",
        "0a1b2c3d-",
        "-7",
        "0a1b2c3d--7",
        "0a1b2c3d-7 ",
        "0a1b2c3d-7\n",
        "0A1B2C3D-7",
        "0a1b2c3-7",
        "0a1b2c3d-７",  # a full-width digit is a digit to Python, and to nobody else
        "0a1b2c3d-" + "9" * 19,  # past what a BIGINT holds
        "0a1b2c3d-1.0",
        "0a1b2c3d-0x1",
        "c1042",
    ],
)
def test_what_was_never_given_out_is_no_cursor(text: str) -> None:
    with pytest.raises(Invalid) as refusal:
        read_cursor(text)
    assert list(refusal.value.errors) == ["cursor"]


@pytest.mark.parametrize("position", [3, 4, 9])
def test_reading_goes_on_from_the_floor_up_to_the_head(position: int) -> None:
    check_cursor(Cursor(EPOCH, position), epoch=EPOCH, floor=3, head=9)


@pytest.mark.parametrize(
    ("cursor", "why"),
    [
        pytest.param(Cursor("ffffffff", 5), "restored", id="of-another-epoch"),
        pytest.param(Cursor(EPOCH, 2), "no longer kept", id="below-the-floor"),
        pytest.param(Cursor(EPOCH, 10), "past the end", id="past-the-head"),
    ],
)
def test_a_cursor_from_which_something_could_be_missed_is_gone(cursor: Cursor, why: str) -> None:
    with pytest.raises(CursorGone, match=why):
        check_cursor(cursor, epoch=EPOCH, floor=3, head=9)
