"""The page that tells how matching works, made from what the code says of itself."""

import ast
import inspect
from collections.abc import Callable, Iterator
from dataclasses import fields
from datetime import date
from itertools import pairwise

from matching import policy as policy_module
from matching.features import FEATURES
from matching.gates import RULES
from matching.policy import COMPONENTS, MatchPolicy, county_policy

HEAD = """# How matching works

This page is made from the code; a test keeps it current. Make it anew with
`python -c "from matching import matching_guide; print(matching_guide(), end='')" > docs/matching.md`.

The total of a pair is the sum of score x weight over all components, rounded to six decimals. A pair is a
match when no gate fails, the fit of work or skills reaches `fit_floor`, the place reaches `place_floor`,
and the total reaches `cutoff`.
A gate never counts as points. Sex, ethnicity, household registration, marriage, hepatitis B and upper
ages are never looked at. Equal totals are ordered by id.
"""


def matching_guide() -> str:
    """The page as Markdown: components, gates and the county's policy with every value."""
    # The day takes no part in the page; it only has to be the same every time.
    county = county_policy(date(2026, 1, 1))
    return "\n".join([HEAD, *_components(county), *_gates(), *_values(county)])


def _components(county: MatchPolicy) -> Iterator[str]:
    yield "## Components\n"
    yield "| component | weight | score where not stated |\n|---|---|---|"
    for name in COMPONENTS:
        yield f"| `{name}` | {county.weights[name]:g} | {county.neutral[name]:g} |"
    yield ""
    for name in COMPONENTS:
        yield f"### {name}\n\n{_told(FEATURES[name])}\n"


def _gates() -> Iterator[str]:
    yield "## Gates\n"
    for name, rule in RULES.items():
        yield f"### {name}\n\n{_told(rule)}\n"


def _values(county: MatchPolicy) -> Iterator[str]:
    yield f"## The policy {county.name}\n"
    yield "| value | set to | meaning |\n|---|---|---|"
    told = _field_docstrings()
    for field in fields(county):
        if field.name in told:
            value = getattr(county, field.name)
            shown = (
                ", ".join(f"{k} {v:g}" for k, v in value.items()) if isinstance(value, dict) else f"{value}"
            )
            yield f"| `{field.name}` | {shown or 'none'} | {' '.join(told[field.name].split())} |"
    yield ""


def _told(function: Callable[..., object]) -> str:
    """A docstring without its parts for programmers."""
    text = inspect.getdoc(function) or ""
    return text.split("\n\nArgs:")[0].split("\n\nReturns:")[0]


def _field_docstrings() -> dict[str, str]:
    """The sentence under each field of the policy, which Python itself does not keep."""
    tree = ast.parse(inspect.getsource(policy_module.MatchPolicy))
    body = tree.body[0].body if isinstance(tree.body[0], ast.ClassDef) else []
    found = {}
    for item, after in pairwise(body):
        if (
            isinstance(item, ast.AnnAssign)
            and isinstance(after, ast.Expr)
            and isinstance(item.target, ast.Name)
        ):
            found[item.target.id] = str(ast.literal_eval(after.value))
    return found
