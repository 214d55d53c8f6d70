"""Understanding what people write: words, titles with several jobs, skills, licences, type-ahead."""

import threading

import pytest

from matching.taxonomy import (
    VOCABULARY_VERSION,
    occupation_skills,
    resolve_licence,
    resolve_occupation,
    resolve_skill,
    suggest,
    understand_occupations,
    understand_skills,
)
from matching.types import Hit, How, Kind
from matching.vocabulary import vocabulary

WELDER = "6-18-02-04"
ELECTRICIAN = "6-31-01-03"
FORKLIFT = "6-30-05-01"
SEAFOOD = "6-01-05-01"


def best(text: str) -> Hit:
    return resolve_occupation(text)[0]


@pytest.mark.parametrize(
    ("text", "code", "how"),
    [
        ("焊工", WELDER, How.EXACT),
        ("電工", ELECTRICIAN, How.EXACT),
        (" 焊 工 ", WELDER, How.EXACT),
        ("电焊工", WELDER, How.ALIAS),
        ("急招焊工若干名（包吃住）", WELDER, How.EXACT),
        ("焊工（夜班可选）", WELDER, How.EXACT),
        ("有经验的焊工", WELDER, How.EXACT),
        ("海鲜加工工人", SEAFOOD, How.ALIAS),
        ("焊工师傅", WELDER, How.AFFIX),
        ("干电焊的", WELDER, How.AFFIX),
        ("汉工", WELDER, How.HOMOPHONE),
        ("电旱工", WELDER, How.HOMOPHONE),
        ("叉车公", FORKLIFT, How.HOMOPHONE),
        ("电焊焊工", WELDER, How.TYPO),
    ],
)
def test_a_word_is_understood_with_confidence_and_says_how(text: str, code: str, how: How) -> None:
    hit = best(text)
    assert (hit.code, hit.how) == (code, how)
    assert hit.confidence >= 0.9
    assert hit.kind is Kind.OCCUPATION


@pytest.mark.parametrize("text", ["外星人", "qwerty", "扎啤酒桶的", "一二三四五六七", "某某"])
def test_an_unknown_word_gives_nothing_or_little_confidence(text: str) -> None:
    assert all(hit.confidence < 0.6 for hit in resolve_occupation(text))


@pytest.mark.parametrize("text", ["", " ", "不要电工", "有经验", "无证"])
def test_a_text_that_names_no_job_gives_nothing(text: str) -> None:
    assert resolve_occupation(text) == []


def test_the_head_of_a_title_counts_after_a_place_of_work() -> None:
    hit = best("镇上医院电工")
    assert (hit.code, hit.how) == (ELECTRICIAN, How.HEAD)
    assert 0.6 <= hit.confidence < 0.9


def test_a_whole_class_is_understood_where_it_is_written_out() -> None:
    hit = best("机械设备修理人员")
    assert (hit.code, hit.how) == ("6-31-01-00", How.EXACT)


def test_hits_come_surest_first_and_no_more_than_asked_for() -> None:
    hits = resolve_occupation("纺织设备检修装配", limit=3)
    assert len(hits) == 3
    assert [hit.confidence for hit in hits] == sorted((hit.confidence for hit in hits), reverse=True)
    with pytest.raises(ValueError, match="limit"):
        resolve_occupation("焊工", limit=0)


def test_a_very_long_text_is_cut_and_not_an_error() -> None:
    assert len(resolve_occupation("各" * 5000)) <= 5


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("叉车、电工", ["起重装卸机械操作工", "电工"]),
        ("财务助理/文员/出纳员", ["会计专业人员", "行政办事员"]),
        ("钳/焊工", ["装配钳工", "焊工"]),
        ("车、铣、刨工", ["车工", "铣工", "刨插工"]),
        ("某某铸造厂诚聘焊工、电工各2名", ["焊工", "电工"]),
        ("焊工,电焊工", ["焊工"]),
        ("文学、艺术学研究人员", ["文学、艺术学研究人员"]),
    ],
)
def test_a_title_gives_each_of_its_jobs_once(title: str, expected: list[str]) -> None:
    assert [term.name for term in understand_occupations(title)] == expected


def test_what_is_not_understood_stays_itself() -> None:
    known, unknown = understand_occupations("焊工、扎啤酒桶的")
    assert known.code == WELDER
    assert (unknown.text, unknown.code, unknown.name, unknown.how) == ("扎啤酒桶的", None, "", How.UNKNOWN)
    assert unknown.confidence == 0.0


def test_two_unknown_words_stay_two() -> None:
    assert [term.text for term in understand_occupations("外星人、扎啤酒桶的")] == ["外星人", "扎啤酒桶的"]
    assert [term.text for term in understand_occupations("外星人、甲")] == ["外星人", "甲"]


@pytest.mark.parametrize("title", ["", "  ", "、/"])
def test_an_empty_title_names_no_job(title: str) -> None:
    assert [term.code for term in understand_occupations(title)] in ([], [None])


def test_skills_are_understood_one_by_one_and_each_once() -> None:
    terms = understand_skills(["二保焊、会看图纸", "看图纸", "吹口琴的绝活"])
    assert [term.code for term in terms] == [
        resolve_skill("二保焊")[0].code,
        resolve_skill("看图纸")[0].code,
        None,
    ]


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("电工证", "SO-01-02"),
        ("低压电工操作证", "SO-01-02"),
        ("叉车证", "SE-N1"),
        ("持叉车证", "SE-N1"),
        ("C1", "DL-C1"),
        ("c1驾照", "DL-C1"),
        ("焊工操作证", "SO-02-01"),
        ("健康证", "OT-HC"),
    ],
)
def test_a_licence_is_found_by_what_people_call_it(text: str, key: str) -> None:
    hit = resolve_licence(text)[0]
    assert hit.code == key
    assert hit.confidence >= 0.9


@pytest.mark.parametrize(
    ("kind", "typed", "code"),
    [
        (Kind.OCCUPATION, "焊工", WELDER),
        (Kind.OCCUPATION, "电焊", WELDER),
        (Kind.OCCUPATION, "dianhangong", WELDER),
        (Kind.OCCUPATION, "dhg", WELDER),
        (Kind.OCCUPATION, "汉工", WELDER),
        (Kind.OCCUPATION, "品加工工", SEAFOOD),
        (Kind.LICENCE, "叉车", "SE-N1"),
        (Kind.LICENCE, "jkz", "OT-HC"),
    ],
)
def test_type_ahead_finds_words_by_characters_and_by_pinyin(kind: Kind, typed: str, code: str) -> None:
    assert code in [hit.code for hit in suggest(kind, typed, 10)]


def test_type_ahead_offers_each_concept_once_and_no_more_than_asked_for() -> None:
    hits = suggest(Kind.OCCUPATION, "工", 7)
    assert len({hit.code for hit in hits}) == len(hits) == 7
    assert suggest(Kind.OCCUPATION, " ", 7) == []
    assert suggest(Kind.SKILL, "看图纸", 1)[0].confidence == 1.0


def test_type_ahead_puts_the_whole_word_first() -> None:
    first = suggest(Kind.OCCUPATION, "电工", 5)[0]
    assert (first.code, first.how, first.confidence) == (ELECTRICIAN, How.EXACT, 1.0)


def test_an_occupation_tells_the_skills_it_uses() -> None:
    assert resolve_skill("二保焊")[0].code in occupation_skills(WELDER)
    assert occupation_skills("0-00-00-00") == ()


def test_the_version_names_the_vocabulary() -> None:
    assert vocabulary().version == VOCABULARY_VERSION
    assert len(VOCABULARY_VERSION) == 16


def test_threads_may_ask_at_the_same_time() -> None:
    found: list[str] = []
    texts = ["汉工", "电焊焊工", "水产加工的", "叉车公"] * 10

    def ask() -> None:
        found.extend(best(text).code for text in texts)

    threads = [threading.Thread(target=ask) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(found) == 160
    assert len(set(found)) == 3
