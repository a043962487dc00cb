"""Matches, comparisons, equilibria and tournaments: commands of the program, and what they find."""

from __future__ import annotations

import contextlib
import csv
import io
import json
import os
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from .errors import CommandError, OrdersRefused
from .level import Level, Value, ron_of
from .program import run as run_command
from .program import run_json
from .ron import Order, orders_file
from .table import Kind, Table

#: A level, or what names one.
Levelled = str | os.PathLike[str] | Level
#: Who has a seat: a strategy with its parameters (`"premium(commission: 0.03)"`), a program (`"cmd:python3 bot.py"`), a file of orders
#: (`"orders:mine.ron"`), or orders by turn (`{1: [{"TakeRate": {"rate": 0.03}}]}`).
Seat = str | Mapping[int, Sequence[Order]]
#: Orders to compare: by turn, or a file's path.
Orders = Mapping[int, Sequence[Order]] | str | os.PathLike[str]

_RUN: dict[str, Kind] = {"level": "text", "seed": "int", "turn": "int", "seat": "text", "strategy": "text"}
_COMPARED: dict[str, Kind] = {
    "metric": "text",
    "platform": "text",
    "region": "text",
    "category": "text",
    "service": "text",
    "turn": "int",
    "seed": "int",
}


class Run(Table):
    """A match: a row for each turn from 0 (the opening) and platform, with the columns of `walled-gardens metrics`.

    Money is in yuan, of a month where it is a flow; shares, rates and parts are fractions; `users` and `merchants` are numbers of people
    and shops. Columns that begin with `market_` are the same for every platform, `share_CATEGORY` is a share of one category's sales.

    Attributes:
        winner: who ended above the others.
        worth: what each company turned out to be worth a year after the end, yuan.
        refused: by platform, how many of its orders were refused.
        state_hash: of the world at the end: equal for equal matches, on any machine and number of threads.
    """

    winner: str | None
    worth: dict[str, float]
    refused: dict[str, int]
    state_hash: str


class Comparison(Table):
    """What differs: a row for each measure, turn and seed, with the columns `base` and `against`, in the metric's unit.

    Attributes:
        differences: a dict for each measure and turn: means of both sides, `difference` and `half_width` of its 95% interval, the same
            `relative` to the base, and a `verdict`.
    """

    differences: list[dict[str, Any]]


def run(
    level: Levelled,
    seats: Mapping[str, Seat] | None = None,
    *,
    seed: int | None = None,
    turns: int | None = None,
    consumers: int | None = None,
    merchants: int | None = None,
    threads: int | None = None,
) -> Run:
    """Plays a match and gives a table of it.

    Args:
        level: what is played.
        seats: who decides, by platform id; as in the level for the others.
        seed: seed of every draw; the level's if None, as for those that follow.
        turns: number of turns, months.
        consumers: consumer agents; their weights rescale.
        merchants: merchant agents; likewise.
        threads: threads; all cores if None. The result is the same.

    Raises:
        LevelError: the level is not sound.
        CommandError: a seat, strategy or number is not possible; the program's words are in the message.
    """
    level = Level.of(level)
    with tempfile.TemporaryDirectory() as folder:
        table = Path(folder, "turns.csv")
        words = [*_numbers(seed=seed, turns=turns, consumers=consumers, merchants=merchants, threads=threads), *_seats(seats, Path(folder))]
        report = _on(level, "run", [*words, "--json", f"--csv={table}"])
        # Line ends as they are: the reader of tables is told so.
        with table.open(encoding="utf-8", newline="") as file:
            made = Run.from_csv(file.read(), _RUN)
    made.winner, made.worth, made.state_hash = report["winner"], report["in_hindsight"], report["state_hash"]
    made.refused = {
        seat: sum(turn["platforms"][seat]["refused"] for turn in report["turns"] if seat in turn["platforms"]) for seat in report["seats"]
    }
    return made


def compare(
    level: Levelled,
    against: Orders | None = None,
    *,
    base: Orders | None = None,
    seat: str | None = None,
    seats: Mapping[str, str] | None = None,
    against_seats: Mapping[str, str] | None = None,
    against_set: Mapping[str, Value] | None = None,
    against_level: Levelled | None = None,
    metrics: Sequence[str] = (),
    seeds: int | Sequence[int] = 20,
    at: int | Sequence[int] | None = None,
    turns: int | None = None,
    consumers: int | None = None,
    merchants: int | None = None,
    threads: int | None = None,
) -> Comparison:
    """Plays a level in two ways on the same seeds, so that luck falls out of the differences.

    Args:
        level: what is played.
        against: orders of the second way.
        base: orders of the first way; none if None.
        seat: whose the orders are; the level's first platform if None.
        seats: who decides for other platforms, in both ways.
        against_seats: who decides in the second way alone.
        against_set: values of the level that differ in the second way, by path.
        against_level: the level of the second way, if it is another one.
        metrics: what is measured, such as `"share:north"` or `"gmv:north@tier-4"`; sales, profit and value of everybody if empty.
        seeds: how many pairs, at least 4, or which seeds.
        at: turns at which it is measured; the last if None.
        turns, consumers, merchants, threads: as for `run`.

    Raises:
        LevelError: a level is not sound.
        OrdersRefused: the market refused some of the orders.
        CommandError: something else is not possible.
    """
    level = Level.of(level)
    with contextlib.ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        words = _numbers(turns=turns, consumers=consumers, merchants=merchants, threads=threads)
        words += ["--seeds", str(seeds) if isinstance(seeds, int) else ",".join(map(str, seeds))]
        if at is not None:
            words += ["--turn", str(at) if isinstance(at, int) else ",".join(map(str, at))]
        for flag, orders in (("--base", base), ("--against", against)):
            if orders is not None:
                words += [flag, _orders(orders, folder / f"{flag[2:]}.ron")]
        words += [word for metric in metrics for word in ("--metric", metric)]
        words += ["--seat", seat] if seat is not None else []
        words += [word for pair in (seats or {}).items() for word in ("--seat", "=".join(pair))]
        words += [word for pair in (against_seats or {}).items() for word in ("--against-seat", "=".join(pair))]
        other = Level.of(against_level) if against_level is not None else None
        if other is not None:
            words += ["--against-level", stack.enter_context(other.argument())]
        changes = list(other.changes) if other is not None else []
        changes += [(path, ron_of(value)) for path, value in (against_set or {}).items()]
        words += [word for path, value in changes for word in ("--against-set", f"{path}={value}")]
        result = _on(level, "compare", [*words, "--json"], well=(0, 1))
    if result["refused"]:
        raise OrdersRefused(result["refused"], result)
    return _compared(result["differences"])


def equilibrium(level: Levelled) -> dict[str, Any]:
    """The fees at which no platform gains by moving, as the solver finds them from several starts.

    Returns:
        `converged`, `prices` by platform (yuan a month), `profits` (yuan a month), `shares` (fractions), and all equilibria that were
        `found`. `converged` is False where none was found.

    Raises:
        LevelError: the level is not sound.
        CommandError: the solver cannot solve levels of this kind; the message says why.
    """
    solved: dict[str, Any] = _on(Level.of(level), "equilibrium", ["--json"], well=(0, 1))
    return solved


def tournament(
    plan: str | os.PathLike[str] | None = None,
    *,
    levels: Sequence[str | os.PathLike[str]] = (),
    strategies: Sequence[str] = (),
    others: Sequence[str] = (),
    format: str | None = None,
    blocks: int | None = None,
    seed: int | None = None,
    turns: int | None = None,
    consumers: int | None = None,
    merchants: int | None = None,
    threads: int | None = None,
    out: str | os.PathLike[str] | None = None,
    resume: bool = False,
) -> dict[str, Any]:
    """Plays a tournament between strategies and rates them; docs/tournaments.md says how.

    Args:
        plan: a plan's file or the name of a shipped one; what the others say if None.
        levels: names or files of levels.
        strategies: who plays; programs (`cmd:…`) may, too.
        others: who has the other seats of a test on levels with more than two.
        format: `"round-robin"`, `"gauntlet"`, `"swiss"` or `"sprt"` (is the first of two better?).
        blocks: in how many blocks of each level every two meet; at most how many, of a test.
        seed: what every seed is made of.
        turns, consumers, merchants: as for `run`.
        threads: matches played at a time; all cores if None. The result is the same.
        out: a folder for records, tables and the report.
        resume: go on with the tournament in that folder.

    Returns:
        `contenders` with strengths and intervals in order of rank, `pairs`, and `tests` with verdicts where the format is one.

    Raises:
        CommandError: it cannot be played so; the program's words are in the message.
    """
    words = [os.fspath(plan)] if plan is not None else []
    words += [word for level in levels for word in ("--level", os.fspath(level))]
    words += ["--strategies", ",".join(strategies)] if strategies else []
    words += ["--others", ",".join(others)] if others else []
    words += ["--format", format] if format is not None else []
    words += _numbers(blocks=blocks, seed=seed, turns=turns, consumers=consumers, merchants=merchants, threads=threads)
    words += ["--out", os.fspath(out)] if out is not None else []
    words += ["--resume"] if resume else []
    # 1: records and standings disagree about who is better, which they say themselves.
    played: dict[str, Any] = run_json(["tournament", *words, "--json"], well=(0, 1))
    return played


def rate(
    results: Sequence[Mapping[str, Any]] | str | os.PathLike[str], *, model: str = "plackett-luce", seed: int = 1
) -> dict[str, Any]:
    """Rates the players of a table of results.

    Args:
        results: a CSV file's path, or rows with `match`, `seat`, `player` and `score` (more is better), and if wanted `block` and
            `level`; `table.to_dicts()` gives such rows of a data frame of Polars, `to_dict("records")` of one of pandas.
        model: `"plackett-luce"`, `"bradley-terry"` or `"mean-score"`.
        seed: seed of the draws for intervals.

    Returns:
        `ratings` with intervals in order of rank, and `pairs`: every two who met.

    Raises:
        CommandError: the table cannot be rated; the message says where and why.
    """
    words = ["rate", "--model", model, "--seed", str(seed), "--json"]
    if isinstance(results, (str, os.PathLike)):
        rated: dict[str, Any] = run_json([*words, "--", os.fspath(results)])
    else:
        rated = run_json([*words, "--", "-"], input=_csv(results))
    return rated


def _on(level: Level, command: str, words: Sequence[str], well: Sequence[int] = (0,)) -> Any:
    """What a command says of a level; one that fails because of the level says what is wrong with that."""
    with level.argument() as argument:
        try:
            return json.loads(run_command([command, *words, *level._sets(), "--", argument], well=well))
        except CommandError:
            level.check()
            raise


def _numbers(**flags: int | None) -> list[str]:
    return [word for flag, number in flags.items() if number is not None for word in (f"--{flag}", str(number))]


def _seats(seats: Mapping[str, Seat] | None, folder: Path) -> list[str]:
    words: list[str] = []
    for place, (seat, who) in enumerate((seats or {}).items()):
        if not isinstance(who, str):
            who = f"orders:{_orders(who, folder / f'orders{place}.ron')}"
        words += ["--seat", f"{seat}={who}"]
    return words


def _orders(orders: Orders, path: Path) -> str:
    if not isinstance(orders, Mapping):
        return os.fspath(orders)
    path.write_text(orders_file(orders), encoding="utf-8")
    return str(path)


def _compared(differences: list[dict[str, Any]]) -> Comparison:
    kinds: dict[str, Kind] = {**_COMPARED, "base": "float", "against": "float"}
    named = [name for name in _COMPARED if name != "seed"]
    rows = [[*(one[name] for name in named), by["seed"], by["base"], by["against"]] for one in differences for by in one["by_seed"]]
    columns = zip(*rows) if rows else ([] for _ in kinds)
    made = Comparison(kinds, {name: list(column) for name, column in zip(kinds, columns)})
    made.differences = differences
    return made


def _csv(rows: Sequence[Mapping[str, Any]]) -> str:
    names = list(rows[0]) if rows else []
    text = io.StringIO()
    writer = csv.DictWriter(text, names, lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue()
