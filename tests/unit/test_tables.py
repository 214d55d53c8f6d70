import time

import pytest

from matching import tables
from matching.tables import (
    covers,
    division_aliases,
    division_neighbours,
    divisions,
    education_rank,
    educations,
    find_licence,
    find_occupation,
    licences,
    occupation_ancestors,
    occupations,
)
from matching.text import normalise


def test_every_division_follows_its_parent():
    seen = {""}
    for region in divisions():
        assert region.parent in seen
        assert region.code not in seen
        seen.add(region.code)
    assert len(seen) == 41_934 + 5 + 1


def test_levels_follow_from_codes():
    by_code = {region.code: region for region in divisions()}
    assert by_code["210000"].level == 1
    assert by_code["210600"].level == 2
    assert by_code["210681"][1:4] == ("东港市", 3, "210600")
    assert by_code["210681104"][1:4] == ("前阳镇", 4, "210681")
    assert by_code["310120"].parent == "310000"  # a municipality's county
    assert by_code["429004"].parent == "420000"  # a county run by the province
    assert by_code["210681405"].name == "五四农场"


def test_points_are_in_china_and_unknown_ones_are_none():
    points = [region.point for region in divisions()]
    assert sum(point is not None for point in points) == 3_203 + 11_936
    assert all(3 < point[0] < 54 and 73 < point[1] < 136 for point in points if point)


def test_divisions_load_within_the_time_of_a_start():
    begin = time.process_time()
    list(divisions())
    assert time.process_time() - begin < 1.0


def test_aliases_and_neighbours_name_known_divisions():
    codes = {region.code for region in divisions()}
    assert all(code in codes for _, code in division_aliases())
    pairs = division_neighbours()
    assert all(one in codes and other in codes and one < other for one, other in pairs)
    assert len(set(pairs)) == len(pairs)
    towns = {code for code in codes if code.startswith("210681") and len(code) == 9 and code < "210681400"}
    assert towns <= {code for pair in pairs for code in pair}


def test_occupations_form_a_tree():
    table = occupations()
    assert len(table) == 2_047
    assert all(not row.parent or table[row.parent].level < row.level for row in table.values())
    assert find_occupation("6-18-02-04") is table["6-18-02-04"]
    assert find_occupation("0") is None
    assert [row.level for row in occupation_ancestors("6-18-02-04")] == [3, 2, 1]
    assert occupation_ancestors("6-00-00-00") == occupation_ancestors("0") == ()


@pytest.mark.parametrize(
    ("held", "required", "expected"),
    [
        ("DL-C1", "DL-C1", True),
        ("DL-A1", "DL-C4", True),
        ("DL-A2", "DL-B2", True),
        ("DL-C1", "DL-C2", True),
        ("DL-C2", "DL-C1", False),
        ("DL-A2", "DL-A1", False),
        ("DL-A1", "DL-C6", False),
        ("DL-D", "DL-F", True),
        ("LV-1", "LV-5", True),
        ("LV-5", "LV-4", False),
        ("SO-01-01", "SO-01-02", False),
        ("SE-N1", "SE-N2", False),
        ("XX", "DL-C1", False),
    ],
)
def test_a_higher_licence_covers_the_lower_ones(held, required, expected):
    assert covers(held, required) is expected


def test_no_licence_covers_itself_or_an_unknown_one():
    for key, licence in licences().items():
        assert key not in licence.covers
        assert licence.covers <= licences().keys()


def test_covering_in_a_ring_ends(monkeypatch):
    assert tables._closure("a", {"a": ("b", "c"), "b": ("c",), "c": ("b",)}) == {"b", "c"}


def test_licences_carry_what_the_law_asks():
    electrician = licences()["SO-01-02"]
    assert find_licence("SO-01-02") is electrician
    assert electrician.minimum_age == 18
    assert "安全生产法" in electrician.article
    assert electrician.obtain_days is None
    assert licences()["OT-HC"].obtain_days == 3
    assert find_licence("XX") is None


def test_no_licence_alias_stands_for_two():
    aliases = [normalise(alias) for licence in licences().values() for alias in licence.aliases]
    assert len(set(aliases)) == len(aliases)


@pytest.mark.parametrize(
    ("text", "rank"),
    [
        ("大专及以上", 4),
        ("高中/中专", 3),
        ("本科", 5),
        ("大学专科", 4),
        ("初中以上", 2),
        ("研究生", 6),
        ("小学", 1),
        ("学历不限", 0),
        ("电工", None),
        ("", None),
    ],
)
def test_education_is_read_as_the_least_that_is_asked(text, rank):
    assert education_rank(text) == rank


def test_educations_stand_highest_first():
    ranks = [level.rank for level in educations()]
    assert ranks == sorted(ranks, reverse=True)
    assert set(ranks) == set(range(7))
