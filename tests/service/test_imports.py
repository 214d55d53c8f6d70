"""Imports on both engines: receipts that add up, identity that lasts, nothing published by itself."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from service.models import AuditRow, EmployerRow, FeedEntryRow, ImportRow, PostingRow
from service.operations.employers import EmployerContent
from service.operations.import_entries import Defaults, Entry, Problem
from service.operations.imports import ImportSource, import_postings
from service.operations.posting_states import approve_posting, submit_posting, withdraw_posting
from service.operations.postings import replace_posting
from service.rules.access import Actor, Role
from service.rules.credit_code import make_credit_code
from service.rules.errors import Forbidden
from service.rules.lifecycle import EmployerState, PostingState
from tests.builders import CLERK, NOW, make_employer, make_open_posting, make_posting_content
from tests.sheets import TITLES

FACTORY = "东港市前阳铸造厂"
LATER = NOW + timedelta(hours=1)


def make_entry(row: int = 2, *, name: str = FACTORY, code: str | None = None, **changes: Any) -> Entry:
    """A row; what is left out is as in `make_posting_content`, without openings and validity."""
    entry: dict[str, Any] = {key: changes.pop(key) for key in list(changes) if key in Entry.__slots__}
    unsaid: dict[str, Any] = {"openings": None, "valid_until": None}
    content = make_posting_content(**unsaid | changes)
    told: dict[str, Any] = {"employer": EmployerContent(name=name, credit_code=code), "posting": content}
    return Entry(**{"row": row} | told | entry)


def run(database, *entries: Entry, now=NOW, actor: Actor = CLERK, provider: str | None = "58") -> ImportRow:
    with database.transaction() as session:
        return import_postings(
            session, entries, ImportSource(provider), defaults=Defaults(1, 30), actor=actor, now=now
        )


def rows_of(database, table) -> list:
    with database.reading() as session:
        return list(session.scalars(sa.select(table).order_by(table.id)))


def outcomes(imported: ImportRow) -> list[str]:
    return [receipt["action"] or receipt["outcome"] for receipt in imported.receipts]


def test_a_row_becomes_a_draft_of_an_employer_that_nobody_vetted(database):
    imported = run(database, make_entry())
    (posting,), (employer,) = rows_of(database, PostingRow), rows_of(database, EmployerRow)
    assert outcomes(imported) == ["created"]
    assert (posting.state, posting.source, posting.provider) == (PostingState.DRAFT, "58", "58")
    assert (employer.state, employer.name, employer.credit_code) == (EmployerState.UNVERIFIED, FACTORY, None)
    with database.reading() as session:
        assert session.scalars(sa.select(FeedEntryRow)).all() == []


def test_what_is_unsaid_is_filled_by_the_stated_default_and_marked(database):
    imported = run(database, make_entry())
    (posting,) = rows_of(database, PostingRow)
    assert (posting.openings, posting.openings_left) == (1, 1)
    assert posting.valid_until.isoformat() == "2026-04-01T16:00:00+00:00"
    assert posting.defaults == imported.receipts[0]["filled"] == ["openings", "valid_until"]
    assert imported.detail["defaults"] == {"openings": 1, "valid_days": 30}


def test_what_a_row_says_itself_is_not_filled(database):
    run(
        database,
        make_entry(openings_open=True, valid_days=60),
        make_entry(3, title="钳工", openings=7, valid_until=LATER),
    )
    vague, told = rows_of(database, PostingRow)
    assert (vague.openings, vague.defaults) == (None, [])
    assert vague.valid_until.isoformat() == "2026-05-01T16:00:00+00:00"
    assert (told.openings, told.valid_until, told.defaults) == (7, LATER, [])


def test_the_same_again_changes_nothing_even_a_day_later(database):
    entries = [make_entry(), make_entry(3, title="钳工"), make_entry(4, name="另一厂", reference="A-1")]
    run(database, *entries)
    before = [
        (row.id, row.revision, row.valid_until, row.updated_at) for row in rows_of(database, PostingRow)
    ]
    acts = len(rows_of(database, AuditRow))
    imported = run(database, *reversed(entries), now=NOW + timedelta(days=1))
    assert outcomes(imported) == ["unchanged"] * 3
    after = [(row.id, row.revision, row.valid_until, row.updated_at) for row in rows_of(database, PostingRow)]
    assert after == before
    assert len(rows_of(database, AuditRow)) == acts + 1


def test_the_same_again_does_not_undo_what_staff_corrected(database):
    posting_id = run(database, make_entry()).receipts[0]["posting_id"]
    with database.transaction() as session:
        corrected = make_posting_content(description="焊接钢结构件。")
        replace_posting(session, posting_id, corrected, actor=CLERK, now=LATER)
    assert outcomes(run(database, make_entry())) == ["unchanged"]
    assert rows_of(database, PostingRow)[0].description == "焊接钢结构件。"


def test_a_changed_row_changes_its_posting_and_back_again(database):
    run(database, make_entry())
    assert outcomes(run(database, make_entry(pay_maximum=8000))) == ["updated"]
    assert outcomes(run(database, make_entry(), now=LATER)) == ["updated"]
    (posting,) = rows_of(database, PostingRow)
    assert (posting.pay_maximum, posting.revision) == (7000, 3)


def test_rows_that_say_the_same_are_merged_into_one(database):
    imported = run(database, make_entry(), make_entry(3), make_entry(4, openings=5))
    assert sorted(outcomes(imported)) == ["created", "merged", "merged"]
    kept = next(receipt for receipt in imported.receipts if receipt["outcome"] == "accepted")
    merged = [receipt for receipt in imported.receipts if receipt["outcome"] == "merged"]
    assert {receipt["merged_into"] for receipt in merged} == {kept["row"]}
    assert any("人数不同" in warning["message"] for receipt in merged for warning in receipt["warnings"])
    assert len(rows_of(database, PostingRow)) == 1


def test_like_postings_of_other_pay_are_two_and_stay_themselves_in_any_order(database):
    entries = [make_entry(), make_entry(3, pay_maximum=9000), make_entry(4, pay_maximum=9500)]
    first = {r["row"]: r["posting_id"] for r in run(database, *entries).receipts}
    again = {r["row"]: r["posting_id"] for r in run(database, *reversed(entries)).receipts}
    assert again == first
    less = run(database, entries[2], replace(entries[0], row=9))
    assert [r["posting_id"] for r in less.receipts] == [first[4], first[2]]


def test_a_reference_told_twice_with_other_words_is_refused(database):
    imported = run(
        database,
        make_entry(reference="A"),
        make_entry(3, reference="A"),
        make_entry(4, reference="A", title="钳工"),
    )
    assert outcomes(imported) == ["created", "merged", "refused"]
    assert imported.receipts[2]["problems"][0]["value"] == "A"


def test_a_reference_of_another_employer_is_refused(database):
    run(database, make_entry(reference="A"))
    assert outcomes(run(database, make_entry(reference="A", name="另一厂"))) == ["refused"]


def test_a_public_posting_is_published_again_unless_its_new_words_are_unlawful(database):
    code = make_credit_code("1")
    with database.transaction() as session:
        make_employer(session, "1")
    posting_id = run(database, make_entry(code=code)).receipts[0]["posting_id"]
    with database.transaction() as session:
        submit_posting(session, posting_id, actor=CLERK, now=NOW)
        approve_posting(session, posting_id, actor=CLERK, now=NOW, reason="已核实")
    assert outcomes(run(database, make_entry(code=code, pay_maximum=8000))) == ["updated"]
    imported = run(database, make_entry(code=code, description="限男性，焊接。"))
    assert outcomes(imported) == ["refused"]
    assert "男" in imported.receipts[0]["problems"][0]["value"]
    with database.reading() as session:
        posting = session.get_one(PostingRow, posting_id)
        reasons = session.scalars(sa.select(FeedEntryRow.reason).where(FeedEntryRow.item_id == posting_id))
        assert list(reasons) == ["published", "updated"]
    assert (posting.description, posting.pay_maximum) == (make_posting_content().description, 8000)


def test_unlawful_words_in_a_draft_are_a_warning_with_its_article(database):
    imported = run(database, make_entry(description="限男性，35岁以下，焊接。"))
    levels = [w["level"] for w in imported.receipts[0]["warnings"] if w["kind"] == "wording"]
    assert "block" in levels
    assert outcomes(imported) == ["created"]


def test_a_withdrawn_posting_stays_withdrawn_and_the_receipt_says_so(database):
    posting_id = run(database, make_entry()).receipts[0]["posting_id"]
    with database.transaction() as session:
        withdraw_posting(session, posting_id, actor=CLERK, now=NOW, reason="不招了")
    receipt = run(database, make_entry()).receipts[0]
    assert (receipt["action"], receipt["state"]) == ("unchanged", "withdrawn")
    assert "撤回" in receipt["warnings"][0]["message"]


def test_several_jobs_in_a_title_are_several_occupations_and_unknown_ones_are_named(database):
    imported = run(database, make_entry(title="电焊工/钳工"), make_entry(3, title="龘龘"))
    assert len(rows_of(database, PostingRow)[0].occupation_terms) == 2
    kinds = [warning["kind"] for warning in imported.receipts[1]["warnings"]]
    assert "unknown" in kinds


def test_personal_numbers_are_lifted_and_stand_in_no_receipt(database):
    entry = make_entry(
        description="焊接，电话13800138000",
        posting=None,
        problems=(Problem("联系电话", "13800138000", "13800138000 不对"), Problem("工资", "13900139000", "")),
    )
    imported = run(database, make_entry(description="焊接，电话13800138000"), replace(entry, row=3))
    assert "13800138000" not in str(imported.receipts)
    assert "13900139000" not in str(imported.receipts)
    assert rows_of(database, PostingRow)[0].contact_phone == "13800138000"


class TestEmployers:
    def test_an_employer_is_found_by_code_and_by_name(self, database):
        with database.transaction() as session:
            known = make_employer(session, "1")
        imported = run(
            database,
            make_entry(name="旧名称厂", code=make_credit_code("1")),
            make_entry(3, name=f" {known.name} ", title="钳工"),
            make_entry(4, name="", code=make_credit_code("1"), title="车工"),
        )
        assert {row.employer_id for row in rows_of(database, PostingRow)} == {known.id}
        assert "differs" in [warning["kind"] for warning in imported.receipts[0]["warnings"]]

    def test_a_code_is_added_to_the_one_namesake_without(self, database):
        run(database, make_entry())
        run(database, make_entry(title="钳工", code=make_credit_code("2")))
        run(database, make_entry(title="车工", code=make_credit_code("3")))
        assert [row.credit_code for row in rows_of(database, EmployerRow)] == [
            make_credit_code("2"),
            make_credit_code("3"),
        ]

    def test_a_name_that_fits_several_and_a_code_that_fits_none_are_refused(self, database):
        with database.transaction() as session:
            make_employer(session, "1", name=FACTORY)
            make_employer(session, "2", name=FACTORY)
        imported = run(database, make_entry(), make_entry(3, name="", code=make_credit_code("3")))
        assert outcomes(imported) == ["refused", "refused"]
        assert "2 个单位" in imported.receipts[0]["problems"][0]["reason"]

    def test_an_unlawful_name_refuses_its_rows_alone(self, database):
        imported = run(database, make_entry(name="只招男工厂"), make_entry(3, title="钳工"))
        assert outcomes(imported) == ["refused", "created"]

    def test_an_employer_imports_its_own_postings_alone(self, database):
        with database.transaction() as session:
            own = make_employer(session, "1")
        actor = Actor("key", "k", Role.EMPLOYER, own.id)
        imported = run(
            database,
            make_entry(name=own.name),
            make_entry(3, name="另一厂"),
            make_entry(4, employer=None, title="钳工"),
            make_entry(5, code=make_credit_code("2")),
            actor=actor,
            provider=None,
        )
        assert outcomes(imported) == ["created", "refused", "created", "refused"]
        assert imported.provider == own.id
        with pytest.raises(Forbidden):
            run(database, make_entry(), actor=actor, provider="58")


def test_a_posting_that_came_by_the_api_is_taken_over(database):
    with database.transaction() as session:
        known = make_open_posting(session, make_employer(session))
    entry = make_entry(
        employer=None, employer_id=known.employer_id, reference=known.reference, openings=3,
        valid_until=known.valid_until,
    )  # fmt: skip
    assert outcomes(run(database, entry, provider="bureau")) == ["unchanged"]
    assert outcomes(run(database, entry, provider="bureau")) == ["unchanged"]


_CELLS = st.sampled_from(
    ["", "面议", "5000", "-", "5千", "男", "某厂", "焊工", "前阳镇", "2026-13-01", "１２"]
)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(_CELLS, _CELLS, _CELLS, _CELLS), min_size=1, max_size=8), st.randoms())
def test_every_row_read_is_accepted_merged_or_refused(sqlite_url, rows, chance):
    from datetime import date

    from service.db import Database
    from service.spreadsheets.reading import Row, Sheet
    from service.spreadsheets.tables import tables_of
    from service.spreadsheets.values import entry_of

    numbered = [Row(1, TITLES), *(Row(n, row) for n, row in enumerate(rows, 2))]
    records = [record for table in tables_of(Sheet("", tuple(numbered))) for record in table.records]
    entries = [entry_of(record, hint="210681", today=date(2026, 3, 2)) for record in records]
    database = Database(sqlite_url)
    try:
        counts = run(database, *entries).counts
        assert counts["accepted"] + counts["merged"] + counts["refused"] == counts["read"] == len(entries)
        chance.shuffle(entries)
        again = run(database, *entries).counts
        assert (again["created"], again["updated"]) == (0, 0)
        assert again["accepted"] == counts["accepted"]
    finally:
        database.dispose()
