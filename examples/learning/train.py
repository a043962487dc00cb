"""Trains a policy on arena/duel by an evolution strategy: python3 examples/learning/train.py --minutes 10

The policy is a line: what a company sets, each price and budget a number from −1 to 1, is a bias and a weighted sum of ten
things that it sees. It starts as a company that leaves everything as it is. In each generation the weights are shaken in both directions, all
shaken policies play the same matches in both seats against each opponent, and the weights move towards those that end above it.
"""

from __future__ import annotations

import argparse
import csv
import json
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np

import walled_gardens as wg
from walled_gardens.levers import levers

LEVEL = "arena/duel"
#: What the policy sees: its name for it, and whose name in observations begins so.
SEEN = {
    "time": "time",
    "own.share": "own.share",
    "own.trust": "own.trust",
    "own.variety": "own.variety",
    "own.awareness": "own.awareness.",
    "rival1.variety": "rival1.variety",
    "rival1.trust": "rival1.trust",
    "rival1.take_rate": "rival1.take_rate.",
    "rival1.coupon": "rival1.coupon",
    "rival1.advert_load": "rival1.advert_load",
}


class Field:
    """Matches in one seat against one opponent, in a process of their own."""

    def __init__(self, seat: str, rival: str, opponent: str, count: int) -> None:
        self.seat = seat
        self.matches = wg.Matches(LEVEL, count, seats=[seat], others={rival: opponent})
        self.levers = levers(self.matches.observation)
        names = [feature.name for feature in self.matches.observation]
        self.columns = [next(place for place, name in enumerate(names) if name.startswith(seen)) for seen in SEEN.values()]

    def opening(self) -> np.ndarray:
        """What a seat sees before the first turn."""
        return self.matches.reset([1] * len(self.matches)).observations[0, 0, self.columns]

    def play(self, weights: np.ndarray, usual: np.ndarray, seeds: list[int]) -> np.ndarray:
        """Plays (policies, levers, features + 1) on each seed: by policy and seed, how far it ends above the other, from −1 to 1."""
        policies = len(weights)
        standing = self.matches.reset([seed for _ in range(policies) for seed in seeds])
        while not standing.over[0]:
            seen = standing.observations[:, 0, self.columns].reshape(policies, len(seeds), -1) - usual
            numbers = np.einsum("plf,psf->psl", weights[:, :, 1:], seen) + weights[:, None, :, 0]
            part = ((np.clip(numbers, -1, 1) + 1) / 2) ** 2 * [lever.most for lever in self.levers]
            standing = self.matches.order(
                [
                    {self.seat: [{lever.order: {lever.field: amount}} for lever, amount in zip(self.levers, row)]}
                    for row in part.reshape(policies * len(seeds), -1).tolist()
                ]
            )
        own, theirs = self.matches.judge().T
        return ((own - theirs) / (np.abs(own) + np.abs(theirs))).reshape(policies, len(seeds))


def passive(known: list, usual_prices: dict[str, float]) -> np.ndarray:
    """Weights that leave everything as it opens."""
    weights = np.zeros((len(known), len(SEEN) + 1))
    for place, lever in enumerate(known):
        weights[place, 0] = 2 * np.sqrt(usual_prices.get(lever.name, 0.0) / lever.most) - 1
    return weights


def main() -> None:
    flags = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    flags.add_argument("--minutes", type=float, default=10.0)
    flags.add_argument("--opponents", nargs="+", default=["passive", "steady-investor"])
    flags.add_argument("--pairs", type=int, default=24, help="shaken policies a generation, each in both directions")
    flags.add_argument("--seeds", type=int, default=2, help="matches of each policy by seat and opponent")
    flags.add_argument("--shake", type=float, default=0.08)
    flags.add_argument("--step", type=float, default=0.04)
    flags.add_argument("--seed", type=int, default=1)
    flags.add_argument("--weights", type=Path, default=Path("examples/bots/trained.json"))
    flags.add_argument("--curve", type=Path, default=Path("curve.csv"))
    given = flags.parse_args()

    chance = np.random.default_rng(given.seed)
    policies, tested = 2 * given.pairs, 64
    seats = wg.Level(LEVEL).seats
    fields = [Field(seat, rival, who, policies * given.seeds) for who in given.opponents for seat, rival in (seats, seats[::-1])]
    trials = {who: [Field(seat, rival, who, tested) for seat, rival in (seats, seats[::-1])] for who in (*given.opponents, "premium")}
    known = fields[0].levers
    usual = fields[0].opening()
    opening = wg.run(LEVEL, turns=1).where(turn=1, seat=seats[0])
    prices = {"take_rate": wg.Level(LEVEL)["market.opening_take_rate"], "advert_load": wg.Level(LEVEL)["market.opening_advert_load"]}
    budgets = {f"budget.{name}": opening[name][0] for name in ("brand", "categories", "marketing", "governance")}
    weights = passive(known, {**prices, **budgets})

    # Adam, with the usual constants.
    first, second, generation = np.zeros_like(weights), np.zeros_like(weights), 0
    begun = time.monotonic()
    with given.curve.open("w", newline="") as file, ThreadPoolExecutor(2) as pool:
        curve = csv.writer(file)
        curve.writerow(["generation", "minutes", "matches", *(f"won_{who}" for who in trials), *(f"margin_{who}" for who in trials)])
        while True:
            if generation % 10 == 0 or time.monotonic() - begun > 60 * given.minutes:
                minutes = (time.monotonic() - begun) / 60
                margins = {
                    who: np.concatenate(list(pool.map(lambda field: field.play(weights[None], usual, list(range(10**6, 10**6 + tested))), pair)))
                    for who, pair in trials.items()
                }
                won = [round(float((margin > 0).mean()), 3) for margin in margins.values()]
                mean = [round(float(margin.mean()), 4) for margin in margins.values()]
                matches = generation * policies * given.seeds * len(fields)
                curve.writerow([generation, round(minutes, 2), matches, *won, *mean])
                file.flush()
                print(f"{minutes:5.1f} min, generation {generation}: won {dict(zip(trials, won))}, margin {mean}", file=sys.stderr)
                save(given.weights, weights, usual, known)
                if minutes > given.minutes:
                    break
            shaken = chance.standard_normal((given.pairs, *weights.shape)) * given.shake
            tried = np.concatenate([weights + shaken, weights - shaken])
            seeds = chance.integers(10**5, size=given.seeds).tolist()
            played = list(pool.map(lambda field: field.play(tried, usual, seeds), fields))
            # By rank in each field: what matters is who is better, not by how much.
            scores = sum(margin.mean(axis=1).argsort().argsort() for margin in played) / (policies - 1) / len(fields) - 0.5
            slope = np.tensordot(scores[: given.pairs] - scores[given.pairs :], shaken, axes=1) / given.pairs / given.shake
            generation += 1
            first = 0.9 * first + 0.1 * slope
            second = 0.99 * second + 0.01 * slope**2
            weights = weights + given.step * (first / (1 - 0.9**generation)) / (np.sqrt(second / (1 - 0.99**generation)) + 1e-8)
            weights[:, 0] = np.clip(weights[:, 0], -1, 1)


def save(path: Path, weights: np.ndarray, usual: np.ndarray, known: list) -> None:
    """Writes a policy as `examples/bots/trained.py` reads it."""
    rows = [
        {
            "name": lever.name,
            "order": lever.order,
            "field": lever.field,
            "most": lever.most,
            "bias": round(float(row[0]), 4),
            "weights": {name: round(float(weight), 4) for name, weight in zip(SEEN, row[1:])},
        }
        for lever, row in zip(known, weights)
    ]
    policy = {"level": LEVEL, "usual": {name: round(float(number), 6) for name, number in zip(SEEN, usual)}, "levers": rows}
    path.write_text(json.dumps(policy, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
