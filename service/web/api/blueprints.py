"""Every blueprint of the API, in the order of its document."""

from flask_smorest import Blueprint

from service.web.api import audit, feed, matches, seekers

ALL: tuple[Blueprint, ...] = (seekers.blp, matches.blp, feed.blp, audit.blp)
