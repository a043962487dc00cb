"""Walled Gardens from Python: levels, matches, comparisons, tournaments, and environments for learning agents.

The program `walled-gardens` does the work; this package finds it, speaks its protocol and gives what it says as Python's own things.

>>> import walled_gardens as wg
>>> match = wg.run("arena/duel", {"north": "steady-investor"}, seed=7)
>>> match.where(seat="north", turn=24)["share"]  # doctest: +SKIP
[0.57]
"""

from __future__ import annotations

import importlib
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
    from .levers import Lever
    from .matches import Action, Feature, Matches, Standing
    from .parallel import ParallelMarket, parallel_env
    from .solo import SoloMarket, SoloMarkets

#: What needs the extra `env`, by the module that has it: it is imported when it is first asked for.
_ENVIRONMENTS = {
    "Action": "matches",
    "Feature": "matches",
    "Lever": "levers",
    "Matches": "matches",
    "ParallelMarket": "parallel",
    "SoloMarket": "solo",
    "SoloMarkets": "solo",
    "Standing": "matches",
    "parallel_env": "parallel",
}

__all__ = [
    "Action",
    "CommandError",
    "Comparison",
    "Diagnostic",
    "Feature",
    "Level",
    "LevelError",
    "Lever",
    "Matches",
    "OrdersRefused",
    "ParallelMarket",
    "Process",
    "ProgramEnded",
    "ProgramNotFound",
    "RequestError",
    "Run",
    "SoloMarket",
    "SoloMarkets",
    "Standing",
    "Table",
    "WalledGardensError",
    "compare",
    "equilibrium",
    "levels",
    "parallel_env",
    "rate",
    "run",
    "tournament",
]


def __getattr__(name: str) -> Any:
    if name not in _ENVIRONMENTS:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    try:
        return getattr(importlib.import_module(f".{_ENVIRONMENTS[name]}", __name__), name)
    except ModuleNotFoundError as error:
        raise ModuleNotFoundError(f"`{name}` needs {error.name}: pip install 'walled-gardens[env]'", name=error.name) from error


def _register() -> None:
    """Lets `gymnasium.make` find the environments. It costs an import of Gymnasium and numpy where they are installed."""
    try:
        import gymnasium
    except ImportError:
        return
    name, here = "walled_gardens/Duel-v0", f"{__name__}.solo"
    if name not in gymnasium.registry:
        gymnasium.register(name, entry_point=f"{here}:SoloMarket", vector_entry_point=f"{here}:SoloMarkets")


_register()
