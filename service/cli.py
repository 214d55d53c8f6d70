"""flask --app service.cli …: commands for whoever runs the service.

A small application of its own, so that a command works where the service could not start.
"""

from functools import wraps
from typing import Any

import click
from flask import Flask

from service.commands import accounts, copies, demo, imports, upkeep
from service.commands.opened import opened

app = Flask("service.cli", static_folder=None)


def _with_installation(command: click.Command) -> click.Command:
    """`command`, which finds settings and database where a view would: in the application's extensions."""
    run = command.callback or command.invoke

    @wraps(run)
    def opening(**options: Any) -> None:
        with opened() as installation:
            app.extensions["settings"] = installation.settings
            app.extensions["database"] = installation.database
            run(**options)

    return click.Command(command.name, callback=opening, params=command.params, help=command.help)


for _command in (
    accounts.staff_group,
    accounts.key_group,
    _with_installation(imports.import_postings_command),
    demo.make_demo,
    copies.backup,
    copies.restore,
    upkeep.rematch,
    upkeep.prune,
    upkeep.rekey,
):
    app.cli.add_command(_command)
