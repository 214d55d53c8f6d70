"""Hard conditions: who may be matched, who may be once something is obtained, and who may not."""

from dataclasses import fields, replace
from datetime import date, timedelta

import pytest

from matching import Gate, HeldLicence, Posting, Seeker, Verdict, check_gates, next_change_on
from matching.conditions import birthday
from tests.pairs import ON, POLICY, make_posting, make_seeker

FORBIDDEN = ("sex", "gender", "ethnic", "nation", "household", "hukou", "marri", "hepatitis", "maximum_age")
COUNTY = replace(POLICY, obtain_days={"OT-HC": 3, "SE-N1": 30, "SO-02-01": 45})


def gate(name: str, posting: Posting, seeker: Seeker, policy=COUNTY) -> Gate:
    return next(gate for gate in check_gates(posting, seeker, policy) if gate.name == name)


def days(number: int) -> date:
    return ON + timedelta(days=number)


def held(key: str, valid_until: date | None = None) -> Seeker:
    return make_seeker(licences=(HeldLicence(key, valid_until),))


def test_a_plain_pair_passes_every_gate_without_a_word():
    gates = check_gates(make_posting(), make_seeker(), COUNTY)
    assert [gate.name for gate in gates] == [
        "posting_open",
        "seeker_active",
        "employer_not_blocked",
        "minimum_age",
    ]
    assert all(gate.verdict is Verdict.PASS and not gate.reason for gate in gates)


@pytest.mark.parametrize(
    ("name", "posting", "seeker", "reason"),
    [
        ("posting_open", {"is_open": False}, {}, "岗位现在没有开放"),
        ("posting_open", {"openings_left": 0}, {}, "岗位已经招满"),
        ("posting_open", {"openings_left": -1}, {}, "岗位已经招满"),
        ("seeker_active", {}, {"is_active": False}, "求职登记已停用"),
        ("employer_not_blocked", {}, {"blocked_employers": frozenset({"e"})}, "求职者选择不看这家单位"),
    ],
)
def test_a_gate_fails_with_its_reason(name, posting, seeker, reason):
    found = gate(name, make_posting(**posting), make_seeker(**seeker))
    assert (found.verdict, found.reason) == (Verdict.FAIL, reason)
    assert found.remedy


@pytest.mark.parametrize(
    ("key", "seeker", "starts_on", "verdict"),
    [
        pytest.param("SE-N1", held("SE-N1", days(400)), None, Verdict.PASS, id="held"),
        pytest.param("SE-N1", held("SE-N1"), None, Verdict.PASS, id="held-end-not-told"),
        pytest.param("SE-N1", held("SE-N1", days(0)), None, Verdict.PASS, id="last-day-is-today"),
        pytest.param("SE-N1", held("SE-N1", days(-1)), None, Verdict.FAIL, id="lapsed-yesterday"),
        pytest.param("SE-N1", held("SE-N1", days(20)), days(20), Verdict.PASS, id="ends-on-the-start"),
        pytest.param("SE-N1", held("SE-N1", days(19)), days(20), Verdict.FAIL, id="ends-before-the-start"),
        pytest.param("SE-N1", held("SE-N1", days(19)), days(30), Verdict.CONDITIONAL, id="can-be-renewed"),
        pytest.param("SE-N1", held("SE-N1", days(9)), days(-30), Verdict.PASS, id="started-long-ago"),
        pytest.param("OT-HC", make_seeker(), None, Verdict.CONDITIONAL, id="health-card-at-once"),
        pytest.param("OT-HC", make_seeker(), days(3), Verdict.CONDITIONAL, id="health-card-just-in-time"),
        pytest.param("OT-HC", make_seeker(), days(2), Verdict.FAIL, id="health-card-too-late"),
        pytest.param("OT-HC", make_seeker(), days(-2), Verdict.CONDITIONAL, id="health-card-running-job"),
        pytest.param("SO-02-01", make_seeker(), None, Verdict.FAIL, id="welder-at-once"),
        pytest.param("DL-B2", held("DL-A2", days(99)), None, Verdict.PASS, id="higher-class-covers"),
        pytest.param("DL-A2", held("DL-B2", days(99)), None, Verdict.FAIL, id="lower-class-does-not"),
        pytest.param("SO-02-01", held("SO-01-02", days(99)), None, Verdict.FAIL, id="another-trade"),
        pytest.param("made-up", make_seeker(), days(999), Verdict.FAIL, id="nobody-knows-how-long"),
        pytest.param("made-up", held("made-up", days(9)), None, Verdict.PASS, id="unknown-but-held"),
    ],
)
def test_licences_are_judged_on_the_day_the_work_begins(key, seeker, starts_on, verdict):
    found = gate(f"licence:{key}", make_posting(licences=(key,), starts_on=starts_on), seeker)
    assert found.verdict is verdict


def test_a_licence_that_can_be_had_in_time_says_how():
    found = gate("licence:OT-HC", make_posting(licences=("OT-HC",)), make_seeker())
    assert found.reason == "缺健康证，办理约 3 天，赶得上开工"
    assert found.remedy == "办理健康证（约 3 天）后可上岗"
    assert "食品安全法" in found.article


def test_a_licence_that_lapses_says_when():
    posting = make_posting(licences=("SE-N1",), starts_on=days(20))
    found = gate("licence:SE-N1", posting, held("SE-N1", days(5)))
    assert found.reason == "叉车证 2026-03-07 到期，开工日 2026-03-22 已过期，办理约 30 天，离开工只有 20 天"


def test_a_licence_whose_end_is_not_told_is_checked_on_application():
    found = gate("licence:SE-N1", make_posting(licences=("SE-N1",)), held("SE-N1"))
    assert found.reason == "叉车证未填有效期，报名时核实"


def test_days_to_get_a_licence_come_from_the_table_where_the_county_says_nothing():
    assert (
        gate("licence:OT-HC", make_posting(licences=("OT-HC",)), make_seeker(), POLICY).verdict
        is Verdict.CONDITIONAL
    )


def test_a_licence_nobody_calls_otherwise_is_told_by_its_official_name():
    found = gate("licence:SO-06-01", make_posting(licences=("SO-06-01",)), make_seeker())
    assert found.reason.startswith("缺光气及光气化工艺作业")


@pytest.mark.parametrize(
    ("minimum_age", "licences", "born_on", "starts_on", "verdict"),
    [
        pytest.param(16, (), date(2010, 3, 2), None, Verdict.PASS, id="16-today"),
        pytest.param(16, (), date(2010, 3, 3), None, Verdict.FAIL, id="16-tomorrow"),
        pytest.param(16, (), date(2010, 3, 31), date(2026, 3, 31), Verdict.PASS, id="16-on-the-start"),
        pytest.param(16, (), date(2010, 3, 31), date(2026, 3, 30), Verdict.FAIL, id="16-after-the-start"),
        pytest.param(18, (), date(2009, 1, 1), None, Verdict.FAIL, id="17-for-18"),
        pytest.param(18, (), date(2008, 3, 2), None, Verdict.PASS, id="18-today"),
        pytest.param(45, (), date(2008, 3, 2), None, Verdict.PASS, id="no-other-age-is-looked-at"),
        pytest.param(0, (), date(2011, 1, 1), None, Verdict.FAIL, id="never-under-16"),
        pytest.param(16, ("SO-02-01",), date(2009, 1, 1), None, Verdict.FAIL, id="licence-asks-for-18"),
        pytest.param(16, (), date(1940, 1, 1), None, Verdict.PASS, id="nobody-is-too-old"),
        pytest.param(16, (), None, None, Verdict.PASS, id="birth-not-told"),
        pytest.param(18, (), None, None, Verdict.CONDITIONAL, id="birth-not-told-for-18"),
    ],
)
def test_age_is_judged_on_the_day_the_work_begins(minimum_age, licences, born_on, starts_on, verdict):
    posting = make_posting(minimum_age=minimum_age, licences=licences, starts_on=starts_on)
    found = gate("minimum_age", posting, make_seeker(born_on=born_on))
    assert found.verdict is verdict
    assert "《劳动法》" in found.article


def test_birth_not_told_is_said():
    assert gate("minimum_age", make_posting(), make_seeker(born_on=None)).reason == "未填出生年月，报名时核实"


@pytest.mark.parametrize(
    ("born_on", "age", "expected"),
    [
        (date(2008, 2, 29), 16, date(2024, 2, 29)),
        (date(2008, 2, 29), 18, date(2026, 3, 1)),
        (date(1884, 2, 29), 16, date(1900, 3, 1)),
        (date(1984, 2, 29), 16, date(2000, 2, 29)),
        (date(2010, 5, 31), 16, date(2026, 5, 31)),
    ],
)
def test_a_birthday_on_a_leap_day(born_on, age, expected):
    assert birthday(born_on, age) == expected


def test_nothing_forbidden_is_a_field_or_a_gate():
    names = [field.name for kind in (Posting, Seeker) for field in fields(kind)]
    names += [gate.name for gate in check_gates(make_posting(licences=("OT-HC",)), make_seeker(), COUNTY)]
    assert not [name for name in names if any(word in name for word in FORBIDDEN)]


@pytest.mark.parametrize(
    ("subject", "expected"),
    [
        pytest.param(make_posting(), None, id="posting-at-once"),
        pytest.param(make_posting(starts_on=days(-5)), None, id="posting-that-runs"),
        pytest.param(make_posting(starts_on=days(9)), days(9), id="posting-starts"),
        pytest.param(
            make_posting(starts_on=days(60), licences=("SE-N1",)), days(31), id="last-day-to-begin-passed"
        ),
        pytest.param(make_posting(starts_on=days(60), licences=("made-up",)), days(60), id="no-time-known"),
        pytest.param(make_seeker(), None, id="seeker-of-age"),
        pytest.param(make_seeker(born_on=None), None, id="seeker-without-birth"),
        pytest.param(held("SE-N1", days(5)), days(6), id="licence-ends"),
        pytest.param(held("SE-N1"), None, id="licence-without-end"),
        pytest.param(make_seeker(born_on=date(2010, 4, 30)), date(2026, 4, 30), id="sixteen"),
        pytest.param(make_seeker(born_on=date(2009, 4, 30)), date(2027, 4, 30), id="eighteen"),
        pytest.param(make_seeker(available_from=days(30)), days(16), id="a-little-late"),
        pytest.param(make_seeker(available_from=days(10)), days(10), id="in-time"),
        pytest.param(make_seeker(available_from=days(-10)), None, id="long-here"),
    ],
)
def test_the_next_day_of_change(subject, expected):
    assert next_change_on(subject, COUNTY) == expected
