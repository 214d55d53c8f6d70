"""What each convention looks for. Every function returns the places that break it, as `file:line`."""

import ast
import re
from collections.abc import Iterator

from tests.architecture.tree import Source

MAX_FILE_LINES = 320
MAX_FUNCTION_LINES = 45

# The words that the rule forbids stand here and in its own examples alone.
_UNFINISHED = re.compile(
    r"\b(?:TODO|FIXME|XXX)\b|NotImplementedError|pragma: no cover|type: ignore(?!\[[\w, -]+\]  # \S)"
)
_SKIPPING = re.compile(r"pytest\.(?:mark\.)?(?:skip|xfail|importorskip)")
_OF_OS = {"environ", "environb", "getenv", "getenvb"}
_CLOCKS = {"today", "now", "utcnow", "monotonic", "perf_counter"}
_WRITES = {"add", "add_all", "delete", "insert", "update", "merge", "flush"}
_VAGUE_FILES = re.compile(r"(?:^|/)(?:utils?|helpers?|managers?|misc|common)(?:/|\.py$)")
# The two that SQLAlchemy asks a column type for are its names, not ours.
_VAGUE_FUNCTIONS = re.compile(r"_*(?:get|handle|process)_(?!bind_param$|result_value$)")
_LEGAL_BANNER = re.compile(
    r"/\*!|@license|@preserve|sourceMappingURL|Released under the \w+ licen[cs]e", re.IGNORECASE
)
_FOREIGN_NAMES = re.compile(
    r"\.min\.|(?:^|[/._-])(?:bootstrap|htmx|jquery|weui|swagger|echarts|vue|react|alpine|tailwind|fontawesome)[./_-]"
    r"|(?:^|/)(?:node_modules|vendor|third_party)/|\.(?:woff2?|ttf|otf|eot)$",
    re.IGNORECASE,
)
_FOREIGN_ADDRESS = re.compile(
    r"""(?:<(?:script|img|iframe|source|link)\b[^>]*\b(?:src|href)=["']|@import\s+["']|url\(["']?)\s*(?:https?:)?//""",
    re.IGNORECASE,
)


def at(source: Source, node: ast.AST) -> str:
    """Where a node stands."""
    return f"{source.name}:{getattr(node, 'lineno', 1)}"


def matches(source: Source, pattern: re.Pattern[str]) -> list[str]:
    """The lines in which `pattern` is found."""
    return [
        f"{source.name}:{n}" for n, line in enumerate(source.text.splitlines(), 1) if pattern.search(line)
    ]


def calls(source: Source) -> Iterator[tuple[ast.Call, str]]:
    """Every call, with the last name of what it calls."""
    for node in ast.walk(source.tree):
        if isinstance(node, ast.Call):
            if isinstance(node.func, ast.Attribute):
                yield node, node.func.attr
            elif isinstance(node.func, ast.Name):
                yield node, node.func.id


def functions(source: Source) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    """Every function and method, nested ones too."""
    for node in ast.walk(source.tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def commits(source: Source) -> list[str]:
    """Calls of `commit`."""
    return [at(source, call) for call, name in calls(source) if name == "commit"]


def environment_reads(source: Source) -> list[str]:
    """Whatever looks into the environment."""
    found = []
    for node in ast.walk(source.tree):
        names: set[str] = set()
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id == "os":
            names = {node.attr}
        elif isinstance(node, ast.ImportFrom):
            names = {alias.name for alias in node.names} & ({"Env"} if node.module == "environs" else _OF_OS)
        elif isinstance(node, ast.Import):
            names = {alias.name for alias in node.names}
        if names & {*_OF_OS, "Env", "environs", "dotenv"}:
            found.append(at(source, node))
    return found


def clock_reads(source: Source) -> list[str]:
    """Calls that ask what time it is, or for chance."""
    found = []
    for call, name in calls(source):
        called = ast.unparse(call.func)
        if isinstance(call.func, ast.Attribute) and (
            name in _CLOCKS or called == "time.time" or called.startswith(("random.", "secrets."))
        ):
            found.append(at(source, call))
    return found


def writes(source: Source) -> list[str]:
    """Calls that change rows, on a session or as a statement."""
    return [
        at(source, call)
        for call, name in calls(source)
        if name in _WRITES
        and isinstance(call.func, ast.Attribute)
        and isinstance(call.func.value, ast.Name)
        and call.func.value.id in {"session", "sa", "sqlalchemy"}
    ]


def without_session(source: Source) -> list[str]:
    """Public functions that touch a session they were not given as their first argument."""
    found = []
    for node in source.tree.body:
        if isinstance(node, ast.FunctionDef) and not node.name.startswith("_"):
            names = {inner.id for inner in ast.walk(node) if isinstance(inner, ast.Name)}
            arguments = [argument.arg for argument in (*node.args.posonlyargs, *node.args.args)]
            if "session" in names and arguments[:1] != ["session"]:
                found.append(at(source, node))
    return found


def long_file(source: Source) -> list[str]:
    """The file itself, where it is too long to be read at one sitting."""
    lines = source.text.count("\n")
    return [f"{source.name}: {lines} lines"] if lines > MAX_FILE_LINES else []


def long_functions(source: Source) -> list[str]:
    """Functions that are too long, their docstrings not counted: those are for reading."""
    return [
        f"{at(source, node)} {node.name}: {length} lines"
        for node in functions(source)
        if (length := _length(node)) > MAX_FUNCTION_LINES
    ]


def _length(node: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    length = (node.end_lineno or node.lineno) - node.lineno + 1
    first = node.body[0]
    if ast.get_docstring(node) is not None:
        length -= (first.end_lineno or first.lineno) - first.lineno + 1
    return length


def unfinished(source: Source) -> list[str]:
    """Marks of work that was left, and types that were silenced without a code and a reason."""
    return matches(source, _UNFINISHED)


def skipping(source: Source) -> list[str]:
    """Tests that may choose not to run."""
    return matches(source, _SKIPPING)


def vague_names(source: Source) -> list[str]:
    """Files and functions whose name does not say what they give."""
    found = [source.name] if _VAGUE_FILES.search(source.name) else []
    return found + [at(source, node) for node in functions(source) if _VAGUE_FUNCTIONS.match(node.name)]


def is_foreign_file(name: str) -> bool:
    """Whether a file's name is that of somebody else's code, style or font."""
    return bool(_FOREIGN_NAMES.search(name))


def legal_banners(source: Source) -> list[str]:
    """What minifiers and bundlers leave at the top and the bottom of other people's files."""
    return matches(source, _LEGAL_BANNER)


def foreign_addresses(source: Source) -> list[str]:
    """Scripts, styles, pictures and fonts that a page would fetch from elsewhere."""
    return matches(source, _FOREIGN_ADDRESS)
