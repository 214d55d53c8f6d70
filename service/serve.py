"""python -m service.serve: what `./run` starts. Prepares everything, then becomes gunicorn.

Nothing heavy is imported before the signals are seen to: whoever presses Ctrl-C at once is to see one
line, and no traceback out of an import.
"""

import argparse
import os
import signal
import sys
from pathlib import Path
from types import FrameType

_ENDING = (signal.SIGINT, signal.SIGTERM)


class Stopped(BaseException):
    """Somebody wants us to stop. No `except Exception` on the way may swallow it."""

    def __init__(self, number: int) -> None:
        super().__init__(number)
        self.number = number


def main() -> None:
    """Prepare everything, then become gunicorn; exit with 1 where something is wrong."""
    for number in _ENDING:
        signal.signal(number, _stop)
    try:
        arguments = _arguments()
        # One process by default, so the worker belongs to it whatever the database is.
        os.environ.setdefault("CHUNFENG_WORKER_THREAD", "true")
        _prepare(demo=arguments.demo, fresh=arguments.fresh)
        # They wait until gunicorn is ready for them (`when_ready` in gunicorn.conf.py).
        signal.pthread_sigmask(signal.SIG_BLOCK, _ENDING)
    except Stopped as stopped:
        print("\n已停止 / Stopped", file=sys.stderr)
        sys.exit(128 + stopped.number)
    _become_gunicorn()


def _stop(number: int, _frame: FrameType | None) -> None:
    # Once is enough: a second one must not break into the cleaning up.
    for each in _ENDING:
        signal.signal(each, signal.SIG_IGN)
    raise Stopped(number)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="./run")
    parser.add_argument("--demo", action="store_true")
    parser.add_argument("--fresh", action="store_true")
    arguments = parser.parse_args()
    if arguments.fresh and not arguments.demo:
        parser.error("--fresh 只与 --demo 同用 / --fresh goes with --demo: it throws data away")
    return arguments


def _prepare(*, demo: bool, fresh: bool) -> None:
    from service.installation import CannotStart  # noqa: PLC0415 - after the signals
    from service.starting import prepare  # noqa: PLC0415

    try:
        prepare(demo=demo, fresh=fresh)
    except CannotStart as reason:
        print(f"无法启动 / Cannot start: {reason}", file=sys.stderr)
        sys.exit(1)


def _become_gunicorn() -> None:
    root = Path(__file__).resolve().parent.parent
    os.chdir(root)
    sys.stdout.flush()
    os.execv(sys.executable, [sys.executable, "-m", "gunicorn", "--config", "gunicorn.conf.py"])  # noqa: S606


if __name__ == "__main__":
    main()
