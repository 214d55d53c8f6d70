"""One spelling for texts that differ only in how they were typed."""

import re
from functools import cache, lru_cache
from unicodedata import normalize

from opencc import OpenCC

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
    return text if _is_simplified(text) else _converter().convert(text)


def _is_simplified(text: str) -> bool:
    """Whether all characters stand in GB 2312, which holds what is written in simplified Chinese.

    Some of them are traditional elsewhere: 乾 is 干 in 乾洗 and stays itself in 乾县.
    """
    try:
        text.encode("gb2312")
    except UnicodeEncodeError:
        return False
    return True


@cache
def _converter() -> OpenCC:
    """Characters alone: the converters for regions would turn 計程車 into 出租车."""
    return OpenCC("t2s")


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
