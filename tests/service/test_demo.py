"""The demo county: what it holds, that it is made once and whole, and who may look at it."""

import io
import json
import stat
from collections import Counter
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from random import Random
from typing import Any

import pytest
import sqlalchemy as sa

from matching import PayUnit
from service.db import Database
from service.demo import Display, NotDemo, making, prepare_demo
from service.demo.employers import TRADES, workplaces
from service.demo.jobs import jobs
from service.demo.phones import SEEKERS, phone
from service.demo.places import towns
from service.demo.postings import offers
from service.demo.seekers import days_of_applicants
from service.models import (
    EmployerRow,
    FeedItemRow,
    MatchRow,
    PayStated,
    PostingRow,
    ProfileRow,
    SeekerRow,
    Stream,
    use_vault,
)
from service.operations.staff import sign_in
from service.queries.keys import actor_of_key
from service.queries.work import backlog
from service.rules.access import Role
from service.rules.calendar import local_day
from service.rules.credit_code import check_credit_code
from service.rules.lifecycle import EmployerState, PostingState
from service.rules.persons import check_mobile
from service.rules.wording import Level, check_wording
from service.vault import Vault
from tests.builders import make_employer

TODAY = datetime.now(UTC)
VAULT = Vault(["a secret of the tests"])
SCALE = 0.015


class Terminal(io.StringIO):
    """Remembers what it is shown, as a terminal would."""

    def isatty(self) -> bool:
        return True


def prepare(database: Database, folder: Path, *, scale: float = SCALE, display: Display | None = None) -> str:
    shown = io.StringIO()
    use_vault(VAULT)
    prepare_demo(
        database,
        VAULT.blind_indexes,
        data_dir=folder,
        base_url="http://127.0.0.1:8000",
        display=display or Display(shown),
        scale=scale,
    )
    return shown.getvalue()


def access(folder: Path) -> dict[str, Any]:
    told: dict[str, Any] = json.loads((folder / "demo-access.json").read_text(encoding="utf-8"))
    return told


def counted(database: Database) -> list[int | None]:
    with database.reading() as session:
        tables = (EmployerRow, PostingRow, SeekerRow, ProfileRow, MatchRow, FeedItemRow)
        return [session.scalar(sa.select(sa.func.count()).select_from(table)) for table in tables]


def owed(database: Database) -> int:
    with database.reading() as session:
        return backlog(session, now=datetime.now(UTC), today=local_day(datetime.now(UTC))).total


def test_every_state_is_seen_and_everything_is_matched(database: Database, tmp_path: Path):
    prepare(database, tmp_path)
    with database.reading() as session:
        postings = session.scalars(sa.select(PostingRow)).all()
        employers = session.scalars(sa.select(EmployerRow)).all()
        listed = session.scalars(sa.select(FeedItemRow.item_id).where(FeedItemRow.stream == Stream.OPENINGS))
        assert set(listed) == {row.id for row in postings if row.state is PostingState.OPEN}
        assert session.scalar(sa.select(MatchRow.total).limit(1)) is not None
    assert {row.state for row in postings} == set(PostingState)
    assert {row.state for row in employers} == {EmployerState.VERIFIED}
    assert [check_credit_code(row.credit_code or "") for row in employers] == [
        row.credit_code for row in employers
    ]
    assert owed(database) == 0


def test_making_it_again_changes_nothing_and_lets_the_same_keys_in(database: Database, tmp_path: Path):
    prepare(database, tmp_path)
    before, doors = counted(database), access(tmp_path)
    said = prepare(database, tmp_path)
    assert counted(database) == before
    assert access(tmp_path) == doors
    assert "…" not in said.splitlines()[0]


def test_a_demo_killed_while_it_was_made_is_not_there_at_all(
    database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    def die(*arguments: object, **options: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(making, "register_seekers", die)
        with pytest.raises(KeyboardInterrupt):
            prepare(database, tmp_path)
    assert counted(database) == [0] * 6
    assert not (tmp_path / "demo-access.json").exists()
    prepare(database, tmp_path)
    assert owed(database) == 0


def test_a_matching_that_was_cut_short_goes_on(database: Database, tmp_path: Path):
    use_vault(VAULT)
    making.make_demo(database, VAULT.blind_indexes, now=TODAY, display=Display(io.StringIO()), scale=SCALE)
    assert owed(database) > 0
    prepare(database, tmp_path)
    assert owed(database) == 0


def test_the_file_tells_what_opens_the_doors_and_only_its_owner_reads_it(database: Database, tmp_path: Path):
    said = prepare(database, tmp_path)
    told = access(tmp_path)
    assert set(told) == {"base_url", "staff", "keys", "pull"}
    assert stat.S_IMODE((tmp_path / "demo-access.json").stat().st_mode) == 0o600
    assert told["pull"] in said
    with database.transaction() as session:
        for each in told["staff"]:
            entered = sign_in(session, each["username"], each["password"], now=datetime.now(UTC))
            assert entered.key is not None
            assert not entered.must_change_password
            assert each["password"] in said
        for role, key in told["keys"].items():
            actor = actor_of_key(session, key, now=datetime.now(UTC))
            assert actor is not None
            assert actor.role == role
            assert (actor.employer_id is not None) == (role == Role.EMPLOYER)
            assert key in said


@pytest.mark.parametrize("left", [None, '{"staff": [], "keys": {}}'])
def test_a_lost_file_gives_new_keys_and_ends_the_old_ones(
    database: Database, tmp_path: Path, left: str | None
):
    prepare(database, tmp_path)
    old = access(tmp_path)
    (tmp_path / "demo-access.json").unlink()
    if left is not None:
        (tmp_path / "demo-access.json").write_text(left)
    prepare(database, tmp_path)
    new = access(tmp_path)
    with database.transaction() as session:
        assert all(actor_of_key(session, key, now=TODAY) is None for key in old["keys"].values())
        assert all(actor_of_key(session, key, now=TODAY) is not None for key in new["keys"].values())
        first = new["staff"][0]
        assert sign_in(session, first["username"], first["password"], now=datetime.now(UTC)).key


def test_invented_rows_are_not_mixed_with_real_ones(database: Database, tmp_path: Path):
    with database.transaction() as session:
        make_employer(session)
    with pytest.raises(NotDemo):
        prepare(database, tmp_path)
    assert counted(database)[0] == 1


def test_the_same_day_makes_the_same_county(fresh_database_url: Callable[[str], str]):
    made = []
    for _ in range(2):
        use_vault(VAULT)
        database = Database(fresh_database_url("sqlite"))
        making.make_demo(
            database, VAULT.blind_indexes, now=TODAY, display=Display(io.StringIO()), scale=SCALE
        )
        with database.reading() as session:
            postings = session.execute(
                sa.select(PostingRow.title, PostingRow.address, PostingRow.state, PostingRow.openings)
            )
            people = session.execute(sa.select(SeekerRow.name, SeekerRow.phone))
            profiles = session.scalars(sa.select(ProfileRow))
            wishes = [(row.region, [term["text"] for term in row.occupation_terms]) for row in profiles]
            made.append((sorted(map(str, postings)), sorted(map(str, people)), sorted(map(str, wishes))))
        database.dispose()
    assert made[0] == made[1]


def test_the_whole_county_is_as_large_as_it_is_said_to_be():
    chance = Random(making.SEED)
    places = list(workplaces(150, chance))
    fates = [fate for fate, count in making._FATES.items() for _ in range(count)]
    dealt = list(offers(places, fates, TODAY, chance))
    contents = [offer.content for _, offer in dealt]
    opened = [offer for _, offer in dealt if offer.fate is PostingState.OPEN]
    assert len({place.content.credit_code for place in places}) == 150
    assert len({place.content.name for place in places}) == 150
    assert len(dealt) >= 450
    assert 400 <= len(opened) <= 440
    assert sum(offer.content.openings or 0 for offer in opened) >= 2200
    assert {offer.content.region for offer in opened} == {town.code for town in towns()}
    assert len(towns()) == 19
    assert {place.trade for place in places} == set(TRADES)
    assert {content.pay_stated for content in contents} == {PayStated.STATED, PayStated.NEGOTIABLE}
    assert {content.pay_unit for content in contents} >= {None, PayUnit.MONTH, PayUnit.DAY, PayUnit.PIECE}
    assert any(content.shuttle_regions for content in contents)
    special = [content for content in contents if any(key.startswith("SO-") for key in content.licences)]
    assert {content.minimum_age for content in special} == {18}


def test_people_are_as_mixed_as_in_a_county():
    found = list(days_of_applicants(2000, TODAY, Random(1), VAULT.blind_indexes))
    people = [registration for _, day in found for registration in day]
    said = Counter(word for each in people for word in each.profile.occupations)
    subscribed = sum(each.consents.subscribed for each in people) / len(people)
    sharing = sum(each.consents.shares_with_employers for each in people) / len(people)
    ages = [TODAY.year - each.profile.birth_month.year for each in people if each.profile.birth_month]
    assert len(people) == len({each.person.phone for each in people}) == 2000
    assert [at for at, _ in found] == sorted(at for at, _ in found)
    assert 500 < len(said) < 3000
    assert 0.03 < subscribed < 0.2
    assert 0.55 < sharing < 0.65
    assert min(ages) <= 17
    assert sum(45 <= age <= 59 for age in ages) / len(ages) > 0.3
    assert any(until and until < local_day(TODAY) for each in people for _, until in each.profile.licences)


@pytest.mark.parametrize("job", jobs(), ids=lambda job: job.titles[0])
def test_every_kind_of_work_is_told_lawfully(job: Any):
    texts = {f"title{place}": title for place, title in enumerate(job.titles)} | {"description": job.tasks}
    found = check_wording(texts, on=local_day(TODAY))
    assert [finding for finding in found if finding.level is Level.BLOCK] == []
    assert job.said
    assert job.people > 0
    assert job.pay[0] < job.pay[1]


def test_phones_are_mobile_numbers_of_a_network_that_nobody_has():
    assert check_mobile(phone(SEEKERS, 4999)) == "15400204999"


def test_a_terminal_is_shown_bars_and_a_log_plain_lines():
    terminal, log = Terminal(), io.StringIO()
    for stream in (terminal, log):
        with Display(stream).step("岗位 / postings", 3) as advance:
            advance(1)
            advance(2)
    assert "3/3" in terminal.getvalue()
    assert log.getvalue().splitlines()[0] == "岗位 / postings: 3 …"
    assert "done" in log.getvalue().splitlines()[1]


def test_a_demo_on_a_terminal_comes_out_the_same(fresh_database_url: Callable[[str], str], tmp_path: Path):
    database = Database(fresh_database_url("sqlite"))
    prepare(database, tmp_path, scale=0.005, display=Display(Terminal()))
    assert owed(database) == 0
    database.dispose()
