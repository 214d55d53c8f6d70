"""How tests give the administrator's commands, and what they expect of a refusal."""

from click.testing import Result

from service.cli import app

NEWER = "a newer secret of the tests"
PHONE = "15400200001"


def run(*arguments: object) -> Result:
    return app.test_cli_runner().invoke(args=[str(argument) for argument in arguments])


def done(*arguments: object) -> str:
    result = run(*arguments)
    assert (result.exit_code, result.stderr) == (0, ""), result.output
    return result.stdout


def refused(*arguments: object) -> str:
    """The one line in which a command says why it did nothing."""
    result = run(*arguments)
    assert result.exit_code == 1
    (line,) = result.stderr.splitlines()
    assert line.startswith("未执行 / Refused: ")
    return line
