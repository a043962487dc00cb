"""Many matches in one process, as arrays: what the environments are made of, and the fastest way to play from Python."""

from __future__ import annotations

import binascii
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from .errors import RequestError
from .level import Level
from .process import Process
from .ron import Order
from .studies import Levelled

#: Seeds of matches are below it: JSON readers hold such whole numbers exactly.
SEEDS = 2**53

_FIGURES = ("value", "profit", "share", "cash")


@dataclass(frozen=True)
class Feature:
    """A number of an observation.

    Attributes:
        name: such as `own.cash` or `rival1.share`; rivals are counted from the seat round.
        unit: what it counts in before it is scaled.
        scale: what it is divided by.
        squashed: whether tanh is then taken of it, because nature does not bound it.
        low: the least that it can be.
        high: the most that it can be.
    """

    name: str
    unit: str
    scale: float
    squashed: bool
    low: float
    high: float


@dataclass(frozen=True)
class Action:
    """An order template: `name`, such as `take_rate.up`, and its `meaning` in words."""

    name: str
    meaning: str


@dataclass(frozen=True)
class Standing:
    """How matches stand. Arrays are this object's own; the first axis is the match, the second the seat.

    Attributes:
        observations: float32, (matches, seats, features); bounded by the features' `low` and `high`.
        masks: int8, (matches, seats, actions): 1 for actions that would change something now. The first is always 1.
        rewards: float32, (matches, seats), of the last turn.
        figures: float64, (matches, seats, 4): value, profit of the turn (both yuan), share of sales (a fraction), cash (yuan).
        acts: bool, (matches, seats): whether the seat has anything to decide.
        turns: int64, (matches,): turns played.
        over: bool, (matches,): whether they are all.
    """

    observations: NDArray[np.float32]
    masks: NDArray[np.int8]
    rewards: NDArray[np.float32]
    figures: NDArray[np.float64]
    acts: NDArray[np.bool_]
    turns: NDArray[np.int64]
    over: NDArray[np.bool_]

    def figures_of(self, match: int, seat: int) -> dict[str, float]:
        """The figures of a seat by name."""
        return dict(zip(_FIGURES, self.figures[match, seat].tolist()))


class Matches:
    """So many matches of one level, played turn by turn beside each other in one process.

    Args:
        level: what is played.
        count: how many matches.
        seats: whose decisions are Python's, by id; every platform if None.
        others: strategies of other seats, by id; as in the level if they are not named.
        turns: turns of a match, months; the level's if None, as for those that follow.
        consumers: consumer agents of each match.
        merchants: merchant agents of each match.
        reward: `"value"`, change of the company's value over its value after the first month; `"profit"`, profit over the same; `"share"`,
            change of its share of sales; `"win"`, at the end the part of its rivals that it ends above.
        threads: how many matches are played at once; all cores if None. The numbers are the same.
        process: plays them in this process, which is then not closed with them.

    Attributes:
        level: what is played.
        seats: ids of the seats whose decisions are Python's, in the level's order: the order of every seat axis.
        platforms: ids of all platforms.
        turns: turns of a match.
        observation: what the numbers of an observation are.
        actions: what the actions are; 0 is to do nothing.

    Raises:
        LevelError: the level is not sound.
        ValueError: a seat is none of the level's, or there is nobody to decide for.
    """

    def __init__(
        self,
        level: Levelled,
        count: int = 1,
        *,
        seats: Sequence[str] | None = None,
        others: Mapping[str, str] | None = None,
        turns: int | None = None,
        consumers: int | None = None,
        merchants: int | None = None,
        reward: str = "value",
        threads: int | None = 1,
        process: Process | None = None,
    ) -> None:
        if count < 1:
            raise ValueError(f"{count} matches; expected one or more")
        self.level = Level.of(level)
        self._own = process is None
        self.process = process or Process(threads=threads)
        try:
            described = self._described()
            self.platforms: list[str] = described["seats"]
            asked = list(self.platforms if seats is None else seats)
            for id in [*asked, *(others or {})]:
                if id not in self.platforms:
                    raise ValueError(f"there is no seat {id!r}; expected some of {', '.join(self.platforms)}")
            if not asked:
                raise ValueError(f"no seat is Python's; expected some of {', '.join(self.platforms)}")
        except BaseException:
            self.close()
            raise
        self.seats = [id for id in self.platforms if id in asked]
        self.turns: int = turns if turns is not None else described["level"]["setup"]["turns"]
        self.observation = [Feature(*(feature[name] for name in Feature.__match_args__)) for feature in described["observation"]]
        self.actions = [Action(action["name"], action["meaning"]) for action in described["actions"]]
        chosen = {"turns": turns, "consumers": consumers, "merchants": merchants}
        self._setup: dict[str, Any] = {
            **self.level.request(),
            "seats": {**(others or {}), **dict.fromkeys(self.seats, "host")},
            **{name: value for name, value in chosen.items() if value is not None},
            "reward": reward,
        }
        self._numbers = [self.process.number() for _ in range(count)]

    def __len__(self) -> int:
        return len(self._numbers)

    def reset(self, seeds: Sequence[int], which: Sequence[int] | None = None) -> Standing:
        """Begins matches anew.

        Args:
            seeds: a seed for each of them, from 0 to 2**64 - 1.
            which: their places, all if None.

        Returns:
            How these matches stand before their first turn, in the order of `which`.

        Raises:
            ValueError: there is not one seed for each.
            RequestError: a match cannot be begun so: a strategy, reward or number of agents that there is not.
        """
        numbers = self._numbers if which is None else [self._numbers[place] for place in which]
        if len(seeds) != len(numbers):
            raise ValueError(f"{len(seeds)} seeds; expected one for each of {len(numbers)} matches")
        matches = [{"match": number, "seed": int(seed), **self._setup} for number, seed in zip(numbers, seeds)]
        return self._standing(self.process.ask({"type": "reset", "matches": matches, "observe": "vector"}))

    def step(self, actions: Any, which: Sequence[int] | None = None) -> Standing:
        """Plays a turn of matches.

        Args:
            actions: whole numbers, (matches, seats): the action of each seat. One that the mask rules out does nothing.
            which: places of the matches, all if None.

        Returns:
            How these matches stand after it, in the order of `which`.

        Raises:
            ValueError: the shape is another one.
            RequestError: a match is over or was never begun, or there is no such action; `match` says which one. The others are played.
        """
        numbers = self._numbers if which is None else [self._numbers[place] for place in which]
        chosen = np.asarray(actions)
        if chosen.shape != (len(numbers), len(self.seats)) or chosen.dtype.kind not in "iu":
            raise ValueError(
                f"actions are {chosen.dtype} of shape {chosen.shape}; expected whole numbers of shape {(len(numbers), len(self.seats))}"
            )
        # As `json.dumps` would write it, in a third of the time.
        matches = ",".join(f'{{"match":{number},"actions":{row}}}' for number, row in zip(numbers, chosen.tolist()))
        return self._standing(self.process.ask_line(f'{{"type":"step","matches":[{matches}],"observe":"vector"}}'))

    def order(self, orders: Sequence[Mapping[str, Sequence[Order]]], which: Sequence[int] | None = None) -> Standing:
        """Plays a turn of matches by orders, as docs/protocol.md says them, instead of actions.

        Args:
            orders: of each match the orders by seat, such as `{"north": [{"TakeRate": {"rate": 0.06}}]}`; a seat that is left out
                orders nothing. The market refuses what is not legal, and the other orders hold.
            which: places of the matches, all if None.

        Raises:
            ValueError: there are not orders for each.
            RequestError: as of `step`, or an order cannot be read; then no match is played.
        """
        numbers = self._numbers if which is None else [self._numbers[place] for place in which]
        if len(orders) != len(numbers):
            raise ValueError(f"orders for {len(orders)} matches; expected them for each of {len(numbers)}")
        matches = [{"match": number, "orders": dict(given)} for number, given in zip(numbers, orders)]
        return self._standing(self.process.ask({"type": "step", "matches": matches, "observe": "vector"}))

    def judge(self, which: Sequence[int] | None = None) -> NDArray[np.float64]:
        """What the seats' companies turn out to be worth after the months that follow, as tournaments judge them.

        Returns:
            float64, (matches, seats + 1): yuan, seat by seat, then the most that a company of somebody else is worth (NaN if there is
            none). The matches stand where they stood.
        """
        numbers = self._numbers if which is None else [self._numbers[place] for place in which]
        rows = []
        for worth in self.process.judge(numbers):
            theirs = [one["value"] for id, one in worth.items() if id not in self.seats]
            rows.append([*(worth[id]["value"] for id in self.seats), max(theirs, default=np.nan)])
        return np.array(rows, dtype=np.float64)

    def close(self) -> None:
        """Ends the matches, and the process unless it was given. They may be closed any number of times."""
        if self._own:
            self.process.close()
        elif not self.process.closed:
            for number in getattr(self, "_numbers", []):
                try:
                    self.process.end(number)
                except RequestError:
                    # It was never begun.
                    pass
        self._numbers = []

    def __enter__(self) -> Matches:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _described(self) -> dict[str, Any]:
        try:
            return self.process.describe(**self.level.request())
        except RequestError:
            self.level.check()
            raise

    def _standing(self, answer: dict[str, Any]) -> Standing:
        matches = answer["matches"]
        for match in matches:
            if "error" in match:
                error = match["error"]
                raise RequestError(error["what"], error["where"], error.get("expected"), match["match"])
        shape = (len(matches), len(self.seats))
        return Standing(
            _array(answer["observations"], "<f4", (*shape, len(self.observation))),
            _array(answer["masks"], "i1", (*shape, len(self.actions))),
            _array(answer["rewards"], "<f4", shape),
            _array(answer["figures"], "<f8", (*shape, len(_FIGURES))),
            _array(answer["acts"], "?", shape),
            np.array([match["turn"] for match in matches], dtype=np.int64),
            np.array([match["over"] for match in matches], dtype=np.bool_),
        )


def _array(base64: str, kind: str, shape: tuple[int, ...]) -> NDArray[Any]:
    # Learners write into what they are given, which bytes do not let them.
    return np.frombuffer(bytearray(binascii.a2b_base64(base64)), dtype=kind).reshape(shape)
