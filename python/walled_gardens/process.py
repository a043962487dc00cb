"""The program as a process that plays matches for Python."""

from __future__ import annotations

import json
import os
import subprocess
import tempfile
import weakref
from collections.abc import Mapping, Sequence
from types import TracebackType
from typing import Any, BinaryIO, Literal

from .errors import ProgramEnded, RequestError
from .program import KEPT, ended, find

#: The version of the protocol that this package speaks.
PROTOCOL = 1

Observe = Literal["none", "view", "vector"]
JSON = dict[str, Any]

#: Seconds that the program is given to go home when its input has ended. It may be in the middle of a turn.
_PATIENCE = 2.0


class Process:
    """`walled-gardens serve`, which plays many matches beside each other, by number.

    Every method that asks something writes one line and waits for the answer, one line. The process ends with `close`, at the end of a
    `with` block, when this object is collected, when Python ends, and when Python is killed: its input ends then. Ctrl-C while an answer
    is awaited ends it too, since its answers would no longer belong to the questions.

    An object is for one thread at a time, and for the Python process that made it.

    Args:
        threads: how many matches of a request it plays at once; all cores if None. The answers are the same.
        arguments: further arguments of `serve`, such as `["--bot-turn", "10"]`.

    Raises:
        ProgramNotFound: there is no program.
        ProgramEnded: it ended before it said anything, or speaks another version of the protocol.
    """

    def __init__(self, threads: int | None = None, arguments: Sequence[str] = ()) -> None:
        command = [find(), "serve"]
        if threads is not None:
            command += ["--threads", str(threads)]
        # A file rather than a pipe: nobody has to read it for the program to go on.
        self._errors: BinaryIO = tempfile.TemporaryFile()
        self._child = subprocess.Popen(
            [*command, *arguments],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._errors,
            # Ctrl-C is for Python alone: the matches stand, whoever stops a loop around them.
            start_new_session=True,
        )
        self._owner = os.getpid()
        self._numbers = 0
        self._end = weakref.finalize(self, _end, self._child, self._errors, self._owner)
        hello = self._read()
        if hello.get("protocol") != PROTOCOL:
            self.close()
            raise ProgramEnded(
                f"{command[0]} speaks version {hello.get('protocol')} of the protocol; expected version {PROTOCOL}"
            )
        #: Name and version of the program.
        self.program: str = str(hello.get("program"))

    @property
    def pid(self) -> int:
        """The number of the operating system's process."""
        return self._child.pid

    @property
    def closed(self) -> bool:
        """Whether the process has ended."""
        return not self._end.alive or self._child.poll() is not None

    def number(self) -> int:
        """A number that no other match of this process has had from here."""
        self._numbers += 1
        return self._numbers - 1

    def ask(self, request: Mapping[str, Any]) -> JSON:
        """Says a request of the protocol and gives the answer.

        Raises:
            RequestError: the program answers that it cannot do it.
            ProgramEnded: it is gone.
        """
        return self.ask_line(json.dumps(request, separators=(",", ":")))

    def ask_line(self, line: str) -> JSON:
        """As `ask`, for a request that is written already: one line of JSON, without its end."""
        if os.getpid() != self._owner:
            raise ProgramEnded("this `Process` belongs to the Python process that forked this one; make another one here")
        if not self._end.alive:
            raise ProgramEnded("this `Process` is closed; make another one")
        assert self._child.stdin is not None
        try:
            self._child.stdin.write(line.encode() + b"\n")
            self._child.stdin.flush()
        except BrokenPipeError:
            raise self._gone() from None
        except BaseException:
            self.close()
            raise
        answer = self._read()
        if answer["type"] == "error":
            raise RequestError(answer["what"], answer["where"], answer.get("expected"))
        return answer

    def reset(self, matches: Sequence[Mapping[str, Any]], observe: Observe = "view") -> list[JSON]:
        """Begins matches and gives how each stands; see `reset` in docs/protocol.md.

        Raises:
            RequestError: one of them cannot be begun; the others are.
        """
        return _checked(self.ask({"type": "reset", "matches": list(matches), "observe": observe}))

    def step(self, matches: Sequence[Mapping[str, Any]], observe: Observe = "view") -> list[JSON]:
        """Plays one turn of each match and gives how each stands; see `step` in docs/protocol.md.

        Raises:
            RequestError: one of them cannot be played on; the others are.
        """
        return _checked(self.ask({"type": "step", "matches": list(matches), "observe": observe}))

    def clone(self, match: int, to: int, observe: Observe = "none") -> JSON:
        """Makes another match that stands where one does, and goes on by itself."""
        return _checked(self.ask({"type": "clone", "match": match, "to": to, "observe": observe}))[0]

    def state(self, match: int) -> str:
        """A match as a saved match, in base64."""
        return str(self.ask({"type": "state", "match": match})["save"])

    def restore(
        self,
        match: int,
        save: str,
        seats: Mapping[str, str] | None = None,
        reward: str = "value",
        observe: Observe = "view",
    ) -> JSON:
        """Makes a match of a saved one; `seats` says who has seats from now on, where it is somebody else."""
        request = {"type": "restore", "match": match, "save": save, "seats": dict(seats or {})}
        return _checked(self.ask({**request, "reward": reward, "observe": observe}))[0]

    def judge(self, matches: Sequence[int]) -> list[dict[str, JSON]]:
        """What companies turn out to be worth, by match and platform: `value` in yuan and `rank` from 1."""
        return [match["seats"] for match in _checked(self.ask({"type": "judge", "matches": list(matches)}))]

    def end(self, match: int) -> None:
        """Ends a match and frees what it holds."""
        self.ask({"type": "close", "match": match})

    def describe(self, **level: Any) -> JSON:
        """What there is to see and to do in a level, which is given by `level` or `text`, and `set`."""
        return self.ask({"type": "describe", **level})

    def stderr(self) -> str:
        """What the program has written to standard error, the last 64 kB of it."""
        return _last(self._errors)

    def close(self) -> None:
        """Ends the process. It may be closed any number of times."""
        self._end()

    def __enter__(self) -> Process:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def __repr__(self) -> str:
        return f"<Process {self.pid}{', closed' if self.closed else ''}>"

    def _read(self) -> JSON:
        assert self._child.stdout is not None
        try:
            line = self._child.stdout.readline()
        except BaseException:
            # The answer will come when nobody asks for it.
            self.close()
            raise
        if not line.endswith(b"\n"):
            raise self._gone()
        answer: JSON = json.loads(line)
        return answer

    def _gone(self) -> ProgramEnded:
        try:
            status: int | None = self._child.wait(_PATIENCE)
        except subprocess.TimeoutExpired:
            status = None
        gone = ProgramEnded(
            f"`walled-gardens serve` {ended(status) if status is not None else 'closed its output'}", status, self.stderr()
        )
        self.close()
        return gone


def _end(child: subprocess.Popen[bytes], errors: BinaryIO, owner: int) -> None:
    assert child.stdin is not None and child.stdout is not None
    try:
        child.stdin.close()
    except BrokenPipeError:
        pass
    child.stdout.close()
    errors.close()
    if os.getpid() != owner:
        # A forked Python lets go of its ends of the pipes; the program is not its own.
        child.returncode = 0
        return
    try:
        child.wait(_PATIENCE)
    except BaseException as error:
        child.kill()
        child.wait()
        if not isinstance(error, subprocess.TimeoutExpired):
            raise


def _last(errors: BinaryIO) -> str:
    if errors.closed:
        return ""
    size = os.fstat(errors.fileno()).st_size
    kept = os.pread(errors.fileno(), KEPT, max(size - KEPT, 0))
    return kept.decode("utf-8", "replace")


def _checked(answer: JSON) -> list[JSON]:
    matches: list[JSON] = answer["matches"]
    for match in matches:
        error = match.get("error")
        if error is not None:
            raise RequestError(error["what"], error["where"], error.get("expected"), match["match"])
    return matches
