"""The tree of official divisions and an index of all their names."""

from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property, lru_cache

from matching.names import Form, short_names, stem_of
from matching.tables import Region, division_aliases, division_neighbours, divisions

LONGEST = 15
"""No official name has more characters."""


class Gazetteer:
    """Divisions, what they are called, and which towns lie side by side.

    Built from rows, so that a bureau's own aliases, points and neighbours are rows like any other:
    a later row for the same code replaces the earlier one. Read-only once built, and so safe to share
    between threads.

    Args:
        regions: each after its parent.
        aliases: (name, code) of names beside the official ones; those of unknown codes are left out.
        neighbours: (code, code) of townships that lie side by side, in either order.
    """

    def __init__(
        self,
        regions: Iterable[Region],
        aliases: Iterable[tuple[str, str]] = (),
        neighbours: Iterable[tuple[str, str]] = (),
    ) -> None:
        self._regions = {region.code: region for region in regions}
        self._aliases = tuple((name, code) for name, code in aliases if code in self._regions)
        self._lines: dict[str, tuple[Region, ...]] = {}
        self._neighbours = frozenset(frozenset(pair) for pair in neighbours)

    @cached_property
    def _children(self) -> dict[str, tuple[str, ...]]:
        found: dict[str, list[str]] = {}
        for region in self._regions.values():
            found.setdefault(region.parent, []).append(region.code)
        return {parent: tuple(sorted(codes)) for parent, codes in found.items()}

    @cached_property
    def names(self) -> Mapping[str, Sequence[tuple[str, Form]]]:
        """Every name of two or more characters with the codes it may mean and in which form."""
        found: dict[str, list[tuple[str, Form]]] = {}
        for code, name, level, _, _ in self._regions.values():
            found.setdefault(name, []).append((code, Form.FULL))
            stem = stem_of(name, level)
            if stem != name:
                found.setdefault(stem, []).append((code, Form.STEM))
            if level < 4:
                for short in short_names(name, level):
                    found.setdefault(short, []).append((code, Form.SHORT))
        for name, code in self._aliases:
            found.setdefault(name, []).append((code, Form.ALIAS))
        return found

    @cached_property
    def _sorted_names(self) -> list[str]:
        return sorted(self.names)

    def names_from(self, prefix: str) -> Iterable[str]:
        """All names that begin with a prefix, in code point order."""
        place = bisect_left(self._sorted_names, prefix)
        while place < len(self._sorted_names) and self._sorted_names[place].startswith(prefix):
            yield self._sorted_names[place]
            place += 1

    def __getitem__(self, code: str) -> Region:
        return self._regions[code]

    def find(self, code: str) -> Region | None:
        """The division of a code, or None."""
        return self._regions.get(code)

    def children(self, code: str) -> tuple[Region, ...]:
        """The divisions right below one, by code; the provinces for ""."""
        return tuple(self._regions[child] for child in self._children.get(code, ()))

    def ancestors(self, code: str) -> tuple[Region, ...]:
        """The divisions above one, nearest first; empty for a province and an unknown code."""
        line = self._lines.get(code)
        if line is None:
            region = self._regions.get(code)
            above = self._regions.get(region.parent) if region else None
            line = (above, *self.ancestors(above.code)) if above else ()
            self._lines[code] = line
        return line

    def is_within(self, code: str, ancestor: str) -> bool:
        """Whether a division is another one or lies in it. Unknown codes lie nowhere."""
        return code in self._regions and (
            code == ancestor or any(r.code == ancestor for r in self.ancestors(code))
        )

    def are_neighbours(self, one: str, other: str) -> bool:
        """Whether two townships are known to lie side by side."""
        return frozenset((one, other)) in self._neighbours


@lru_cache(maxsize=1)
def packaged_gazetteer() -> Gazetteer:
    """The gazetteer of the packaged tables."""
    return Gazetteer(divisions(), division_aliases(), division_neighbours())
