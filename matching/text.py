"""Chinese job words made comparable: one spelling, one word at a time, chatter off, negations kept."""

import re

from matching.chatter import strip_chatter
from matching.facts import Facts, contradicts, find_facts, take_facts
from matching.spelling import HAN, normalise, unify

__all__ = ["Facts", "contradicts", "find_facts", "normalise", "split_words", "strip_chatter", "take_facts"]

# "," between digits belongs to a number and "+" after c or a digit to a word (C++, 8000+).
_MARKS = re.compile(
    r"(?<![\da-z])\d{1,2}(?:、|[.)](?!\d))|[、;/|\\\n\r\t&:!?]|(?<!\d),|,(?!\d)"
    r"|(?<![c\d+])\+(?!\+)|(?<=\d)\+(?=[^\d\s+])|\.(?![\da-z])"
)
_WORDS = re.compile(rf"(?<=[{HAN}a-z0-9)]{{2}})(?:以及|或者|还有|和|及|或|与|跟|兼)(?=[{HAN}a-z0-9]{{2}})")
# Words in which 和, 及, 或, 与, 跟 or 兼 is no "and".
_NOT_AND = re.compile(
    r"(?:和面|和平|和谐|和睦|和田|和硕|和静|和龙|和顺|和县|和林|和气|和善|和泥|和灰|和尚|和牛|和服"
    r"|及时|及格|普及|涉及|危及|以及|或者|还有|参与|与会|跟单|跟车|跟刀|跟班|跟踪|跟台|跟拍"
    r"|跟包|兼职|兼任|兼容|兼并"
    r"|温和|平和|饱和|中和|调和|缓和|共和|祥和|柔和|总和|亲和|拌和|颐和)"
)
_BETWEEN_WORDS = re.compile(rf"(?<=[{HAN})]{{2}}) (?=[{HAN}(]{{2}}|[a-z])|(?<=[a-z0-9]) (?=[{HAN}]{{2}})")
_NUMBERING = re.compile(r"^(?:\(?\d{1,2}(?:[.)]\s*(?!\d)|、)|[一二三四五六七八九十]{1,2}、)")


def split_words(text: str) -> tuple[str, ...]:
    """The words of a list as people write it, normalised, in order, each once; may be empty.

    Parts at 、，,；;/|＋+ line ends and at 和, 及, 以及, 或, 与 where they join words of two or
    more characters; 和面工, 和平区 and 跟单员 stay whole. Marks inside brackets do not part.
    """
    text = unify(text.replace("\n", "、").replace("\r", "、").replace("\t", "、"))
    words = (normalise(_NUMBERING.sub("", part.strip())) for part in _parts(text))
    return tuple(dict.fromkeys(word.strip(" .-·*、") for word in words if word.strip(" .-·*、()")))


def _parts(text: str) -> list[str]:
    cuts = [match.span() for match in (*_MARKS.finditer(text), *_BETWEEN_WORDS.finditer(text))]
    kept = [match.span() for match in _NOT_AND.finditer(text)]
    cuts += [
        match.span()
        for match in _WORDS.finditer(text)
        if match[0] in {"以及", "或者", "还有"} or not any(a <= match.start() < b for a, b in kept)
    ]
    inside = _bracketed(text)
    parts, start = [], 0
    for begin, end in sorted(cuts):
        if begin >= start and not inside[begin]:
            parts.append(text[start:begin])
            start = end
    return [*parts, text[start:]]


def _bracketed(text: str) -> list[bool]:
    """For each character whether it stands between brackets that close."""
    inside = [False] * len(text)
    for match in re.finditer(r"\([^()]*\)", text):
        for place in range(*match.span()):
            inside[place] = True
    return inside
