"""The vocabulary's files: how they are read, what the linter finds, and that ours are sane."""

from pathlib import Path

import pytest

from matching.tables import find_licence, find_occupation
from matching.types import Kind
from matching.vocabulary import Vocabulary, read_vocabulary, vocabulary
from matching.vocabulary_lint import lint


def read(folder: Path, *lines: str, name: str = "a.txt") -> Vocabulary:
    (folder / name).write_text("\n".join(lines) + "\n", encoding="utf-8")
    return read_vocabulary(folder)


def messages(words: Vocabulary) -> list[str]:
    return [str(finding) for finding in lint(words)]


def test_the_packaged_vocabulary_is_sane() -> None:
    assert [str(finding) for finding in lint()] == []


def test_the_packaged_vocabulary_has_the_words_of_a_county() -> None:
    known = vocabulary()
    words = {alias for concept in known.occupations.values() for alias in concept.aliases}
    assert len(words) >= 1500
    assert len(known.skills) >= 200
    assert {"电焊工", "扒虾工", "普工", "叉车司机", "月嫂", "二保焊工"} <= words


def test_every_code_of_the_packaged_vocabulary_exists() -> None:
    known = vocabulary()
    for code, concept in known.occupations.items():
        assert find_occupation(code) is not None
        assert all(skill in known.skills for skill in concept.skills)
        assert all(find_licence(key) is not None for key in concept.licences)


def test_a_block_gives_a_concept_with_all_its_references_looked_up(tmp_path: Path) -> None:
    known = read(
        tmp_path,
        "; 注释",
        "",
        "@ 6-18-02-04 焊工",
        "= 电焊工 二保焊工",
        "= CO2焊工",
        "+ 二保焊 看图纸",
        "~ 铆工 6-18-02-05 焊工",
        "> 6-18-02-05",
        "! 电工 6-18-01-01 电子焊接",
        "% SO-02-01",
        "@ 6-31-01-03 电工",
        "$ K-co2 二氧化碳保护焊",
        "= 二保焊",
        "> K-drawing",
        "$ K-drawing 看图纸",
        "~ K-co2",
        "! K-other",
    )
    assert lint(known) == []
    welder = known.occupations["6-18-02-04"]
    assert welder.kind is Kind.OCCUPATION
    assert welder.aliases == ("电焊工", "二保焊工", "co2焊工")
    assert welder.skills == ("K-co2", "K-drawing")
    assert welder.close == {"6-18-01-11", "6-18-02-05"}
    assert welder.covers == {"6-18-02-05"}
    assert welder.never == {"6-31-01-03", "6-18-01-01"}
    assert welder.never_texts == {"电子焊接"}
    assert welder.licences == ("SO-02-01",)
    assert known.skills["K-drawing"].never_texts == {"k-other"}
    assert known.concepts(Kind.SKILL) is known.skills
    assert known.concepts(Kind.LICENCE) == {}


def test_blocks_of_one_code_in_two_files_become_one(tmp_path: Path) -> None:
    read(tmp_path, "@ 6-18-02-04 焊工", "= 电焊工", name="a.txt")
    known = read(tmp_path, "@ 6-18-02-04 焊工", "= 气焊工", name="b.txt")
    assert known.occupations["6-18-02-04"].aliases == ("电焊工", "气焊工")


def test_a_name_of_the_classification_may_hold_a_space(tmp_path: Path) -> None:
    known = read(tmp_path, "@ 6-05-99-00 其他纺织品、服装和皮革、 毛皮制品加工制作人员", "= 后道工")
    assert known.findings == ()
    assert "6-05-99-00" in known.occupations


def test_the_version_follows_the_content(tmp_path: Path) -> None:
    first = read(tmp_path, "@ 6-18-02-04 焊工").version
    assert read(tmp_path, "@ 6-18-02-04 焊工").version == first
    assert read(tmp_path, "@ 6-18-02-04 焊工", "= 电焊工").version != first


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (["= 电焊工"], "a.txt:1: words before any block, or in a block that was refused"),
        (["? 电焊工"], "a.txt:1: not a line of the vocabulary: ? 电焊工"),
        (["=电焊工"], "a.txt:1: not a line of the vocabulary: =电焊工"),
        (["@ 6-18-02-04 焊工", "="], "a.txt:2: not a line of the vocabulary: ="),
        (["@ 6-18-02-04"], "a.txt:1: a block starts with a code and a name"),
        (["@ 6-18-02-99 焊工"], "a.txt:1: no occupation 6-18-02-99 in the classification"),
        (["@ 6-18-02-04 电焊工"], "a.txt:1: 6-18-02-04 is 焊工, not 电焊工"),
        (["$ 二保焊 二保焊"], "a.txt:1: the code of a skill begins with K-: 二保焊"),
        (["$ K-a 甲", "$ K-a 乙"], "a.txt:2: K-a is named 甲 at a.txt:1"),
        (["$ K-a 甲", "+ 乙"], "a.txt:2: a skill takes no line +"),
        (["@ 6-18-02-04 焊工", "+ 没有的本事"], "a.txt:2: + names no skill: 没有的本事"),
        (["@ 6-18-02-04 焊工", "~ 没有的工种"], "a.txt:2: ~ names no occupation: 没有的工种"),
        (["@ 6-18-02-04 焊工", "% SO-99-99"], "a.txt:2: no licence SO-99-99"),
    ],
)
def test_a_faulty_line_is_found_and_costs_only_its_own_words(
    tmp_path: Path, lines: list[str], expected: str
) -> None:
    known = read(tmp_path, *lines, "@ 6-31-01-03 电工", "= 维修电工")
    assert messages(known) == [expected]
    assert known.occupations["6-31-01-03"].aliases == ("维修电工",)


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (["@ 6-18-02-04 焊工", "= ＣＯ２焊工"], "a.txt:2: write co2焊工, not ＣＯ２焊工"),
        (
            ["@ 6-18-02-04 焊工", "= 电焊工 电焊工"],
            "a.txt:2: 电焊工 stands already at a.txt:2, for 6-18-02-04",
        ),
        (
            ["@ 6-18-02-04 焊工", "= 烧焊工", "@ 6-18-01-11 铆工", "= 烧焊工"],
            "a.txt:4: 烧焊工 stands already at a.txt:2, for 6-18-02-04",
        ),
        (["@ 6-18-02-04 焊工", "= 铆工"], "a.txt:2: 铆工 is the name of 6-18-01-11"),
        (["$ K-a 甲本事", "$ K-b 乙本事", "= 甲本事"], "a.txt:3: 甲本事 is the name of K-a"),
        (
            ["$ K-a 甲本事", "> K-b", "$ K-b 乙功夫", "> K-c K-d", "$ K-c 丙能耐", "> K-b", "$ K-d 丁手艺"],
            "vocabulary: covers in a circle: K-b > K-c > K-b",
        ),
        (
            ["$ K-a 甲本事", "~ K-b", "! K-b", "$ K-b 乙功夫"],
            "vocabulary: K-a is never K-b and yet close to it",
        ),
        (
            ["$ K-a 甲本事", "! K-b", "$ K-b 乙功夫", "> K-a"],
            "vocabulary: K-a is never K-b and yet close to it",
        ),
        (
            ["@ 6-18-02-04 焊工", "= 烧汉工", "@ 6-18-01-11 铆工", "= 烧焊工"],
            "vocabulary: 烧汉工 (6-18-02-04) sounds like 烧焊工 (6-18-01-11)",
        ),
        (
            ["@ 6-18-02-04 焊工", "= 猫工"],
            "vocabulary: 猫工 (6-18-02-04) sounds like 铆工 (6-18-01-11)",
        ),
        (["$ K-a 点焊", "$ K-b 电焊"], "vocabulary: 点焊 (K-a) sounds like 电焊 (K-b)"),
    ],
)
def test_the_linter_finds_what_a_reviewer_would_miss(tmp_path: Path, lines: list[str], expected: str) -> None:
    assert messages(read(tmp_path, *lines)) == [expected]


@pytest.mark.parametrize("mark", ["!", "~", ">"])
def test_words_may_sound_alike_where_a_relation_is_declared(tmp_path: Path, mark: str) -> None:
    assert messages(read(tmp_path, "$ K-a 点焊", "$ K-b 电焊", f"{mark} K-a")) == []


def test_words_of_one_character_and_words_of_one_concept_may_sound_alike(tmp_path: Path) -> None:
    assert messages(read(tmp_path, "$ K-a 电焊", "= 车 点焊", "$ K-b 钳工活", "= 扯")) == []


def test_one_text_for_two_concepts_is_told_once_and_not_as_a_clash_of_sound(tmp_path: Path) -> None:
    found = messages(read(tmp_path, "$ K-a 甲本事", "= 烧焊", "$ K-b 乙功夫", "= 烧焊"))
    assert found == ["a.txt:4: 烧焊 stands already at a.txt:2, for K-a"]
