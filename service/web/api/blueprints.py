"""Every blueprint of the API, in the order of its document."""

from flask_smorest import Blueprint

from service.web.api import (
    audit,
    employers,
    feed,
    imports,
    keys,
    lookups,
    matches,
    posting_states,
    postings,
    seekers,
    staff,
    tokens,
)

ALL: tuple[Blueprint, ...] = (
    employers.blp,
    postings.blp,
    posting_states.blp,
    imports.blp,
    seekers.blp,
    matches.blp,
    feed.blp,
    lookups.blp,
    tokens.blp,
    staff.blp,
    keys.blp,
    audit.blp,
)
