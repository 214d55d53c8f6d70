"""flask --app service.cli …: commands for whoever runs the service.

A small application of its own, so that a command works where the service could not start.
"""

from flask import Flask

from service.commands import accounts, copies, rows, upkeep

app = Flask("service.cli", static_folder=None)
for _command in (
    accounts.staff_group,
    accounts.key_group,
    rows.import_sheet,
    rows.make_demo,
    copies.backup,
    copies.restore,
    upkeep.rematch,
    upkeep.prune,
    upkeep.rekey,
):
    app.cli.add_command(_command)
