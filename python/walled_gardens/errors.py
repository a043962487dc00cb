"""What can go wrong."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any


class WalledGardensError(Exception):
    """Anything that this package raises of its own."""


class ProgramNotFound(WalledGardensError, FileNotFoundError):
    """The program `walled-gardens` is nowhere where it is looked for."""


class ProgramEnded(WalledGardensError):
    """The program is gone: it ended, or was ended.

    Attributes:
        status: its exit status, negative for the signal that ended it; None if it is not known.
        stderr: the last 64 kB of what it wrote to standard error.
    """

    def __init__(self, what: str, status: int | None = None, stderr: str = "") -> None:
        self.status = status
        self.stderr = stderr
        said = f"\nIt wrote to standard error:\n{stderr.rstrip()}" if stderr.strip() else ""
        super().__init__(what + said)


class CommandError(ProgramEnded):
    """A command of the program ended with an exit status that says it went wrong."""


class RequestError(WalledGardensError, ValueError):
    """The program could not do what it was asked for. Nothing was done, and the program goes on.

    Attributes:
        what: what is wrong.
        where: the path in the request, such as `matches[0].seats.north`.
        expected: what would be right; None if that is not said.
        match: the number of the match that failed; None if it was the whole request.
    """

    def __init__(self, what: str, where: str = "", expected: str | None = None, match: int | None = None) -> None:
        self.what, self.where, self.expected, self.match = what, where, expected, match
        place = f"{where}: " if where else ""
        right = f"; expected {expected}" if expected else ""
        super().__init__(f"{place}{what}{right}")


class OrdersRefused(WalledGardensError, ValueError):
    """Orders that were to be compared were refused by the market, so that a comparison means nothing.

    Attributes:
        refused: each refused order, with `side`, `platform`, `turn`, `order`, `reason` and the number of `seeds`.
        result: what the comparison found nevertheless.
    """

    def __init__(self, refused: Sequence[dict[str, Any]], result: dict[str, Any]) -> None:
        self.refused = list(refused)
        self.result = result
        lines = (f"\n  turn {one['turn']}, {one['platform']}, {one['side']}: {one['reason']}" for one in self.refused)
        super().__init__(f"{len(self.refused)} orders were refused:{''.join(lines)}")


@dataclass(frozen=True)
class Diagnostic:
    """One mistake in a level.

    Attributes:
        path: where in the level, such as `market.habit`.
        message: what is wrong.
        expected: what would be right; empty if that is not said.
        help: what may have been meant; None if nothing is close.
        line: line in the text, from 1; None if the mistake is nowhere in particular.
        column: column in the line in characters, from 1; None likewise.
    """

    path: str
    message: str
    expected: str
    help: str | None
    line: int | None
    column: int | None

    def __str__(self) -> str:
        place = f"{self.line}:{self.column}: " if self.line is not None else ""
        expected = f"; expected {self.expected}" if self.expected else ""
        hint = f" (did you mean `{self.help}`?)" if self.help else ""
        return f"{place}{self.path}: {self.message}{hint}{expected}"


class LevelError(WalledGardensError, ValueError):
    """A level cannot be read, or is not sound.

    Attributes:
        diagnostics: what is wrong with it, in the order of the text.
        report: the same as the program shows it, with the lines of the text.
    """

    def __init__(self, report: str, diagnostics: Sequence[Diagnostic] = ()) -> None:
        self.report = report
        self.diagnostics = tuple(diagnostics)
        super().__init__(report)
