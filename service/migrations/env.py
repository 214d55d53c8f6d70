"""Alembic's entry: connects as the service does."""

import sqlalchemy as sa
from alembic import context

from service.db import Database
from service.models import Base

# Any number: it only has to be the same in every process that migrates.
_MIGRATION_LOCK = 20_200_204


def run_migrations() -> None:
    """Apply what is missing, in one transaction, one process at a time."""
    url = context.config.get_main_option("sqlalchemy.url") or ""
    database = Database(url)
    with database.engine.begin() as connection:
        if not database.is_sqlite:
            connection.execute(sa.select(sa.func.pg_advisory_xact_lock(_MIGRATION_LOCK)))
        context.configure(
            connection=connection,
            target_metadata=Base.metadata,
            render_as_batch=database.is_sqlite,
            compare_type=True,
            transactional_ddl=True,
        )
        context.run_migrations()
    database.dispose()


run_migrations()
