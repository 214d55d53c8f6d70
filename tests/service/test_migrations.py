"""Migrations make what the models say, again and again, up and down, on both engines."""

import sqlalchemy as sa
from alembic import command

from service import migrations
from service.db import Database
from service.models import Stream


def _tables(url: str) -> set[str]:
    database = Database(url)
    with database.reading() as session:
        names = set(sa.inspect(session.connection()).get_table_names())
    database.dispose()
    return names


def _heads(url: str) -> dict[str, tuple[int, str]]:
    database = Database(url)
    with database.reading() as session:
        rows = session.execute(sa.text("SELECT stream, position, epoch FROM feed_heads")).all()
    database.dispose()
    return {stream: (position, epoch) for stream, position, epoch in rows}


def test_a_migrated_database_is_what_the_models_say(unmigrated_url: str) -> None:
    migrations.upgrade(unmigrated_url)
    migrations.check(unmigrated_url)


def test_migrating_twice_changes_nothing(unmigrated_url: str) -> None:
    migrations.upgrade(unmigrated_url)
    before = _heads(unmigrated_url)
    migrations.upgrade(unmigrated_url)
    assert _heads(unmigrated_url) == before


def test_all_the_way_down_and_up_again(unmigrated_url: str) -> None:
    migrations.upgrade(unmigrated_url)
    first = _tables(unmigrated_url)
    command.downgrade(migrations._config(unmigrated_url), "base")
    assert _tables(unmigrated_url) == {"alembic_version"}
    migrations.upgrade(unmigrated_url)
    migrations.check(unmigrated_url)
    assert _tables(unmigrated_url) == first


def test_every_stream_has_its_head_from_the_start(unmigrated_url: str) -> None:
    migrations.upgrade(unmigrated_url)
    heads = _heads(unmigrated_url)
    assert set(heads) == {stream.value for stream in Stream}
    assert all(position == 0 for position, _ in heads.values())
    assert all(len(epoch) == 8 and int(epoch, 16) >= 0 for _, epoch in heads.values())


def test_the_newest_revision_is_the_one_that_a_migrated_database_carries(unmigrated_url: str) -> None:
    migrations.upgrade(unmigrated_url)
    database = Database(unmigrated_url)
    with database.reading() as session:
        assert session.scalar(sa.text("SELECT version_num FROM alembic_version")) == (
            migrations.newest_revision()
        )
    database.dispose()


def test_revisions_are_numbered_and_linear() -> None:
    from alembic.script import ScriptDirectory

    script = ScriptDirectory.from_config(migrations._config("sqlite://"))
    revisions = [step.revision for step in script.walk_revisions()][::-1]
    assert revisions == [f"{number:04}" for number in range(1, len(revisions) + 1)]
    assert len(script.get_heads()) == 1
