"""The pages that people open."""

from flask import Flask


def register(app: Flask) -> None:
    """Mount the pages."""
    del app
