"""Levels: what a market is and who is in it."""

from __future__ import annotations

import contextlib
import functools
import os
import re
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from .errors import CommandError, Diagnostic, LevelError
from .process import Process
from .program import run_json
from .program import run as run_command

#: A value of a level: a number, a truth, or RON as `--set` takes it (`"Log"` is a name, `'"2024-01"'` a text).
Value = int | float | bool | str

_STEP = re.compile(r"[^.\[\]]+|\[\d+\]")


class Level:
    """A level: a shipped one by name, a file, or a text. It never changes: `set` gives another level.

    Args:
        level: a shipped level's name, such as `"arena/duel"`, or the path of a file; `levels()` lists those that are shipped.

    Attributes:
        source: the name or path; None of a level that was made of a text.
        changes: what was set since, `(path, value as RON)` in order.
    """

    def __init__(self, level: str | os.PathLike[str]) -> None:
        self.source: str | None = os.fspath(level)
        self._text: str | None = None
        self.changes: tuple[tuple[str, str], ...] = ()

    @classmethod
    def from_text(cls, text: str) -> Level:
        """The level that a text in RON says."""
        return cls._made(None, text, ())

    @classmethod
    def _made(cls, source: str | None, text: str | None, changes: tuple[tuple[str, str], ...]) -> Level:
        made = cls.__new__(cls)
        made.source, made._text, made.changes = source, text, changes
        return made

    @classmethod
    def of(cls, level: str | os.PathLike[str] | Level) -> Level:
        """A level, whether it is one already or named."""
        return level if isinstance(level, Level) else cls(level)

    @property
    def text(self) -> str:
        """The text as it was written, without what was set since.

        Raises:
            LevelError: there is no such level.
        """
        if self._text is None:
            assert self.source is not None
            if os.path.isfile(self.source):
                self._text = Path(self.source).read_text(encoding="utf-8")
            else:
                try:
                    self._text = run_command(["levels", "--print", self.source])
                except CommandError as error:
                    raise LevelError(error.stderr.strip() or str(error)) from None
        return self._text

    def set(self, path: str, value: Value) -> Level:
        """This level with another value at a path, such as `market.habit` or `platforms.north.cash`.

        Nothing is checked before the level is used, or `check` is called.
        """
        return self._made(self.source, self._text, (*self.changes, (path, ron_of(value))))

    def check(self) -> None:
        """Reads the level as the program does.

        Raises:
            LevelError: it is not sound; its `diagnostics` say what and where in the text, with line and column.
        """
        with self.argument() as argument:
            # 1 and 2 say that something is wrong, which the answer says better.
            [found] = run_json(["check", "--json", *self._sets(), "--", argument], well=(0, 1, 2))
        if found["sound"]:
            return
        fields = ("path", "message", "expected", "help", "line", "column")
        raise LevelError(found["error"] or "", [Diagnostic(*(problem.get(field) for field in fields)) for problem in found["problems"]])

    @functools.cached_property
    def description(self) -> dict[str, Any]:
        """What the program makes of it: `level` with every value, `seats`, and what learning agents see and do.

        Raises:
            LevelError: it is not sound.
        """
        self.check()
        with Process(threads=1) as process:
            return process.describe(**self.request())

    @property
    def values(self) -> Any:
        """Every value of the level, usual ones included, as dicts and lists."""
        return self.description["level"]

    @property
    def seats(self) -> list[str]:
        """Ids of the platforms, in the level's order."""
        return list(self.description["seats"])

    def __getitem__(self, path: str) -> Any:
        """The value at a path, such as `market.habit`, `platforms.north.cash` or `platforms[0].shop.share`.

        Raises:
            KeyError: there is none; the message says what there is.
        """
        value, been = self.values, ""
        for step in _STEP.findall(path):
            value = _within(value, step, been or "the level")
            been = f"{been}.{step}" if been and not step.startswith("[") else been + step
        return value

    def request(self) -> dict[str, Any]:
        """The level as requests of the protocol name it: `level` or `text`, and `set`."""
        named = {"text": self._text} if self.source is None else {"level": self._absolute()}
        return {**named, "set": [f"{path}={value}" for path, value in self.changes]}

    @contextlib.contextmanager
    def argument(self) -> Iterator[str]:
        """The level as commands name it; a text is put into a file for as long."""
        if self.source is not None:
            yield self._absolute()
            return
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder, "level.ron")
            path.write_text(self.text, encoding="utf-8")
            yield str(path)

    def _absolute(self) -> str:
        assert self.source is not None
        return os.path.abspath(self.source) if os.path.isfile(self.source) else self.source

    def _sets(self) -> list[str]:
        return [word for path, value in self.changes for word in ("--set", f"{path}={value}")]

    def __repr__(self) -> str:
        named = repr(self.source) if self.source is not None else f"<{len(self.text)} characters>"
        return f"Level({named})" + "".join(f".set({path!r}, {value!r})" for path, value in self.changes)


def levels() -> list[dict[str, Any]]:
    """The levels that come with the program: `id`, `title`, `summary`, `seats`, `turns`, `tags`, `teaches`."""
    shipped: list[dict[str, Any]] = run_json(["levels", "--json"])
    return shipped


def ron_of(value: Value) -> str:
    """A value as `--set` takes it."""
    return str(value).lower() if isinstance(value, bool) else str(value)


def _within(value: Any, step: str, been: str) -> Any:
    if isinstance(value, Mapping):
        if step in value:
            return value[step]
        raise KeyError(f"{been} has no {step!r}; expected one of {', '.join(map(str, value))}")
    if isinstance(value, list):
        if step.startswith("[") and int(step[1:-1]) < len(value):
            return value[int(step[1:-1])]
        ids = [str(one["id"]) for one in value if isinstance(one, Mapping) and "id" in one]
        if step in ids:
            return next(one for one in value if one.get("id") == step)
        known = ", ".join(ids) if ids else f"[0] to [{len(value) - 1}]" if value else "nothing: it is empty"
        raise KeyError(f"{been} has no {step!r}; expected one of {known}")
    raise KeyError(f"{been} is {value!r} and has no {step!r}")
