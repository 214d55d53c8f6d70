import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matching import regions
from matching.divisions import Gazetteer, packaged_gazetteer
from matching.parsing import Hint, make_hint
from matching.regions import (
    children,
    full_name,
    resolve_region,
)
from matching.tables import division_aliases, divisions
from matching.types import How


def resolved(text, **arguments):
    """The hit of a text that must have one."""
    hit = resolve_region(text, **arguments)
    assert hit is not None
    return hit


# (what was written, hint, the code that is meant or None)
CASES = [
    ("前阳", "210681", "210681104"),
    ("辽宁丹东东港前阳镇石桥村", None, "210681104"),
    ("孤山那边", "210681", "210681101"),
    ("喀左县", None, "211324"),
    ("上海-奉贤区", None, "310120"),
    ("东港市前阳", None, "210681104"),
    ("丹东东港市新兴街道", None, "210681002"),
    ("东港区", None, "371102"),
    ("东港区", "210681", "210681"),
    ("东港区", "210600", "210681"),
    ("大东区", "210681", "210681001"),
    ("大东区", None, "210104"),
    ("大东区", "210600", "210681001"),
    ("新兴管理区", "210681", "210681002"),
    ("东陵区", None, "210112"),
    ("辽宁省丹东市东港市大东区东港路12号", None, "210681001"),
    ("东港市", None, "210681"),
    ("东港", None, "210681"),
    ("朝阳", None, "211300"),
    ("吉林", None, "220000"),
    ("海南", None, "460000"),
    ("吉林市", None, "220200"),
    ("铁西区", "210100", "210106"),
    ("铁西区", None, None),
    ("新兴街道", "210681", "210681002"),
    ("新兴街道", None, None),
    ("长安", "210681", "210681105"),
    ("长安汽车", "210681", None),
    ("新兴铸管", "210681", None),
    ("李师傅", "210681", None),
    ("张三", "210681", None),
    ("包头工", None, None),
    ("北井镇", "210681", "210681108"),
    ("前扬镇", "210681", "210681104"),
    ("前洋", "210681", "210681104"),
    ("东岗市前阳镇", None, "210681104"),
    ("东岗市", "210681", "210681"),
    ("东岗市", None, "210681"),
    ("东岗市长安镇", None, "210681105"),
    ("丹冬市东港市", None, "210681"),
    ("家住前阳镇榆树村", "210681", "210681104"),
    ("我在东港", "210681", "210681"),
    ("新农村", "210681", None),
    ("前阳村", "210681", "210681104"),
    ("长安路", "210681", None),
    ("东港市长安路88号", None, "210681"),
    ("东港市长安南路8号", None, "210681"),
    ("丹东市场", None, None),
    ("东港市黄海大街", None, "210681"),
    ("前阳服装厂", "210681", None),
    ("大连市新兴街道", "210681", "210200"),
    ("大连", "210681", "210200"),
    ("大连市中山区人民路", "210681", "210202"),
    ("沈阳", "210681", "210100"),
    ("东港市北井子镇獐岛村", "210681", "210681108"),
    ("东港市椅圈", "210681", "210681109"),
    ("马店镇", "210681", "210681113"),
    ("五四农场", "210681", "210681405"),
    ("東港市前陽鎮", None, "210681104"),
    ("东港市  前阳 镇", None, "210681104"),
    ("宽甸", None, "210624"),
    ("宽甸县长甸镇", "210681", "210624105"),
    ("凤城市", "210681", "210682"),
    ("凤城凤山街道", None, "210682002"),
    ("振兴区", "210681", "210603"),
    ("丹东市振安区同兴镇", None, "210604102"),
    ("辽宁省东港市合隆乡", None, "210681204"),
    ("合隆", "210681", "210681204"),
    ("黄土坎的", "210681", "210681110"),
    ("普工", "210681", None),
    ("", "210681", None),
    ("新城", "210681", "210681003"),
    ("上海市徐汇区漕河泾", None, "310104017"),
    ("徐汇漕河泾", None, "310104017"),
    ("松江-佘山", None, "310117103"),
    ("北京朝阳", None, "110105"),
    ("北京市朝阳区", None, "110105"),
    ("朝阳区", "210681", None),
    ("仙桃市", None, "429004"),
    ("湖北仙桃", None, "429004"),
    ("前阳街道", "210681", "210681104"),
    ("前阳经济开发区", "210681", "210681104"),
    ("东港经济开发区", "210681", "210681"),
    ("孤山镇", None, None),
    ("孤山镇(东港市)", None, "210681101"),
    ("小甸子镇黑沟村", "210681", "210681115"),
    ("东港市小甸子镇新农村", None, "210681115"),
    ("东港市前阳镇新兴街道", None, "210681104"),
    ("长山镇", "210681", "210681107"),
    ("长安镇", "210681", "210681105"),
    ("常山镇", "210681", "210681107"),
    ("菩萨庙", "210681", "210681117"),
    ("菩萨庙", None, "210681117"),
    ("龙王苗镇", "210681", "210681114"),
    ("丹东", "210681", "210600"),
    ("丹东市", None, "210600"),
    ("东港十字街", "210681", "210681106"),
    ("十字街", "210681", "210681106"),
    ("十字街头", "210681", None),
    ("本地", "210681", None),
    ("全国", "210681", None),
    ("不限", "210681", None),
    ("东港周边", "210681", "210681"),
    ("市里", "210681", None),
    ("东港水产公司", "210681", None),
    ("东港前阳、北井子都行", "210681", "210681104"),
    ("辽宁省", None, "210000"),
    ("辽宁", None, "210000"),
    ("内蒙古赤峰", None, "150400"),
    ("内蒙赤峰", None, "150400"),
    ("本溪县", None, "210521"),
    ("庄河市青堆镇", "210681", "210283101"),
    ("庄河青堆子镇", "210681", "210283101"),
]


@pytest.mark.parametrize(("text", "hint", "code"), CASES)
def test_messy_places_resolve_to_the_deepest_sure_division(text, hint, code):
    hit = resolve_region(text, hint=hint)
    assert (hit.code if hit else None) == code
    assert hit is None or 0 < hit.confidence <= 1


@pytest.mark.parametrize(
    ("text", "hint", "how", "at_least", "below"),
    [
        ("辽宁省丹东市东港市前阳镇", None, How.EXACT, 0.9, 1.0),
        ("前阳镇", "东港市", How.EXACT, 0.9, 1.0),
        ("喀左县", None, How.ALIAS, 0.9, 1.0),
        ("东港前阳", None, How.AFFIX, 0.9, 1.0),
        ("东港区", "210681", How.AFFIX, 0.5, 0.9),
        ("前扬镇", "210681", How.HOMOPHONE, 0.5, 0.9),
        ("北井镇", "210681", How.TYPO, 0.5, 0.9),
        ("前阳村", "210681", How.SIMILAR, 0.4, 0.7),
        ("菩萨庙", None, How.AFFIX, 0.5, 0.7),
        ("朝阳", None, How.AFFIX, 0.5, 0.7),
        ("建平", None, How.AFFIX, 0.8, 0.9),
        ("朝阳", "210681", How.AFFIX, 0.7, 0.9),
    ],
)
def test_confidence_falls_with_the_way_a_place_was_found(text, hint, how, at_least, below):
    hit = resolved(text, hint=hint)
    assert hit.how is how
    assert at_least <= hit.confidence <= below


@pytest.mark.parametrize("hint", ["210681", "210600", "东港", "丹东市", "210681104", "辽宁省丹东市东港市"])
def test_a_hint_may_be_a_code_or_a_name_of_any_level(hint):
    assert resolved("孤山镇", hint=hint).code == "210681101"


@pytest.mark.parametrize("hint", ["999999", "没有这个地方", ""])
def test_an_unknown_hint_is_no_hint(hint):
    assert resolve_region("孤山镇", hint=hint) is None


def test_a_province_and_a_municipality_are_wide_hints():
    assert resolved("东港区", hint="370000").code == "371102"
    assert resolved("南桥镇", hint="310000").code == "310120101"
    assert make_hint("310120", packaged_gazetteer()) == Hint("310120", "", "310000")


def test_namesakes_that_nothing_decides_between_give_what_holds_them_all():
    hit = resolved("铁西区", hint="210681")
    assert (hit.code, hit.confidence) == ("210000", 0.8)


@pytest.mark.parametrize(
    "word", ["常安", "高升", "王新兴", "海鲜加工", "电工证", "有限公司", "12345", "a", "市场", "于"]
)
def test_persons_trades_and_firms_are_no_places(word):
    assert resolve_region(word, hint="210681") is None


@given(
    st.text(alphabet="东港市前阳镇新兴区街道丹辽宁省长安村路12 、（）大孤山", max_size=40),
    st.sampled_from([None, "210681"]),
)
def test_whatever_is_written_gives_a_known_division_or_none(text, hint):
    hit = resolve_region(text, hint=hint)
    assert hit is None or (full_name(hit.code).endswith(hit.name) and 0 < hit.confidence <= 1)


def test_every_town_of_the_own_county_is_found_by_its_full_name_and_by_its_own():
    for town in children("210681"):
        assert resolved(full_name(town.code)).code == town.code
        assert resolved(town.name, hint="210681").code == town.code
        assert resolved(f"家住{town.name}石桥村3组", hint="210600").code == town.code


def test_a_sample_of_all_towns_is_found_by_its_full_name():
    towns = [region for region in divisions() if region.level == 4][::97]
    missed = [town for town in towns if resolved(full_name(town.code)).code != town.code]
    assert len(missed) <= 0.01 * len(towns)


def test_an_address_takes_less_than_a_few_milliseconds():
    resolve_region("前阳镇", hint="210681")
    begin = time.process_time()
    for number in range(100):
        resolve_region(f"东港市前阳镇石桥村{number}组", hint="210681")
    assert (time.process_time() - begin) / 100 < 0.01


def test_the_index_is_built_within_the_time_of_a_start():
    begin = time.process_time()
    assert len(Gazetteer(divisions(), division_aliases()).names) > 60_000
    assert time.process_time() - begin < 2.0


def test_readings_are_kept_between_calls():
    regions._resolve.cache_clear()
    resolve_region("前阳镇", hint="210681")
    resolve_region("前阳镇", hint="210681")
    assert regions._resolve.cache_info().hits >= 1


def test_a_far_town_that_sounds_like_none_of_the_own_county_is_itself():
    assert resolved("青堆子镇", hint="210681").code == "210782110"
