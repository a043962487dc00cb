"""Walled Gardens from Python: levels, matches, comparisons, tournaments, and environments for learning agents.

The program `walled-gardens` does the work; this package finds it, speaks its protocol and gives what it says as Python's own things.

>>> import walled_gardens as wg
>>> match = wg.run("arena/duel", {"north": "steady-investor"}, seed=7)
>>> match.where(seat="north", turn=24)["share"]  # doctest: +SKIP
[0.57]
"""

from __future__ import annotations

import importlib.util
from typing import TYPE_CHECKING, Any

from .errors import (
    CommandError,
    Diagnostic,
    LevelError,
    OrdersRefused,
    ProgramEnded,
    ProgramNotFound,
    RequestError,
    WalledGardensError,
)
from .level import Level, levels
from .process import Process
from .studies import Comparison, Run, compare, equilibrium, rate, run, tournament
from .table import Table

if TYPE_CHECKING:
    from .matches import Matches, Standing
    from .parallel import ParallelDuel, parallel_env

__all__ = [
    "CommandError",
    "Comparison",
    "Diagnostic",
    "Level",
    "LevelError",
    "OrdersRefused",
    "Process",
    "ProgramEnded",
    "ProgramNotFound",
    "RequestError",
    "Run",
    "Table",
    "WalledGardensError",
    "compare",
    "equilibrium",
    "levels",
    "rate",
    "run",
    "tournament",
]
