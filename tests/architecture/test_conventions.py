"""What the layers may not do. Each case names a convention, where it holds, and a line that breaks it."""

from collections.abc import Callable
from dataclasses import dataclass

import pytest

from tests.architecture import conventions
from tests.architecture.tree import Source, python

Convention = Callable[[Source], list[str]]


@dataclass(frozen=True)
class Case:
    """A convention, the files it holds for, those it does not hold for, and code that breaks it."""

    convention: Convention
    broken_by: str
    holds_in: tuple[str, ...] = ()
    not_in: tuple[str, ...] = ()


# They hold what they look for.
_OWN_EXAMPLES = (
    "tests/architecture/conventions.py",
    "tests/architecture/test_conventions.py",
    "tests/unit/test_skips.py",
)

CASES = {
    "only-db-commits": Case(
        conventions.commits,
        "def publish(session):\n    session.commit()\n",
        holds_in=("service/", "matching/", "consumer/", "wsgi.py"),
        not_in=("service/db.py",),
    ),
    "only-settings-read-the-environment": Case(
        conventions.environment_reads,
        "from environs import Env\n",
        holds_in=("service/", "matching/", "wsgi.py", "gunicorn.conf.py"),
        # prometheus-client is told by a variable, and gunicorn's master is where it must be set;
        # ./run hands what it decided on to the gunicorn that it becomes.
        not_in=("service/settings.py", "service/serve.py", "gunicorn.conf.py"),
    ),
    "not-even-by-the-standard-library": Case(
        conventions.environment_reads,
        "import os\nPAGE = os.environ['PAGE']\n",
        holds_in=("service/queries/", "service/operations/", "service/web/"),
    ),
    "the-moment-is-passed-in": Case(
        conventions.clock_reads,
        "from datetime import date\nTODAY = date.today()\n",
        holds_in=(
            "matching/",
            "service/rules/",
            "service/models/",
            "service/queries/",
            "service/operations/",
            "service/schemas/",
        ),
    ),
    "queries-only-read": Case(
        conventions.writes,
        "def due(session):\n    session.execute(sa.update(PostingRow))\n",
        holds_in=("service/queries/",),
    ),
    "verbs-and-reads-take-their-session": Case(
        conventions.without_session,
        "def publish(values):\n    with sessions() as session:\n        session.add(values)\n",
        holds_in=("service/operations/", "service/queries/"),
    ),
    "a-file-is-read-at-one-sitting": Case(
        conventions.long_file, "A = 1\n" * 321, not_in=("service/migrations/versions/",)
    ),
    "a-function-is-seen-on-one-screen": Case(
        conventions.long_functions,
        'def long():\n    """Said."""\n' + "    a = 1\n" * 45,
        not_in=("service/migrations/versions/",),
    ),
    # Planted code that breaks the rule, not code of ours.
    "nothing-is-left-unfinished": Case(
        conventions.unfinished, "raise NotImplementedError\n", not_in=_OWN_EXAMPLES
    ),
    "a-silenced-type-has-its-code-and-reason": Case(
        conventions.unfinished, "a = b()  # type: ignore[arg-type]\n", not_in=_OWN_EXAMPLES
    ),
    "only-the-fixtures-skip": Case(
        conventions.skipping,
        "pytest.skip('not today')\n",
        holds_in=("tests/",),
        not_in=("tests/conftest.py", *_OWN_EXAMPLES),
    ),
    "names-say-what-a-thing-gives": Case(
        conventions.vague_names,
        "def get_posting(): ...\n",
        holds_in=("matching/", "service/", "consumer/"),
    ),
}


@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_the_tree_keeps_the_convention(case: Case):
    held = [source for source in python(*case.holds_in) if not (case.not_in and source.is_in(*case.not_in))]
    assert held
    assert [place for source in held for place in case.convention(source)] == []


@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_the_convention_notices_who_breaks_it(case: Case):
    assert case.convention(Source("service/queries/broken.py", case.broken_by)) != []


@pytest.mark.parametrize(
    "allowed",
    [
        "def publish(session, values):\n    session.add(values)\n",
        "def words(text):\n    return text.split()\n",
        'def said():\n    """One.\n' + "\n" * 60 + '    """\n    return 1\n',
        "a = b()  # type: ignore[arg-type]  # the library types it as Any\n",
        "from environs import EnvValidationError\n",
        "def process_bind_param(value): ...\n",
        "def budget(now, today):\n    return (today, now)\n",
    ],
)
def test_what_is_allowed_is_left_alone(allowed: str):
    source = Source("service/operations/postings.py", allowed)
    kept = [case.convention for case in CASES.values() if case.convention is not conventions.writes]
    assert [place for convention in kept for place in convention(source)] == []
