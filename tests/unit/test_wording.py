"""The wording check: labelled sentences, dates of the law, rewrites, and a set it was not tuned on."""

import csv
from datetime import date
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.rules.wording import Finding, Level, apply_rewrite, check_wording
from service.rules.wording_rules import CONTACT_RULE, RULES

GOLDEN = Path(__file__).parent.parent / "golden"
ON = date(2026, 11, 23)


def labelled(name: str) -> list[tuple[str, frozenset[str]]]:
    with (GOLDEN / name).open(encoding="utf-8", newline="") as file:
        rows = csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
        return [(row["text"], frozenset(filter(None, row["rules"].split(",")))) for row in rows]


CASES = labelled("wording_cases.tsv")
HOLDOUT = labelled("wording_holdout.tsv")


def found(text: str, on: date = ON) -> tuple[Finding, ...]:
    return check_wording({"duties": text}, on=on)


def rules_of(text: str, on: date = ON) -> frozenset[str]:
    return frozenset(finding.rule for finding in found(text, on))


@pytest.mark.parametrize(("text", "rules"), CASES, ids=[text for text, _ in CASES])
def test_a_sentence_fires_exactly_its_rules(text, rules):
    assert rules_of(text) == rules


def test_the_table_has_every_rule_and_many_hard_negatives():
    labels = frozenset().union(*(rules for _, rules in CASES))
    assert labels == {rule.id for rule in (*RULES, CONTACT_RULE)}
    assert sum(1 for _, rules in CASES if rules) >= 150
    assert sum(1 for _, rules in CASES if not rules) >= 100


def test_recall_and_false_alarms_on_the_set_kept_apart():
    wanted = sum(len(rules) for _, rules in HOLDOUT)
    hit = sum(len(rules & rules_of(text)) for text, rules in HOLDOUT)
    clean = [text for text, rules in HOLDOUT if not rules]
    alarmed = [text for text in clean if found(text)]
    assert hit / wanted >= 0.95
    assert len(alarmed) / len(clean) <= 0.02, alarmed


def test_no_sentence_of_the_set_kept_apart_is_in_the_table():
    assert not {text for text, _ in HOLDOUT} & {text for text, _ in CASES}


@pytest.mark.parametrize("text", [text for text, rules in (*CASES, *HOLDOUT) if rules])
def test_applying_the_rewrites_one_by_one_ends_in_lawful_text(text):
    for _ in range(6):
        findings = found(text)
        if not findings:
            return
        text = apply_rewrite(text, findings[0])
    raise AssertionError(text)


@pytest.mark.parametrize("text", [text for text, _ in CASES])
def test_a_finding_quotes_the_text_at_its_place_and_never_overlaps(text):
    findings = found(text)
    assert all(text[each.start : each.end] == each.text and each.text for each in findings)
    assert all(left.end <= right.start for left, right in pairwise(findings))


@given(st.text(alphabet="男女限招性工优先岁18-45外地人乙肝押金不无,，。 （）面议证", max_size=30))
def test_no_text_breaks_the_check_or_its_places(text):
    for finding in found(text):
        assert text[finding.start : finding.end] == finding.text
        apply_rewrite(text, finding)


def test_full_width_and_spaced_out_words_are_found_at_their_place_in_the_original():
    (finding,) = found("搬运工，男　士　优　先，包住")
    assert finding.text == "男　士　优　先"
    assert apply_rewrite("搬运工，男　士　优　先，包住", finding) == "搬运工，包住"


def test_a_zero_width_space_does_not_hide_a_word():
    assert rules_of("限\u200b男性") == {"sex_male"}


def test_the_title_gives_the_context_for_the_conditions():
    fields = {"title": "电工", "conditions": "无证亦可"}
    assert [(each.field, each.rule) for each in check_wording(fields, on=ON)] == [
        ("conditions", "unlicensed")
    ]
    assert check_wording({"title": "包装工", "conditions": "无证亦可"}, on=ON) == ()


def test_an_age_of_eighteen_in_another_field_clears_holiday_workers():
    assert check_wording({"title": "暑假工", "conditions": "18周岁以上"}, on=ON) == ()


def test_underground_work_may_be_reviewed_with_the_annex_item_cited():
    (finding,) = check_wording({"title": "矿山井下支护工", "conditions": "限男性"}, on=ON)
    assert (finding.rule, finding.level) == ("sex_hazard", Level.REVIEW)
    assert "附录一" in finding.exception


def test_work_in_a_shop_has_no_annex_item_without_need():
    (finding,) = found("限女性")
    assert (finding.level, finding.exception) == (Level.BLOCK, "")


@pytest.mark.parametrize(
    ("on", "level"),
    [
        pytest.param(date(2018, 9, 30), None, id="before-the-regulation"),
        pytest.param(date(2018, 10, 1), Level.REVIEW, id="the-regulation-in-force"),
        pytest.param(date(2026, 1, 12), Level.REVIEW, id="the-day-before-the-notice"),
        pytest.param(date(2026, 1, 13), Level.BLOCK, id="the-notice-published"),
    ],
)
def test_a_limit_by_household_is_judged_by_the_law_of_the_day(on, level):
    assert [finding.level for finding in found("本地户口优先", on)] == ([level] if level else [])


def test_the_article_is_the_one_of_the_day():
    assert "妇女权益保障法" not in found("限男性", date(2022, 12, 31))[0].article
    assert "妇女权益保障法" in found("限男性", date(2023, 1, 1))[0].article


def test_contacts_are_nobodys_rule_before_the_regulation():
    assert found("联系13812345678", date(2018, 9, 30)) == ()
    assert "个人信息保护法" not in found("联系13812345678", date(2021, 10, 31))[0].article
    assert "个人信息保护法" in found("联系13812345678")[0].article


def test_grounds_of_a_rule_follow_each_other_without_overlap():
    for rule in (*RULES, CONTACT_RULE):
        for earlier, later in pairwise(rule.grounds):
            assert earlier.until is not None
            assert earlier.until < later.since
        assert rule.grounds[-1].until is None


def test_every_rule_says_why_and_cites_something():
    for rule in (*RULES, CONTACT_RULE):
        assert rule.why.endswith("。")
        assert all(ground.article for ground in rule.grounds)


def test_the_stricter_of_two_rules_speaks_where_they_meet():
    levels = [finding.level for finding in found("本市户籍18-30")]
    assert levels == [Level.BLOCK, Level.REVIEW]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("要求：限男，有经验", "要求：有经验", id="after-a-colon"),
        pytest.param("有经验，限男", "有经验", id="at-the-end"),
        pytest.param("有经验，限男，包住", "有经验，包住", id="between-commas"),
        pytest.param("有经验，限男。包住", "有经验。包住", id="before-a-stop"),
        pytest.param("要求：1、限男；2、有经验", "要求：2、有经验", id="a-numbered-item"),
        pytest.param("1、有经验 2、限男", "1、有经验", id="the-last-numbered-item"),
        pytest.param("1、有经验；2、限男", "1、有经验", id="the-last-item-after-a-semicolon"),
        pytest.param("1、限男。2、有经验", "2、有经验", id="an-item-before-a-stop"),
        pytest.param("岗位要求：男性；初中文化", "岗位要求：初中文化", id="a-heading-stays"),
        pytest.param("要求：会电焊 限男 包住", "要求：会电焊 包住", id="between-blanks"),
        pytest.param("搬运工（限男）", "搬运工", id="in-brackets"),
        pytest.param("1、限男，包住", "1、包住", id="a-numbered-item-that-goes-on"),
        pytest.param("招男保安两名", "招保安两名", id="inside-a-phrase"),
        pytest.param("年龄18-45周岁", "年满18周岁", id="an-age-keeps-its-legal-floor"),
        pytest.param("年龄25-45周岁", "年满16周岁", id="an-age-loses-an-unneeded-floor"),
    ],
)
def test_a_rewrite_leaves_no_stray_comma_number_or_bracket(text, expected):
    assert apply_rewrite(text, found(text)[0]) == expected


def test_a_rewrite_is_refused_on_another_text():
    with pytest.raises(ValueError, match="重新检查"):
        apply_rewrite("包吃住，限男", found("限男")[0])


def test_the_contact_in_a_text_is_replaced_by_its_placeholder():
    text = "有意者联系 138-1234-5678"
    assert apply_rewrite(text, found(text)[0]) == "有意者联系 〔手机号〕"
