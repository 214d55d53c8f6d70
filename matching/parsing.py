"""Which chain of divisions a text names, weighed against its rivals."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from matching.divisions import Gazetteer
from matching.mentions import Mention, ends_like_a_place, find_mentions, goes_on_like_an_address
from matching.names import Form, is_street
from matching.tables import Region

# What one character of a mention is worth in each form.
_WORTH = {
    Form.FULL: 1.0,
    Form.SHORT: 0.97,
    Form.ALIAS: 0.92,
    Form.STEM: 0.85,
    Form.SWAPPED: 0.6,
    Form.VILLAGE: 0.5,
}
# A division of the own county outweighs the exact namesake elsewhere, even with another ending
# (东港区 for 东港市: 3 characters x 0.6 + 3 against 3), but never what the text itself says above it.
_NEAR_COUNTY, NEAR_CITY, _NEAR_PROVINCE = 3.0, 1.6, 0.5
# Told without its ending, a name means the bigger place: 吉林 the province, 东港 the 市 and not the 区.
_RANK = {"市": 0.9, "县": 0.7, "旗": 0.7, "区": 0.5}
_CONFLICT = 6.0
_LATE = 0.25
_TIE = 0.15
# A name that more towns than this share is no village's own name (和平村, 新农村).
_RARE = 3


@dataclass(frozen=True, slots=True)
class Hint:
    """The bureau's own division and those around it; codes, "" where there is none."""

    own: str = ""
    city: str = ""
    province: str = ""

    def nearness(self, codes: Iterable[str]) -> float:
        """What it is worth that a division, told by its own code and those above it, lies near."""
        line = set(codes)
        if self.own in line:
            return _NEAR_COUNTY if self.own not in {self.city, self.province} else self._wide()
        if self.city in line:
            return NEAR_CITY
        return _NEAR_PROVINCE if self.province in line else 0.0

    def _wide(self) -> float:
        # A municipality is a city with its counties right below.
        return 1.0 if self.own == self.province and self.own[:2] not in {"11", "12", "31", "50"} else 2.0


@dataclass(frozen=True, slots=True)
class Reading:
    """One understanding of a text: a division with the mentions that speak for it, the last one its own.

    `near` is what the hint adds. `rivals` counts other divisions of the same name that the text and
    the hint leave possible but less likely.
    """

    code: str
    chain: tuple[Mention, ...]
    score: float
    near: float
    rivals: int = 0

    @property
    def own(self) -> Mention:
        """The mention of the division itself."""
        return self.chain[-1]

    @property
    def end(self) -> int:
        """Where the last mention ends."""
        return max(mention.end for mention in self.chain)


def make_hint(code: str, places: Gazetteer) -> Hint:
    """The hint of a division; a township stands for its county."""
    line = [region for region in (places.find(code), *places.ancestors(code)) if region and region.level < 4]
    if not line:
        return Hint()
    city = next((region.code for region in line if region.level == 2), "")
    return Hint(own=line[0].code, city=city, province=line[-1].code)


def readings(text: str, hint: Hint, places: Gazetteer) -> list[Reading]:
    """The understandings of a readable text, likeliest first; may be empty."""
    parser = _Parser(text, hint, places)
    found = [reading for mention in parser.mentions if (reading := parser.reading(mention))]
    found = [_weighed_against(reading, found, places) for reading in found]
    found.sort(key=lambda reading: (-reading.score, reading.code, reading.own.start))
    return found


class _Parser:
    """One text with its mentions, sorted for the questions that are asked of each of them."""

    def __init__(self, text: str, hint: Hint, places: Gazetteer) -> None:
        self.text = text
        self.hint = hint
        self.places = places
        self.mentions = find_mentions(text, places)
        self.ending: dict[int, set[str]] = {}
        for mention in self.mentions:
            self.ending.setdefault(mention.end, set()).add(mention.code)
        self.by_code: dict[str, list[Mention]] = {}
        for mention in self.mentions:
            self.by_code.setdefault(mention.code, []).append(mention)

    def reading(self, mention: Mention) -> Reading | None:
        """What speaks for one mention, or None where it stands for no place here."""
        above = self.places.ancestors(mention.code)
        if mention.form > Form.ALIAS and not self._opens(mention):
            # Most chance finds end here, before anything is weighed.
            before = self.ending.get(mention.start)
            if before is None or before.isdisjoint(higher.code for higher in above):
                return None
        region = self.places[mention.code]
        codes = (mention.code, *(higher.code for higher in above))
        near = self.hint.nearness(codes)
        chain = self._chain(mention, above)
        if not self._stands(mention, region, chain, near):
            return None
        chain = [*(m for m in chain[:-1] if m.form is not Form.STEM or self._holds(m, chain)), mention]
        first = min(m.start for m in chain)
        score = (
            sum(_WORTH[m.form] * (m.end - m.start) for m in chain)
            + near
            + _rank(region)
            - _LATE * min(first, 8)
        )
        return Reading(mention.code, tuple(chain), score, near)

    def _chain(self, mention: Mention, above: Iterable[Region]) -> list[Mention]:
        """The mention with the best one of each division above it, highest first."""
        chain = [mention]
        for region in above:
            rest = [
                m
                for m in self.by_code.get(region.code, ())
                if all(m.end <= c.start or m.start >= c.end for c in chain)
            ]
            if rest:
                start = chain[0].start
                chain.insert(
                    0, max(rest, key=lambda m: (m.start < start, _WORTH[m.form] * (m.end - m.start)))
                )
        return chain

    def _holds(self, mention: Mention, chain: list[Mention]) -> bool:
        """Whether a stem above the division is no chance: it opens the text or touches another link."""
        touches = any(m.end == mention.start or m.start == mention.end for m in chain)
        return touches or self._opens(mention)

    def _opens(self, mention: Mention) -> bool:
        return mention.start == 0 or self.text[mention.start - 1] == " "

    def _stands(self, mention: Mention, region: Region, chain: list[Mention], near: float) -> bool:
        """Whether a mention can stand for a place where it stands."""
        above = any(self._adjoins(m, mention) for m in chain[:-1])
        if mention.form <= Form.ALIAS:
            if mention.start == 0 or above:
                return True
            # Inside a word two characters are chance (唐县 in 行唐县), and so is a town far away.
            return len(region.name) > 2 and (region.level < 4 or near > 0 or self._opens(mention))
        if not above and not self._opens(mention):
            return False
        if mention.form is Form.SWAPPED:
            return above or near >= NEAR_CITY
        if mention.form is Form.VILLAGE:
            stem = self.text[mention.start : mention.end - 1]
            return (above or near >= _NEAR_COUNTY) and self._is_rare(stem)
        return self._stem_stands(mention, region, near, above=above)

    def _stem_stands(self, mention: Mention, region: Region, near: float, *, above: bool) -> bool:
        town = region.level == 4
        if town and is_street(region.name, self.text[mention.start : mention.end]):
            return False
        if ends_like_a_place(self.text, mention.end):
            return above or not town or near >= NEAR_CITY or self._stands_alone(mention, region)
        if goes_on_like_an_address(self.text, mention.end, town=town):
            return above or not town or near >= _NEAR_COUNTY
        return not town and any(
            m.start == mention.end and m.form <= Form.STEM and self.places.is_within(m.code, region.code)
            for m in self.mentions
        )

    def _stands_alone(self, mention: Mention, region: Region) -> bool:
        """Whether a town's stem is all that was written, with no hint, and hardly another town's too."""
        stem = self.text[mention.start : mention.end]
        whole = mention.start == 0 and " " not in self.text and not region.name.endswith("街道")
        return whole and not self.hint.own and self._is_rare(stem)

    def _adjoins(self, above: Mention, mention: Mention) -> bool:
        """Whether a higher division stands near enough in front, or, told in full, behind."""
        if above.start > mention.start:
            return above.form <= Form.SHORT
        return mention.form <= Form.ALIAS or not self.text[above.end : mention.start].strip()

    def _is_rare(self, stem: str) -> bool:
        """Whether so few towns of the country share a stem that it can stand alone."""
        return sum(len(code) == 9 for code, _ in self.places.names.get(stem, ())) <= _RARE


def _weighed_against(reading: Reading, found: list[Reading], places: Gazetteer) -> Reading:
    """The reading, worth less where the text names something else before it.

    That is a county or more that does not hold it (大连市 before 新兴街道), or another town before a town.
    """
    first = reading.own.start if len(reading.code) == 9 else min(mention.start for mention in reading.chain)
    for other in found:
        if other.end > first or other.own.form > Form.STEM or places.is_within(reading.code, other.code):
            continue
        if any(m.start < other.own.end and m.end > other.own.start for m in reading.chain):
            continue  # another view of the same characters, such as 唐县 in 行唐县
        return replace(reading, score=reading.score - _CONFLICT)
    return reading


def _rank(region: Region) -> float:
    """How much rather a bare name means this division than a smaller one of the same name."""
    if region.level in {1, 2}:
        return 1.3 if region.level == 1 else 1.1
    if region.level == 3:
        return _RANK.get(region.name[-1], 0.5)
    return -0.2 if region.name.endswith("农场") else 0.0


def decide(found: list[Reading], places: Gazetteer) -> Reading | None:
    """The likeliest reading, or what all that are equally likely lie in; None where that is nothing."""
    if not found:
        return None
    best = found[0]
    others = {
        r.code: r for r in found if r.code != best.code and r.score > 0 and r.own.start == best.own.start
    }
    tied = [r for r in others.values() if r.score >= best.score - _TIE]
    if not tied:
        rivals = sum(r.own.end == best.own.end for r in others.values())
        return Reading(best.code, best.chain, best.score, best.near, rivals)
    return _common(best, tied, places)


def _common(best: Reading, tied: list[Reading], places: Gazetteer) -> Reading | None:
    line = [best.code, *(region.code for region in places.ancestors(best.code))]
    for code in line:
        if all(places.is_within(reading.code, code) for reading in tied):
            chain = tuple(m for m in best.chain if m.code in line[line.index(code) :]) or best.chain
            return Reading(code, chain, best.score, best.near, len(tied))
    return None
