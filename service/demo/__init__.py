"""The demo county: invented employers, postings and seekers, made by the same operations as real ones."""

from service.demo.access import Access, open_access, read_access
from service.demo.making import NotDemo, is_made, make_demo, match_everything
from service.demo.progress import Display

__all__ = [
    "Access",
    "Display",
    "NotDemo",
    "is_made",
    "make_demo",
    "match_everything",
    "open_access",
    "read_access",
]
