"""Where the program is, and how its commands are run."""

from __future__ import annotations

import ctypes
import json
import os
import shutil
import signal
import subprocess
import sys
import sysconfig
from collections.abc import Callable, Sequence
from typing import Any

from .errors import CommandError, ProgramNotFound

NAME = "walled-gardens"
VARIABLE = "WALLED_GARDENS"

#: How much of standard error is kept, in bytes.
KEPT = 64 * 1024


def find() -> str:
    """The program's path.

    Looked for in this order: the environment variable WALLED_GARDENS, where it names the program; the scripts of this
    Python, where a wheel puts it, whether or not the environment is activated; PATH.

    Raises:
        ProgramNotFound: it is nowhere, or WALLED_GARDENS names something else.
    """
    named = os.environ.get(VARIABLE)
    if named:
        # Somebody says which one: another one found elsewhere would be a surprise.
        found = shutil.which(named)
        if found is None:
            raise ProgramNotFound(f"{VARIABLE}={named}: no program is there; expected the path of `{NAME}`")
        return os.path.abspath(found)
    scripts = sysconfig.get_path("scripts")
    found = shutil.which(NAME, path=scripts) or shutil.which(NAME)
    if found is None:
        raise ProgramNotFound(
            f"the program `{NAME}` is neither in {scripts} nor in a folder of PATH; "
            f"expected it there, or its path in the environment variable {VARIABLE}"
        )
    return found


def run(arguments: Sequence[str], *, input: str | None = None, well: Sequence[int] = (0,)) -> str:
    """Runs a command of the program to its end and gives its standard output.

    Args:
        arguments: the command and its arguments, such as `["levels", "--json"]`.
        input: what it reads from standard input; nothing if None.
        well: exit statuses that are no mistake.

    Raises:
        CommandError: it ended with another status; what it wrote to standard error is in the exception.
        KeyboardInterrupt: Ctrl-C; the command is ended first.
    """
    command = [find(), *arguments]
    child = subprocess.Popen(
        command,
        stdin=subprocess.PIPE if input is not None else subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
        errors="replace",
        # Ctrl-C is for Python alone, which then ends the command below.
        start_new_session=True,
        preexec_fn=_die_with_caller(),
    )
    try:
        output, errors = child.communicate(input)
    finally:
        if child.poll() is None:
            child.kill()
            child.wait()
        for pipe in (child.stdin, child.stdout, child.stderr):
            if pipe is not None:
                pipe.close()
    if child.returncode not in well:
        shown = " ".join([NAME, *arguments[:1]])
        raise CommandError(f"`{shown}` {ended(child.returncode)}", child.returncode, errors[-KEPT:])
    return output


def run_json(arguments: Sequence[str], *, input: str | None = None, well: Sequence[int] = (0,)) -> Any:
    """As `run`, for a command that prints JSON; gives what that says."""
    return json.loads(run(arguments, input=input, well=well))


def ended(status: int) -> str:
    """An exit status in words."""
    if status >= 0:
        return f"ended with status {status}"
    try:
        return f"was ended by {signal.Signals(-status).name}"
    except ValueError:
        return f"was ended by signal {-status}"


def _die_with_caller() -> Callable[[], None] | None:
    """What a command does before it starts, so that it does not outlive a Python that is killed.

    The signal comes when the *thread* goes that started it. That is right for a command, for whose end the thread waits; `serve`, which
    may outlive a thread, ends at the end of its input instead.
    """
    if not sys.platform.startswith("linux"):
        return None
    parent_death_signal = 1
    prctl = ctypes.CDLL(None).prctl
    caller = os.getpid()

    def ask() -> None:
        prctl(parent_death_signal, signal.SIGKILL, 0, 0, 0)
        if os.getppid() != caller:
            os._exit(1)

    return ask
