"""Finds wording that the law forbids or that a second person has to look at, and offers lawful words."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from service.rules.contacts import find_contacts
from service.rules.folding import Folded, fold
from service.rules.wording_rule import Ground, Level, Phrase, Rule
from service.rules.wording_rules import CONTACT_RULE, RULES

__all__ = ["Finding", "Level", "apply_rewrite", "check_wording"]

# How far a guard looks back: a clause's length. Longer would let one denial excuse the next sentence.
_LOOK_BACK = 16
_SEVERITY = {Level.BLOCK: 0, Level.REVIEW: 1, Level.INFORM: 2}
_SEPARATORS = " \t,，;；、/|"
_ENDS = "。；;\n)）]】"
_OPENERS = ":：(（\n。"
_STOPS = "。；;\n"
_ORPHAN_NUMBER = re.compile(r"(?:(?<=[:：;；。\n\s])|^)[(（]?\d{1,2}[、.．)）]\s*$")
_EMPTY_BRACKETS = re.compile(r"[(（\[【]\s*[)）\]】]")


@dataclass(frozen=True, slots=True)
class Finding:
    """Words in a field that a rule is about.

    `start` and `end` are places in the field's text as given, and `text` is what stands there.
    `rewrite` is lawful wording for the span, "" to delete it. `exception` is what may be cited to
    keep the words, "" where nothing may. `article` and `level` are those of the day asked for.
    """

    field: str
    start: int
    end: int
    text: str
    rule: str
    level: Level
    article: str
    why: str
    rewrite: str
    exception: str


def check_wording(fields: Mapping[str, str], *, on: date) -> tuple[Finding, ...]:
    """Every finding in the fields, in their order and then by place; findings never overlap.

    Where two rules meet on the same words the stricter one speaks, then the longer one; the other
    speaks again, should its words be left, when the text is checked after the rewrite.

    Args:
        fields: texts by field name. All of them together are the context: a title "电工" makes
            "无证亦可" in the conditions unlawful.
        on: the day whose law counts.
    """
    folded = {name: fold(text) for name, text in fields.items()}
    context = "\n".join(each.text for each in folded.values())
    in_force = [(rule, ground) for rule in RULES if (ground := rule.ground(on)) and _applies(rule, context)]
    findings: list[Finding] = []
    for name, text in fields.items():
        found = [
            finding
            for rule, ground in in_force
            for finding in _rule_findings(rule, ground, name, text, folded[name])
        ]
        found.extend(_contact_findings(name, text, on))
        findings.extend(_without_overlaps(found))
    return tuple(findings)


def apply_rewrite(text: str, finding: Finding) -> str:
    """The text with the finding's words replaced, and no stray comma, number or bracket left behind.

    Raises:
        ValueError: the text is not the one that was checked.
    """
    if text[finding.start : finding.end] != finding.text:
        raise ValueError("文字已经改动，请重新检查后再替换。")
    left, right = text[: finding.start], text[finding.end :]
    if finding.rewrite:
        return left + finding.rewrite + right
    return _EMPTY_BRACKETS.sub("", _joined(left, right)).strip()


def _joined(left: str, right: str) -> str:
    """Both sides of a deletion with at most one separator between them."""
    rest = right.lstrip(_SEPARATORS)
    if rest and right[0] not in _ENDS and rest[0] not in _ENDS:
        return left + (rest if not left or left[-1] in _OPENERS + _SEPARATORS else right)
    # The deleted words ended their item: its number goes with them.
    kept = _ORPHAN_NUMBER.sub("", left)
    before = kept.rstrip(_SEPARATORS)
    if not rest.lstrip(_STOPS):
        return before + rest[:1]
    if kept != left or not before or before[-1] in _OPENERS:
        return kept + rest.lstrip(_STOPS)
    return before + right.lstrip(" \t,，、")


def _applies(rule: Rule, context: str) -> bool:
    """Whether the fields together give the rule its context."""
    if rule.unless and rule.unless.search(context):
        return False
    return rule.needs is None or rule.needs.search(context) is not None


def _rule_findings(rule: Rule, ground: Ground, name: str, text: str, folded: Folded) -> Iterator[Finding]:
    if not any(key in folded.text for key in rule.keys):
        return
    for phrase in rule.phrases:
        for hit in phrase.pattern.finditer(folded.text):
            if _excused(phrase, hit, folded.text):
                continue
            group = "cut" if "cut" in phrase.pattern.groupindex else 0
            start, end = folded.span(*hit.span(group))
            rewrite = phrase.rewrite.replace("{floor}", _floor(hit))
            yield _finding(rule, ground, (name, text, start, end), rewrite)


def _excused(phrase: Phrase, hit: re.Match[str], text: str) -> bool:
    """Whether the words around a hit show that it is not the demand it looks like."""
    behind = text[max(0, hit.start() - _LOOK_BACK) : hit.start()]
    if phrase.before and phrase.before.search(behind):
        return True
    return phrase.after is not None and phrase.after.match(text, hit.end()) is not None


def _floor(hit: re.Match[str]) -> str:
    """The lowest age named where it is a legal bound (16 to 18), else 16."""
    stated = hit.groupdict().get("floor")
    return stated if stated in ("16", "17", "18") else "16"


def _finding(rule: Rule, ground: Ground, where: tuple[str, str, int, int], rewrite: str) -> Finding:
    name, text, start, end = where
    return Finding(
        field=name,
        start=start,
        end=end,
        text=text[start:end],
        rule=rule.id,
        level=ground.level,
        article=ground.article,
        why=rule.why,
        rewrite=rewrite,
        exception=rule.exception,
    )


def _contact_findings(name: str, text: str, on: date) -> Iterator[Finding]:
    ground = CONTACT_RULE.ground(on)
    if ground is None:
        return
    for contact in find_contacts(text):
        yield _finding(CONTACT_RULE, ground, (name, text, contact.start, contact.end), contact.placeholder)


def _without_overlaps(findings: list[Finding]) -> list[Finding]:
    """The strictest and longest of findings that meet, by place."""
    kept: list[Finding] = []
    for finding in sorted(findings, key=lambda f: (_SEVERITY[f.level], f.start - f.end, f.start)):
        if all(finding.end <= other.start or other.end <= finding.start for other in kept):
            kept.append(finding)
    return sorted(kept, key=lambda f: f.start)
