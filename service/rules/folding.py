"""Text folded for looking at, character by character, with the way back to the original."""

import re
import unicodedata
from dataclasses import dataclass
from functools import cache, lru_cache

# Only the traditional characters that the wording rules look for; names of places and trades are not
# our concern here.
_SIMPLER = str.maketrans(
    "優歲證戶無僅須體檢繳費壓員職婦婚親紋錄聯係號電話視習薪資面議貸過國參齡區農籍漢滿銀東錢",
    "优岁证户无仅须体检缴费压员职妇婚亲纹录联系号电话视习薪资面议贷过国参龄区农籍汉满银东钱",
)
_DASHES = str.maketrans(dict.fromkeys("‐‑‒–—―−", "-") | {"〜": "~", "∼": "~"})
_CJK = "\u4e00-\u9fff"
# 限 男, 男·士·优·先: single characters kept apart from each other to slip past a check.
_SPACED_OUT = re.compile(rf"(?<![{_CJK}])[{_CJK}](?P<gap>[ \t·•*_~.\-]+)(?=[{_CJK}](?![{_CJK}]))")


@dataclass(frozen=True, slots=True)
class Folded:
    """`text` to search in; `origin[i]` is the place in the original of its i-th character.

    `origin` has one item more than `text`: the original's length.
    """

    text: str
    origin: tuple[int, ...]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The original's span of a non-empty span of `text`."""
        return self.origin[start], self.origin[end - 1] + 1


@cache
def fold_character(character: str) -> str:
    """Half width, lower case, simplified; one character always stays one, and an invisible one is ""."""
    if unicodedata.category(character) == "Cf":
        return ""
    plain = unicodedata.normalize("NFKC", character).lower().translate(_SIMPLER).translate(_DASHES)
    return plain if len(plain) == 1 else character


# A text is folded once for its wording and once for its contacts.
@lru_cache(maxsize=64)
def fold(text: str) -> Folded:
    """Fold width, case and script, drop what is invisible, and close up spaced-out characters."""
    pairs = [(plain, place) for place, character in enumerate(text) if (plain := fold_character(character))]
    plain = "".join(character for character, _ in pairs)
    gaps = {place for gap in _SPACED_OUT.finditer(plain) for place in range(*gap.span("gap"))}
    kept = [pair for index, pair in enumerate(pairs) if index not in gaps]
    return Folded("".join(pair[0] for pair in kept), (*(pair[1] for pair in kept), len(text)))
