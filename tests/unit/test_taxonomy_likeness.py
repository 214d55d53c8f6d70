"""How near two terms are: by what is known of concepts, and by characters only where nothing is."""

from collections.abc import Iterator
from itertools import product
from pathlib import Path

import pytest

from matching import relations, taxonomy
from matching.taxonomy import similarity, skill_similarity, understand_occupations, understand_skills
from matching.types import Term
from matching.vocabulary import Vocabulary, read_vocabulary

LINES = """
@ 6-18-02-04 焊工
+ 焊接 看图纸
> 6-18-02-05
! 6-31-01-03 电子焊接
% SO-02-01
@ 6-18-02-05 机械加工材料切割工
+ 切割
> 6-18-02-06
@ 6-18-02-06 粉末冶金制品制造工
> 6-18-02-05
~ 6-05-01-03
@ 6-31-01-03 电工
+ 接线
@ 6-18-01-11 铆工
+ 看图纸 焊接
@ 6-18-01-01 车工
+ 看图纸
@ 6-05-01-03 缝纫工
+ 平车
$ K-weld 焊接
$ K-cut 切割
$ K-drawing 看图纸
! K-wire 拉二胡
$ K-wire 接线
$ K-flat 平车
> K-sew
$ K-sew 缝纫活
$ K-fine 精细缝纫
> K-flat
~ K-cut
"""
CACHES = (
    relations.occupation_nearness,
    relations.skill_nearness,
    relations.skill_from_occupation,
    relations.occupation_from_skill,
    relations._skill_weights,
)


@pytest.fixture
def small(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Vocabulary]:
    (tmp_path / "a.txt").write_text(LINES, encoding="utf-8")
    words = read_vocabulary(tmp_path)
    assert words.findings == ()
    monkeypatch.setattr(relations, "vocabulary", lambda: words)
    monkeypatch.setattr(taxonomy, "vocabulary", lambda: words)
    for cache in CACHES:
        cache.cache_clear()
    yield words
    for cache in CACHES:
        cache.cache_clear()


def term(code: str | None, text: str = "甲") -> Term:
    return Term(text, code)


@pytest.mark.parametrize(
    ("asked", "offered", "expected"),
    [
        ("6-18-02-04", "6-18-02-04", 1.0),  # the same
        ("6-31-01-03", "6-18-02-04", 0.0),  # never confused, from either side
        ("6-18-02-04", "6-31-01-03", 0.0),
        ("6-18-02-05", "6-18-02-04", 0.9),  # who welds can cut
        ("6-18-02-06", "6-18-02-04", 0.81),  # and what cutting covers
        ("6-18-02-04", "6-18-02-05", 0.65),  # who cuts can do part of welding
        ("6-18-02-06", "6-05-01-03", 0.75),  # declared close, by the other side too
        ("6-05-01-03", "6-18-02-06", 0.75),
        ("6-18-01-02", "6-18-01-03", 0.5),  # the same 小类
        ("6-18-01-02", "6-18-02-03", 0.25),  # the same 中类
        ("6-18-01-00", "6-18-01-02", 0.7),  # the 小类 itself
        ("6-18-00-00", "6-18-01-02", 0.5),  # the 中类 itself
        ("6-18-01-02", "4-03-02-05", 0.0),
        ("6-18-01-02", "9-99-99-99", 0.0),  # a code of an older table
    ],
)
def test_concepts_are_compared_by_what_is_known_of_them(
    small: Vocabulary, asked: str, offered: str, expected: float
) -> None:
    assert similarity(term(asked), term(offered)) == expected


def test_skills_in_common_raise_a_likeness_as_far_as_they_tell(small: Vocabulary) -> None:
    welder_riveter = similarity(term("6-18-02-04"), term("6-18-01-11"))
    welder_turner = similarity(term("6-18-02-04"), term("6-18-01-01"))
    assert welder_riveter == 0.8  # all skills are shared
    assert 0.25 < welder_turner < 0.5  # 看图纸 alone, which most can


@pytest.mark.parametrize(
    ("asked", "offered", "expected"),
    [
        ("6-31-99-00", "6-31-00-00", 0.9),
        ("6-31-99-00", "6-05-01-03", 0.65),
        ("6-05-01-03", "6-31-99-00", 0.5),
        ("6-31-00-00", "6-18-02-04", 0.0),  # welding takes a licence
        ("6-18-02-04", "6-31-00-00", 0.0),
        ("6-31-00-00", "6-31-01-03", 0.0),  # repair is nobody's work at a line
        ("6-31-00-00", "4-03-02-05", 0.0),
    ],
)
def test_general_workers_are_near_work_at_a_line_and_no_other(
    small: Vocabulary, asked: str, offered: str, expected: float
) -> None:
    assert similarity(term(asked), term(offered)) == expected


@pytest.mark.parametrize(
    ("asked", "offered", "expected"),
    [
        ("K-flat", "K-flat", 1.0),
        ("K-sew", "K-flat", 0.95),  # implied
        ("K-sew", "K-fine", 0.95),  # implied by what is implied
        ("K-flat", "K-sew", 0.5),  # the general where the special is asked for
        ("K-cut", "K-fine", 0.7),  # close, from either side
        ("K-fine", "K-cut", 0.7),
        ("K-drawing", "K-wire", 0.0),  # never
        ("K-wire", "K-weld", 0.0),
        ("K-sew", "6-05-01-03", 0.8),  # who sews for a living can sew
        ("K-fine", "6-18-02-05", 0.6),  # close to what the work uses
        ("K-fine", "6-05-01-03", 0.0),
        ("K-wire", "6-18-02-04", 0.0),
        ("K-wire", "6-18-02-03", 0.0),
    ],
)
def test_a_skill_is_shown_by_skills_and_by_work_done(
    small: Vocabulary, asked: str, offered: str, expected: float
) -> None:
    assert skill_similarity(term(asked), term(offered)) == expected


def test_a_skill_fits_for_a_job_the_more_the_fewer_jobs_use_it(small: Vocabulary) -> None:
    only = similarity(term("6-05-01-03"), term("K-flat"))
    by_what_implies_it = similarity(term("6-05-01-03"), term("K-fine"))
    shared = similarity(term("6-18-01-01"), term("K-drawing"))
    assert only == by_what_implies_it == 0.7
    assert 0 < shared < only
    assert similarity(term("6-05-01-03"), term("K-wire")) == 0.0
    assert similarity(term("6-18-02-03"), term("K-wire")) == 0.0


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("扎啤酒桶的", "扎啤酒桶的", 1.0),
        ("扎啤酒桶的", "扎 啤酒桶的（急）", 0.0),
        ("大棚蔬菜采摘打包", "大棚蔬菜采摘打包的", pytest.approx(16 / 17)),
        ("甲电工", "甲电焊工", 0.0),
        ("会计", "社会计生专员", 0.0),
        ("保安", "保安全员", 0.0),
        ("车工", "汽车工程师", 0.0),
        ("无经验要求", "有经验要求", 0.0),
    ],
)
def test_unknown_words_match_by_characters_when_they_are_all_but_equal(
    one: str, other: str, expected: float
) -> None:
    for measure in (similarity, skill_similarity):
        assert measure(Term(one), Term(other)) == expected
        assert measure(Term(other), Term(one)) == expected


def test_characters_speak_only_where_a_term_is_unresolved(small: Vocabulary) -> None:
    assert similarity(Term("数控车床操作工", "6-18-01-01"), Term("数控车床操作工")) == 1.0
    assert similarity(Term("数控车床操作工", "6-18-01-01"), Term("数控车床操作工", "4-03-02-05")) == 0.0


def test_a_text_that_must_never_be_read_as_a_concept_is_nothing_to_it(small: Vocabulary) -> None:
    assert similarity(Term("电子焊接", "6-18-02-04"), Term("电子焊接")) == 0.0
    assert similarity(Term("电子焊接"), Term("电子焊接", "6-18-02-04")) == 0.0
    assert skill_similarity(Term("拉二胡", "K-drawing"), Term("拉二胡")) == 0.0


def test_texts_that_contradict_each_other_keep_a_quarter(small: Vocabulary) -> None:
    assert similarity(Term("持证电工", "6-31-01-03"), Term("无证电工", "6-31-01-03")) == 0.25
    assert similarity(Term("持证焊杂工"), Term("无证焊杂工")) == 0.25
    assert skill_similarity(Term("有经验的接线", "K-wire"), Term("无经验的接线", "K-wire")) == 0.25
    assert similarity(Term("持证电工", "6-31-01-03"), Term("电工", "6-31-01-03")) == 1.0


def test_every_likeness_lies_between_nothing_and_the_same() -> None:
    words = ("普工", "焊工", "电工", "保姆", "司机", "扒虾的", "会计", "外星人")
    terms = [*understand_occupations("、".join(words)), *understand_skills(["看图纸", "二保焊", "外星人"])]
    for asked, offered in product(terms, terms):
        if asked.code is None or not asked.code.startswith("K-"):
            assert 0.0 <= similarity(asked, offered) <= 1.0
        if asked.code is None or asked.code.startswith("K-"):
            assert 0.0 <= skill_similarity(asked, offered) <= 1.0


def test_the_packaged_words_of_one_job_are_that_job() -> None:
    [asked], [offered] = understand_occupations("海鲜加工工人"), understand_occupations("扒虾的")
    assert similarity(asked, offered) == 1.0


def _job(title: str) -> Term:
    return understand_occupations(title)[0]


@pytest.mark.parametrize(
    ("asked", "offered", "expected"),
    [
        pytest.param("叉车司机", "天车工", 0.7, id="two-trades-of-one-occupation"),
        pytest.param("货车司机", "半挂司机", 0.95, id="who-drives-the-heavier-drives-the-lighter"),
        pytest.param("半挂司机", "货车司机", 0.7, id="and-not-the-other-way-round"),
        pytest.param("开叉车的", "叉车工", 1.0, id="two-names-of-one-trade"),
        pytest.param("焊工", "二保焊", 1.0, id="the-occupation-itself-asks-for-no-trade"),
        pytest.param("水产品加工工", "扒虾", 1.0, id="nor-does-an-official-name"),
        pytest.param("缝纫工", "车缝工", 1.0, id="two-names-of-the-occupation"),
    ],
)
def test_trades_within_one_official_occupation_are_near_and_not_the_same(
    asked: str, offered: str, expected: float
) -> None:
    assert _job(asked).code == _job(offered).code
    assert similarity(_job(asked), _job(offered)) == expected
