import pytest
from hypothesis import given
from hypothesis import strategies as st

from matching.text import (
    Facts,
    contradicts,
    find_facts,
    normalise,
    split_words,
    strip_chatter,
    take_facts,
)

JOB_CHARACTERS = st.text(
    alphabet="电工焊和及以或、，/+ ()（）【】招聘5名包吃住無證１２ＡａＣ+乾幹乾燥-—·", max_size=30
)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("Ｃ１　驾照", "c1驾照", id="width-case-space"),
        pytest.param("電焊工", "电焊工", id="traditional"),
        pytest.param("計程車司機", "计程车司机", id="regional-words-stay"),
        pytest.param("乾縣", "乾县", id="a-name-is-no-dry-thing"),
        pytest.param("电工【高压】", "电工(高压)", id="brackets"),
        pytest.param("电 焊 工", "电焊工", id="spaces-between-characters"),
        pytest.param("  word  excel ", "word excel", id="a-space-between-latin-words-stays"),
        pytest.param("8—10\u200b月", "8-10月", id="dashes-and-invisible-characters"),
        pytest.param("", "", id="nothing"),
    ],
)
def test_normalise_gives_one_spelling(text, expected):
    assert normalise(text) == expected


@given(st.one_of(st.text(max_size=40), JOB_CHARACTERS))
def test_normalise_is_idempotent(text):
    once = normalise(text)
    assert normalise(once) == once


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("缝纫工、电工", ("缝纫工", "电工")),
        ("电工，焊工；叉车/司机|保洁＋保安", ("电工", "焊工", "叉车", "司机", "保洁", "保安")),
        ("焊工和电工", ("焊工", "电工")),
        ("收银以及理货", ("收银", "理货")),
        ("C1或C2", ("c1", "c2")),
        ("面点师和和面工", ("面点师", "和面工")),
        ("和面工", ("和面工",)),
        ("跟单员", ("跟单员",)),
        ("普及工作", ("普及工作",)),
        ("C++", ("c++",)),
        ("会计 出纳", ("会计", "出纳")),
        ("电 工", ("电工",)),
        ("A2 驾驶员", ("a2", "驾驶员")),
        ("1、普工 2、电工", ("普工", "电工")),
        ("（1）普工\n（2）电工", ("普工", "电工")),
        ("电工（高压、低压）", ("电工(高压、低压)",)),
        ("3,500", ("3,500",)),
        ("电工、电工", ("电工",)),
        ("、，()", ()),
    ],
)
def test_split_words_parts_a_list_and_keeps_words_whole(text, expected):
    assert split_words(text) == expected


@given(JOB_CHARACTERS)
def test_split_words_gives_normalised_words_each_once(text):
    words = split_words(text)
    assert len(set(words)) == len(words)
    assert all(word for word in words)


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("东港市某海鲜厂急招扒虾工5名（包吃住）", "扒虾工"),
        ("XX水产有限公司招聘普工", "普工"),
        ("某店服务员", "服务员"),
        ("集团公司行政客服专员+双休", "行政客服专员"),
        ("普工（可留用+班车+住宿）", "普工"),
        ("急聘电焊工五险一金", "电焊工"),
        ("8000+招叉车司机", "叉车司机"),
        ("电工若干名", "电工"),
        ("电工（高压）", "电工(高压)"),
        ("月薪6-8K聘客服专员 周末双休+带薪年假/工作轻松", "客服专员"),
        ("00020-客服专员", "客服专员"),
        ("前阳服装厂招缝纫工、平车工各10名", "缝纫工、平车工"),
        ("采购员 采购助理（住房补贴1000+年底分红）", "采购员、采购助理"),
        ("（税后5K+年终奖/带薪年假）财务助理/文员/出纳/会计", "财务助理/文员/出纳/会计"),
        ("普工包吃住 电工", "普工、电工"),
        ("电工(", "电工"),
        ("(急招 电工", "电工"),
        ("C++工程师", "c++工程师"),
    ],
)
def test_chatter_goes_and_the_job_stays(title, expected):
    assert strip_chatter(title) == expected


@pytest.mark.parametrize(
    "title",
    [
        "招聘专员",
        "招商经理",
        "招生老师",
        "社保专员",
        "薪酬绩效专员",
        "班车司机",
        "宿舍管理员",
        "福利院护工",
        "奖金核算员",
        "人事专员",
        "人力资源",
        "住院医师",
        "住家保姆",
        "包装工",
        "急诊护士",
        "电子厂普工",
        "酒店前台",
        "500型注塑工",
        "持证电工",
        "无证电工",
    ],
)
def test_job_words_that_look_like_chatter_stay(title):
    assert strip_chatter(title) == title


@pytest.mark.parametrize("title", ["招聘", "急招", "包吃住"])
def test_a_title_of_chatter_alone_is_given_back(title):
    assert strip_chatter(title) == title


@pytest.mark.parametrize(
    ("text", "rest", "facts"),
    [
        ("持证电工", "电工", Facts(certified=True)),
        ("无证电工", "电工", Facts(certified=False)),
        ("無證電工", "电工", Facts(certified=False)),
        ("有经验要求", "", Facts(experienced=True)),
        ("无经验要求", "", Facts(experienced=False)),
        ("经验不限", "", Facts(experienced=False)),
        ("三年以上工作经验电工", "电工", Facts(experienced=True)),
        ("免学历普工", "普工", Facts(open_to=("学历",))),
        ("保安 性别不限", "保安", Facts(open_to=("性别",))),
        ("不要中介", "", Facts(refused=("中介",))),
        ("非标设计", "非标设计", Facts()),
        ("电工", "电工", Facts()),
    ],
)
def test_negations_are_kept_as_facts(text, rest, facts):
    assert take_facts(text) == (rest, facts)
    assert find_facts(text) == facts


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("持证电工", "无证电工", True),
        ("有经验要求", "无经验要求", True),
        ("持证电工", "电工", False),
        ("持证电工", "持证焊工", False),
        ("持证电工", "无经验电工", False),
    ],
)
def test_only_opposites_contradict(one, other, expected):
    assert contradicts(find_facts(one), find_facts(other)) is expected
