"""Every blueprint of the API, in the order of its document."""

from flask_smorest import Blueprint

ALL: tuple[Blueprint, ...] = ()
