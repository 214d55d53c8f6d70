"""Telephone numbers that ring nowhere."""

# China keeps no block of numbers for fiction. Network number 154 was never given to an operator, so
# that no subscriber has such a number, while it is still a mobile number in form.
_NETWORK = "154"
EMPLOYERS = 1
SEEKERS = 2


def phone(block: int, number: int) -> str:
    """The `number`-th number of a block: eleven digits, the same for the same arguments."""
    return f"{_NETWORK}{block:03d}{number:05d}"
