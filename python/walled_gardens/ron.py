"""Orders as files of orders say them, in RON (Rusty Object Notation)."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Mapping, Sequence
from typing import Any

#: An order as the protocol says it: `{"TakeRate": {"rate": 0.06}}` or `"Comply"`.
Order = Mapping[str, Any] | str

_NAME = re.compile(r"[A-Z][A-Za-z]*")
#: Fields whose texts are ids, which may be written as any name is; texts of other fields are one of a few words, such as `"Native"`.
_IDS = {"against", "category", "choice", "event", "from", "of", "platform", "region", "service", "to"}


def written(value: Any, field: str = "") -> str:
    """A value of an order in RON.

    Raises:
        ValueError: a number is not finite.
        TypeError: it is nothing that JSON has.
    """
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return str(value)
    if isinstance(value, float):
        if not math.isfinite(value):
            raise ValueError(f"{field or 'a number'} is {value}; expected a finite number")
        return repr(value)
    if isinstance(value, str):
        return value if _NAME.fullmatch(value) and field not in _IDS else json.dumps(value, ensure_ascii=False)
    if isinstance(value, Mapping):
        if len(value) == 1:
            [(name, inner)] = value.items()
            if _NAME.fullmatch(name):
                return _variant(name, inner)
        return _struct(value)
    if isinstance(value, Sequence):
        return "[" + ", ".join(written(one, field) for one in value) + "]"
    raise TypeError(f"{field or 'a value'} is a {type(value).__name__}; expected a number, a text, a list or a dict")


def _variant(name: str, inner: Any) -> str:
    return f"{name}{_struct(inner)}" if isinstance(inner, Mapping) else f"{name}({written(inner)})"


def _struct(value: Mapping[str, Any]) -> str:
    told = ((name, inner) for name, inner in value.items() if inner is not None)
    return "(" + ", ".join(f"{name}: {written(inner, name)}" for name, inner in told) + ")"


def orders_file(orders: Mapping[int, Sequence[Order]]) -> str:
    """A file of orders, of orders by turn (from 1)."""
    lines = (f"    (turn: {turn}, orders: {written(list(given))})," for turn, given in sorted(orders.items()))
    return "[\n" + "".join(f"{line}\n" for line in lines) + "]\n"
