"""The ways in which a word that is not in the lexicon is still understood, on a small lexicon."""

import pytest
from pypinyin.constants import PINYIN_DICT

from matching import guesses, resolve, sounds
from matching.grams import GramIndex, without_ending
from matching.guesses import (
    gram_confidence,
    guess_by_affix,
    guess_by_grams,
    guess_by_head,
    guess_by_sound,
    guess_by_typo,
    surest,
)
from matching.lexicon import Entry, Lexicon, bare_forms, build_lexicon, core
from matching.types import How, Kind

WORDS = {
    "W": ("焊工", "电焊工", "气焊工", "烧焊工", "氩弧焊操作工"),
    "E": ("电工", "维修电工"),
    "F": ("叉车司机",),
    "L": ("车工", "数控车工"),
    "T": ("织布挡车工",),
    "D": ("造型师",),
    "A": ("仓库保管员",),
    "B": ("仓库保管", "汽车仓库主任"),
}


@pytest.fixture(scope="module")
def lexicon() -> Lexicon:
    entries = [
        Entry(text, code, place == 0) for code, words in WORDS.items() for place, text in enumerate(words)
    ]
    entries.append(Entry("焊接人员", "C", is_official=True, is_class=True))
    return build_lexicon(Kind.OCCUPATION, entries, {code: words[0] for code, words in WORDS.items()})


def near(lexicon: Lexicon, text: str) -> list[tuple[int, float]]:
    return lexicon.nearest.nearest(text)


def typos(lexicon: Lexicon, text: str) -> dict[str, float]:
    return {
        code: confidence
        for code, (confidence, _) in surest(guess_by_typo(lexicon, text, near(lexicon, text))).items()
    }


@pytest.mark.parametrize(
    ("text", "forms"),
    [
        ("开叉车的", ["开叉车", "叉车的", "叉车"]),
        ("焊工师傅", ["焊工"]),
        ("叉车司机师傅", ["叉车司机", "叉车"]),
        ("会计", []),
        ("工", []),
    ],
)
def test_what_may_be_taken_off_is_taken_off_and_two_characters_stay(text: str, forms: list[str]) -> None:
    assert bare_forms(text, Kind.OCCUPATION) == forms


def test_a_core_is_what_words_with_other_endings_share() -> None:
    cores = {core(text, Kind.OCCUPATION) for text in ("叉车工", "叉车司机", "叉车", "叉车驾驶员师傅")}
    assert cores == {"叉车"}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("电工师傅", {"E": 0.94}),  # a word with something taken off
        ("叉车工", {"F": 0.91}),  # another ending
        ("叉车", {"F": 0.55}),  # a bare stem may be the thing that a 司机 drives
        ("氩弧焊", {"W": 0.86}),  # or the work of somebody who is only called a worker
        ("造型工", {"D": 0.6}),  # 师 and 工 are different people
        ("仓库保管工", {"B": 0.94}),  # a word once 工 is off, which wins over a shared stem
        ("厨师", {}),
    ],
)
def test_endings_stand_for_one_another_as_far_as_they_do(
    lexicon: Lexicon, text: str, expected: dict[str, float]
) -> None:
    found = {code: round(confidence, 4) for code, confidence, _ in guess_by_affix(lexicon, text)}
    assert found == expected


def test_a_stem_that_two_concepts_share_decides_nothing() -> None:
    entries = [Entry("电镀工", "A", is_official=True), Entry("电镀员", "B", is_official=True)]
    shared = build_lexicon(Kind.OCCUPATION, entries, {"A": "电镀工", "B": "电镀员"})
    found = list(guess_by_affix(shared, "电镀师傅"))
    assert [code for code, _, _ in found] == ["A", "B"]
    assert all(confidence < 0.5 for _, confidence, _ in found)


@pytest.mark.parametrize(
    ("text", "code", "low", "high"),
    [
        ("汉工", "W", 0.9, 1.0),  # the wrong character says nothing
        ("叉车司几", "F", 0.9, 1.0),
        ("电宫", "E", 0.9, 1.0),
        ("汗攻", "W", 0.5, 0.7),  # no character stands
        ("汉工师傅", "W", 0.7, 0.8),  # only once something is off
        ("维修店工", "E", 0.9, 1.0),
        ("织布党车工", "T", 0.9, 1.0),
        ("织布淡车工", "T", 0.79, 0.85),  # alike only where dialects mix an and ang
    ],
)
def test_words_that_sound_the_same_are_found(
    lexicon: Lexicon, text: str, code: str, low: float, high: float
) -> None:
    [(found, confidence, how)] = guess_by_sound(lexicon, text)
    assert (found, how) == (code, How.HOMOPHONE)
    assert low <= confidence <= high


@pytest.mark.parametrize("text", ["厨师", "工"])
def test_words_that_sound_like_nothing_are_not_guessed(lexicon: Lexicon, text: str) -> None:
    assert list(guess_by_sound(lexicon, text)) == []


def test_a_sound_written_with_characters_of_our_words_is_less_sure() -> None:
    entries = [Entry("装卸工", "A", is_official=True), Entry("庄协会", "B", is_official=True)]
    lexicon = build_lexicon(Kind.OCCUPATION, entries, {})
    [(_, sure, _)] = guess_by_sound(lexicon, "壮卸工")
    [(_, unsure, _)] = guess_by_sound(lexicon, "庄协工")
    assert unsure < sure


@pytest.mark.parametrize(
    ("text", "code", "expected"),
    [
        ("工电", "E", 0.85),  # two characters swapped
        ("叉车机司", "F", 0.92),  # of four
        ("维修修电工", "E", 0.92),  # doubled
        ("维修大电工", "E", 0.62),  # one put in
        ("织布车工", "T", 0.72),  # one dropped
        ("叉司机", "F", 0.45),  # of four
        ("电悍工", "W", 0.3),  # a wrong one in three
        ("叉军司机", "F", 0.55),  # in four
        ("织木挡车工", "T", 0.78),  # in five
    ],
)
def test_one_slip_is_forgiven_the_less_the_more_the_result_says(
    lexicon: Lexicon, text: str, code: str, expected: float
) -> None:
    assert typos(lexicon, text)[code] == pytest.approx(expected)


def test_a_slip_that_makes_a_pair_of_our_words_is_more_likely_another_trade(lexicon: Lexicon) -> None:
    assert typos(lexicon, "织布焊工") == {}
    assert typos(lexicon, "维修焊工")["E"] < typos(lexicon, "维修旱工")["E"]


@pytest.mark.parametrize("text", ["电", "厨师", "完全不同的词"])
def test_what_is_further_away_is_no_typo(lexicon: Lexicon, text: str) -> None:
    assert typos(lexicon, text) == {}


def test_two_words_one_slip_away_make_both_doubtful() -> None:
    one = build_lexicon(Kind.OCCUPATION, [Entry("抹灰工", "A", is_official=True)], {})
    two = build_lexicon(
        Kind.OCCUPATION, [Entry("抹灰工", "A", is_official=True), Entry("抹泥工", "B", is_official=True)], {}
    )
    assert typos(two, "抹木工")["A"] < typos(one, "抹木工")["A"]


def test_a_head_tells_more_when_longer_words_that_end_with_it_agree(lexicon: Lexicon) -> None:
    [(welder, sure, _)] = guess_by_head(lexicon, "船台焊工")
    [(turner, unsure, _)] = guess_by_head(lexicon, "木头车工")
    assert (welder, turner) == ("W", "L")
    assert sure > unsure


def test_a_place_of_work_before_the_head_makes_it_sure(lexicon: Lexicon) -> None:
    [(code, confidence, how)] = guess_by_head(lexicon, "纸箱厂电工")
    assert (code, confidence, how) == ("E", 0.88, How.HEAD)
    assert list(guess_by_head(lexicon, "电工学校")) == []


def test_the_nearest_word_is_surer_the_further_it_is_ahead(lexicon: Lexicon) -> None:
    found = list(guess_by_grams(lexicon, "仓库氩弧焊操作", near(lexicon, "仓库氩弧焊操作")))
    assert found[0][0] == "W"
    assert found[0][1] > max(confidence for _, confidence, _ in found[1:])
    assert list(guess_by_grams(lexicon, "x", [])) == []
    assert gram_confidence(1.0, 1.0, 20) == 0.85
    assert gram_confidence(0.5, 0.2, 5) > gram_confidence(0.5, 0.1, 5) > gram_confidence(0.4, 0.1, 5)


def test_a_single_candidate_has_no_rival() -> None:
    alone = build_lexicon(Kind.OCCUPATION, [Entry("电工", "A", is_official=True)], {})
    [(code, _, _)] = guess_by_grams(alone, "电工班", near(alone, "电工班"))
    assert code == "A"


def test_the_surest_guess_for_a_code_counts() -> None:
    found = surest(
        [("A", 0.2, How.TYPO), ("A", 0.6, How.HEAD), ("A", 0.4, How.SIMILAR), ("B", 0.1, How.TYPO)]
    )
    assert found == {"A": (0.6, How.HEAD), "B": (0.1, How.TYPO)}


def test_an_empty_index_finds_nothing() -> None:
    assert GramIndex([]).nearest("电工") == []
    assert GramIndex([("", "")]).nearest("") == []
    assert not GramIndex([("电工", "")]).knows_any({"焊工"})


def test_grams_rank_the_same_word_first_and_ties_by_place() -> None:
    index = GramIndex([("维修电工", "修理人员"), ("电工", ""), ("电工", "")])
    ranked = index.nearest("电工")
    assert [row for row, _ in ranked] == [1, 2, 0]
    assert ranked[0][1] == pytest.approx(1.0)


def test_an_ending_that_says_worker_goes_unless_one_character_would_stay() -> None:
    assert [without_ending(word) for word in ("水产品加工工", "车工", "装卸工人", "会计")] == [
        "水产品加工",
        "车工",
        "装卸",
        "会计",
    ]


def test_a_name_wins_over_another_concepts_alias() -> None:
    entries = [Entry("电工", "B", is_official=False), Entry("电工", "A", is_official=True)]
    assert build_lexicon(Kind.OCCUPATION, entries, {}).codes("电工") == {"A"}


def test_a_class_is_found_by_its_name_and_never_guessed(lexicon: Lexicon) -> None:
    assert lexicon.codes("焊接人员") == {"C"}
    assert "C" not in {lexicon.entries[row].code for row, _ in near(lexicon, "焊接人")}


@pytest.mark.parametrize(
    ("text", "key"), [("焊工", "han gong"), ("绿化", "lv hua"), ("CNC", "C N C"), ("𠀀x", "he x")]
)
def test_a_sound_key_joins_the_usual_readings(text: str, key: str) -> None:
    assert sounds.sound_key(text) == key


def test_the_loose_key_folds_what_speakers_mix_up() -> None:
    assert sounds.loose_sound_key("装窑") == sounds.loose_sound_key("赚窑") != sounds.sound_key("装窑")


def test_a_character_without_letters_in_its_reading_stands_for_itself(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(PINYIN_DICT, ord("\ue000"), "·")
    assert sounds.readings("\ue000") == ("\ue000",)


def test_initials_try_other_readings_one_at_a_time() -> None:
    assert {"ctsj", "ztsj"} <= sounds.initials("长途司机")
    assert sounds.initials("焊工") == {"hg"}


def test_guesses_that_the_vocabulary_rules_out_are_not_made() -> None:
    guess = ("6-18-02-01", 0.8, How.HEAD)
    assert list(resolve._allowed(Kind.OCCUPATION, "铸造业务员", [guess])) == []
    assert list(resolve._allowed(Kind.OCCUPATION, "铸造大工", [guess])) == [guess]
    assert list(resolve._allowed(Kind.OCCUPATION, "铸造", [("0-00", 0.8, How.HEAD)])) != []


def test_the_family_is_given_where_no_single_occupation_is_likely() -> None:
    siblings = {f"6-18-01-0{number}": (0.2, How.SIMILAR) for number in range(1, 5)}
    assert resolve._family(Kind.OCCUPATION, siblings) == {"6-18-01-00": (resolve.FAMILY_AT, How.SIMILAR)}
    strangers = dict.fromkeys(("6-18-01-01", "4-10-01-01", "5-01-01-01", "0-0"), (0.2, How.SIMILAR))
    assert resolve._family(Kind.OCCUPATION, strangers) == {}
    assert resolve._family(Kind.OCCUPATION, siblings | {"6-31-01-03": (0.6, How.HEAD)}) == {}
    assert resolve._family(Kind.OCCUPATION, {"0-0": (0.1, How.SIMILAR)}) == {}
    assert resolve._family(Kind.SKILL, siblings) == {}


def test_a_confidence_is_never_promised_for_a_wrong_slip_sort() -> None:
    sorts = (guesses.SWAPPED, guesses.DOUBLED, guesses.ADDED, guesses.DROPPED_LONG, guesses.WRONG_LONG)
    assert all(
        says <= nothing for says, nothing in (*sorts, *guesses.DROPPED.values(), *guesses.WRONG.values())
    )


def test_a_name_is_the_better_guess_than_an_alias_that_is_as_near() -> None:
    entries = [Entry("绿化管养员", "A", is_official=False), Entry("绿化管养工", "B", is_official=True)]
    lexicon = build_lexicon(Kind.OCCUPATION, entries, {})
    assert next(guess_by_grams(lexicon, "绿化养", near(lexicon, "绿化养")))[0] == "B"
