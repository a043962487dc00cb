"""Levers: what a company sets each month, as numbers from −1 to 1."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from gymnasium import spaces

from .matches import Action, Feature, Matches, Standing
from .ron import Order

_PRICES = (
    ("take_rate", "TakeRate", "rate", "fraction of sales", "take_rate."),
    ("consumer_fee", "ConsumerFee", "rate", "fraction of the price", "consumer_fee"),
    ("coupon", "Coupon", "depth", "fraction of the price", "coupon"),
    ("advert_load", "AdvertLoad", "load", "fraction of the screen", "advert_load"),
    ("merchant_fee", "MerchantFee", "fee", "yuan a month", "merchant_fee"),
)
_BUDGETS = (
    ("budget.brand", "BrandBudget"),
    ("budget.categories", "CategoryBudget"),
    ("budget.marketing", "MarketingBudget"),
    ("budget.governance", "GovernanceBudget"),
)


@dataclass(frozen=True)
class Lever:
    """A price or a budget that a number from −1 to 1 sets: to `most · ((number + 1) / 2)²`, whatever it was before.

    The square makes steps small where prices and budgets usually are.

    Attributes:
        name: such as `take_rate` (of every category) or `budget.brand`.
        unit: what it is set in.
        most: what 1 sets it to.
        order: the order that sets it.
        field: the order's field.
    """

    name: str
    unit: str
    most: float
    order: str
    field: str

    def ordered(self, number: float) -> Order:
        """The order for a number; beyond −1 and 1 it counts as these."""
        part = (min(max(number, -1.0), 1.0) + 1.0) / 2.0
        return {self.order: {self.field: self.most * part * part}}


def levers(features: Sequence[Feature]) -> list[Lever]:
    """The levers of a level, of what its observations hold: budgets go up to a hundredth of what people spend in a month."""
    scales = {feature.name: feature.scale for feature in features}

    def most(name: str) -> float:
        return next(scale for known, scale in scales.items() if known.startswith(f"own.{name}"))

    prices = [Lever(name, unit, most(seen), order, field) for name, order, field, unit, seen in _PRICES]
    # An observation is tanh of a budget over half of that hundredth.
    return prices + [Lever(name, "yuan a month", 2.0 * most(name), order, "amount") for name, order in _BUDGETS]


def action_space(known: Sequence[Lever], actions: Sequence[Action]) -> spaces.Space[Any]:
    """Numbers for levers, or the number of an action where there are no levers."""
    return spaces.Box(-1.0, 1.0, (len(known),), dtype=np.float32) if known else spaces.Discrete(len(actions))


def expected(known: Sequence[Lever], actions: Sequence[Action]) -> str:
    """The same in words."""
    return f"{len(known)} float32 from -1 to 1" if known else f"a whole number from 0 to {len(actions) - 1}"


def played(matches: Matches, known: Sequence[Lever], chosen: Sequence[Any]) -> Standing:
    """Plays a turn of the only match, by what each seat has chosen of that space."""
    if not known:
        return matches.step([[int(action) for action in chosen]])
    return matches.order([{seat: ordered(known, numbers) for seat, numbers in zip(matches.seats, chosen, strict=True)}])


def ordered(known: Sequence[Lever], numbers: Any) -> list[Order]:
    """The orders for a number for each lever."""
    return [lever.ordered(float(number)) for lever, number in zip(known, numbers, strict=True)]
