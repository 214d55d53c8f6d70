"""The repository's own files, as the conventions look at them."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]

_FOLDERS = ("matching", "service", "consumer", "bench", "tests")
_NOT_OURS = {"__pycache__", ".hypothesis"}
_CODE = {".py", ".sh", "", ".mako", ".js", ".css", ".html", ".svg", ".xml"}
_WORDS = {".md", ".toml", ".yaml", ".yml", ".in", ".txt", ".csv", ".tsv", ".json", ".example"}


@dataclass(frozen=True)
class Source:
    """One text file: `name` is its path from the root, with slashes."""

    name: str
    text: str

    @property
    def tree(self) -> ast.Module:
        """Its syntax tree, where it is Python."""
        return ast.parse(self.text, self.name)

    def is_in(self, *places: str) -> bool:
        """Whether it is one of `places` or lies in one; a folder ends with a slash."""
        return any(
            self.name == place or (place.endswith("/") and self.name.startswith(place)) for place in places
        )


def all_paths() -> Iterator[Path]:
    """Every file that belongs to the repository: what a data directory or a cache holds is not among them."""
    yield from (path for path in sorted(ROOT.iterdir()) if path.is_file() and path.name != ".env")
    for folder in (*_FOLDERS, "docs", ".ci"):
        for path in sorted((ROOT / folder).rglob("*")):
            if path.is_file() and not _NOT_OURS & set(path.parts):
                yield path


def name_of(path: Path) -> str:
    """The path from the root, with slashes."""
    return path.relative_to(ROOT).as_posix()


def texts() -> list[Source]:
    """Every text file."""
    return [
        Source(name_of(path), path.read_text(encoding="utf-8"))
        for path in all_paths()
        if path.suffix in _CODE | _WORDS and not path.name.startswith(".coverage")
    ]


def python(*places: str) -> list[Source]:
    """The Python files in `places`, or all of them."""
    found = [source for source in texts() if source.name.endswith(".py")]
    return [source for source in found if not places or source.is_in(*places)]
