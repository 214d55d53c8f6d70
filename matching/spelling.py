"""One spelling for texts that differ only in how they were typed."""

import re
from functools import lru_cache
from unicodedata import normalize

from zhconv.zhconv import convert, getdict

# What NFKC leaves apart though people type it for the same thing.
_SAME_MARKS = str.maketrans(
    {
        **dict.fromkeys("【〔〖『「《〈[{", "("),
        **dict.fromkeys("】〕〗』」》〉]}", ")"),
        **dict.fromkeys("—–―‐‑−~〜∼", "-"),
        **dict.fromkeys("·・•‧∙⋅", "·"),
        **dict.fromkeys("“”„‟″＂", '"'),
        **dict.fromkeys("‘’‚‛′", "'"),
        **dict.fromkeys("\u200b\u200c\u200d\u2060\ufeff\u00ad\ufe0f", None),
        "。": ".",
        "丨": "|",
    }
)
HAN = "\u3400-\u9fff\U00020000-\U0003ffff"
_SPACES = re.compile(r"[\s\x00-\x1f\x7f]+")
# A space beside a Chinese character or a mark says nothing; between Latin words it does.
_IDLE_SPACE = re.compile(r"(?<![a-z0-9]) | (?![a-z0-9])")


def normalise(text: str) -> str:
    """One spelling of a text: full width, case, traditional characters, marks and spaces made equal.

    Brackets of every kind become `()`, dashes `-`, and spaces are kept only between Latin letters or
    digits. Idempotent. Regional words are not translated (計程車 becomes 计程车, not 出租车).
    """
    return _normalise(text)


@lru_cache(maxsize=1 << 16)
def _normalise(text: str) -> str:
    # Taking a space away may let a compatibility form or a phrase of two characters appear, so that
    # one round is not always enough.
    while (once := _IDLE_SPACE.sub("", unify(text)).strip()) != text:
        text = once
    return text


def unify(text: str) -> str:
    """As `normalise`, but runs of white space stay as one space."""
    text = normalize("NFKC", normalize("NFKC", text).casefold()).translate(_SAME_MARKS)
    return _SPACES.sub(" ", _simplify(text))


def _simplify(text: str) -> str:
    # Most texts hold no traditional character; finding that out is ten times quicker than converting.
    if text.isascii() or _traditional().isdisjoint(text):
        return text
    return str(convert(text, "zh-hans"))


@lru_cache(maxsize=1)
def _traditional() -> frozenset[str]:
    return frozenset(key for key in getdict("zh-hans") if len(key) == 1)


_EMPTY_BRACKETS = re.compile(r"\([\s,、;+/.:!*-]*\)")
_LOOSE_MARKS = " ,、;+/.:!?*|&-=·#\"'~<>"


def tidy(text: str) -> str:
    """Empty brackets, doubled and outer marks off."""
    text = _EMPTY_BRACKETS.sub("", text)
    text = re.sub(r"([(])[ ,、;+/.:!*-]+|[ ,、;/.:!*-]+([)])", r"\1\2", text)
    if "c++" not in text:
        text = re.sub(r"[,、;/|+ ]*([,、;/|+])[,、;/|+ ]*", r"\1", text)
    return normalise(_unbalanced_off(text.strip(_LOOSE_MARKS)))


def _unbalanced_off(text: str) -> str:
    if text.count("(") == text.count(")"):
        return text
    return text.replace("(", "" if text.startswith("(") else " ").replace(")", " ").strip(_LOOSE_MARKS)
