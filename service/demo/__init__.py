"""The demo county: invented employers, postings and seekers, made by the same operations as real ones."""

from service.demo.making import NotDemo, holds_rows, is_made
from service.demo.preparing import prepare_demo
from service.demo.progress import Display

__all__ = ["Display", "NotDemo", "holds_rows", "is_made", "prepare_demo"]
