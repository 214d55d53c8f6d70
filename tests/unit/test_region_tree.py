"""The tree of divisions: walked, searched as one types, measured, and named."""

import pytest

from matching.distance import haversine
from matching.divisions import Gazetteer, packaged_gazetteer
from matching.names import Form, form_with_ending, short_names, stem_of
from matching.regions import (
    Region,
    Step,
    ancestors,
    children,
    distance,
    find_region,
    full_name,
    is_within,
    resolve_region,
    search_regions,
)
from matching.repairs import repairs
from matching.tables import divisions


def test_the_tree_can_be_walked():
    town = Region("210681104", "前阳镇", 4, "210681", None)
    assert find_region("210681104") == town
    assert [region.code for region in ancestors(town.code)] == ["210681", "210600", "210000"]
    assert full_name(town.code) == "辽宁省丹东市东港市前阳镇"
    assert full_name("999999") == ""
    assert find_region("999999") is None
    assert ancestors("999999") == children("999999") == ()
    assert len(children("")) == 33
    assert is_within("210681104", "210600")
    assert is_within("210681104", "210681104")
    assert not is_within("210681104", "210682")
    assert not is_within("999999", "999999")


@pytest.mark.parametrize(
    ("typed", "hint", "expected"),
    [
        ("前", "210681", "210681104"),
        ("前阳", "210681", "210681104"),
        ("qy", "210681", "210681104"),
        ("bjz", "210681", "210681108"),
        ("东港 长", "210681", "210681105"),
        ("喀左", None, "211324"),
    ],
)
def test_type_ahead_offers_near_places_first(typed, hint, expected):
    found = search_regions(typed, hint=hint, limit=8)
    assert expected in [hit.code for hit in found][:3]
    assert len({hit.code for hit in found}) == len(found) <= 8


def test_type_ahead_by_letters_needs_a_hint():
    assert search_regions("qy") == []
    assert search_regions("", hint="210681") == []


def test_points_give_kilometres():
    here = (39.86, 124.15)
    near = distance("210681104", "210681104", a_point=here, b_point=(39.865, 124.15))
    assert (near.step, near.sentence) == (Step.SAME_TOWN, "同镇，不到 1 公里")
    assert near.km == pytest.approx(0.556, abs=0.01)
    towns = distance("210681002", "210681118")
    assert (towns.step, towns.by_county) == (Step.SAME_COUNTY, False)
    assert towns.sentence == "同县，约 50 公里"
    assert distance(None, None, a_point=here, b_point=here).step is Step.UNKNOWN
    assert haversine((0.0, 0.0), (0.0, 180.0)) == pytest.approx(20015.1, abs=0.1)


@pytest.mark.parametrize(
    ("one", "other", "step", "sentence"),
    [
        ("210681104", "210681104", Step.SAME_TOWN, "同镇"),
        ("210681101", "210681117", Step.NEIGHBOUR_TOWN, "邻镇，距离未知"),
        ("210681104", "210681117", Step.SAME_COUNTY, "同县，距离未知"),
        ("210681104", "210681", Step.SAME_COUNTY, "同县，距离未知"),
        ("210681104", "210600", Step.SAME_CITY, "同一市或省，距离未知"),
        ("210681104", "370000", Step.FAR, "约 716 公里（按县区中心计算）"),
        (None, "210681104", Step.UNKNOWN, "地点未写明，距离未知"),
        ("999999", "210681104", Step.UNKNOWN, "地点未写明，距离未知"),
        ("210681104", "210603", Step.NEAR_COUNTY, "约 36 公里（按县区中心计算）"),
        ("210681104", "310120", Step.FAR, "约 1024 公里（按县区中心计算）"),
    ],
)
def test_without_points_steps_are_said_as_such(one, other, step, sentence):
    found = distance(one, other)
    assert (found.step, found.sentence) == (step, sentence)
    assert distance(other, one) == found
    assert (found.km is None) == ("未知" in sentence or sentence == "同镇")


def test_a_county_without_a_point_leaves_the_distance_unknown():
    rows = [Region("110000", "甲省", 1, "", None), Region("110101", "乙县", 3, "110000", None)]
    rows.append(Region("120101", "丙县", 3, "", (39.0, 117.0)))
    found = distance("110101", "120101", places=Gazetteer(rows))
    assert (found.km, found.step, found.sentence) == (None, Step.FAR, "不在同一地区，距离未知")


def test_a_bureau_can_bring_its_own_rows():
    rows = [*divisions(), Region("210681104", "前阳镇", 4, "210681", (39.99, 124.27))]
    aliases = [("老站", "210681104"), ("天上", "999999999")]
    own = Gazetteer(rows, aliases, [("210681107", "210681104")])
    found = resolve_region("老站", hint="210681", places=own)
    assert found is not None
    assert found.code == "210681104"
    assert resolve_region("天上", hint="210681", places=own) is None
    assert distance("210681104", "210681107", places=own).step is Step.NEIGHBOUR_TOWN
    assert distance("210681104", "210681118", places=own).km == pytest.approx(57, abs=2)
    assert search_regions("老", hint="210681", places=own)[0].code == "210681104"


@pytest.mark.parametrize(
    ("name", "level", "stem"),
    [
        ("东港市", 3, "东港"),
        ("宽甸满族自治县", 3, "宽甸"),
        ("赵县", 3, "赵县"),
        ("东乡族自治县", 3, "东乡"),
        ("内蒙古自治区", 1, "内蒙古"),
        ("香港特别行政区", 1, "香港"),
        ("前阳镇", 4, "前阳"),
        ("大东街道", 4, "大东"),
        ("合隆满族乡", 4, "合隆"),
        ("示范农场", 4, "示范"),
        ("大镇", 4, "大镇"),
        ("某族公所", 4, "某族公所"),
    ],
)
def test_the_stem_is_the_name_without_its_ending(name, level, stem):
    assert stem_of(name, level) == stem


@pytest.mark.parametrize(
    ("name", "level", "forms"),
    [
        ("阜新蒙古族自治县", 3, ("阜新县", "阜蒙县")),
        ("喀喇沁左翼蒙古族自治县", 3, ("喀左县", "喀左")),
        ("科尔沁左翼中旗", 3, ("科左中旗",)),
        ("前郭尔罗斯蒙古族自治县", 3, ("前郭尔罗斯县", "前蒙县", "前郭县")),
        ("东港市", 3, ()),
        ("前阳镇", 4, ()),
        ("内蒙古自治区", 1, ()),
        ("蒙古族", 3, ()),
    ],
)
def test_short_names_of_autonomous_counties_follow_a_rule(name, level, forms):
    assert short_names(name, level) == forms


@pytest.mark.parametrize(
    ("name", "end", "form"),
    [
        ("大东街道", "街道办事处", Form.FULL),
        ("大东街道", "街办", Form.SHORT),
        ("前阳镇", "街道", Form.SWAPPED),
        ("前阳镇", "乡", Form.SWAPPED),
        ("合隆满族乡", "乡", Form.SHORT),
    ],
)
def test_another_ending_is_less_sure(name, end, form):
    assert form_with_ending(name, end) is form


def test_two_names_as_near_are_not_chosen_between():
    assert list(repairs("长按镇", 0, ["210681"], packaged_gazetteer())) != []
    rows = [Region("110000", "某省", 1, "", None), Region("110101", "某县", 3, "110000", None)]
    rows += [
        Region("110101101", "红石镇", 4, "110101", None),
        Region("110101102", "红旗镇", 4, "110101", None),
    ]
    places = Gazetteer(rows)
    assert list(repairs("红木镇", 0, ["110101"], places)) == []
    found = resolve_region("某县红木镇", places=places)
    assert found is not None
    assert found.code == "110101"
