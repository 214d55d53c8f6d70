"""Every blueprint of the API, in the order of its document."""

from flask_smorest import Blueprint

from service.web.api import (
    employers,
    feed,
    keys,
    lookups,
    posting_states,
    postings,
    staff,
    tokens,
)

ALL: tuple[Blueprint, ...] = (
    employers.blp,
    postings.blp,
    posting_states.blp,
    feed.blp,
    lookups.blp,
    tokens.blp,
    staff.blp,
    keys.blp,
)
