"""The engine's consumer step against NumPy, Polars and Mesa doing the very same step on one thread.

    python -m venv .venv && .venv/bin/pip install -r benches/peers-requirements.txt
    .venv/bin/python benches/peers.py

The step: every consumer i draws one of five platforms j from the multinomial logit probabilities of

    U_ij = appeal_j + share_j - sensitivity_i * price_j + [last_i = j]

by the inverse of their cumulative distribution, with one uniform number each; share_j is the last step's.
At the opening last_i = i % 5, and shares are equal.

A peer may keep nothing with a price or an appeal in it between steps, since those are what platforms change
every turn. Utilities are small here, so nobody takes the largest off before exp; the engine sees that they are.

A peer's time counts only if its shares after ten steps are the engine's, within what chance allows.

Exit status: 0 done, 1 a peer disagrees with the engine or, with --require, the engine is not fast enough, 2
bad use or no figures from the engine.
"""

import os

# One thread each. Libraries read this when they are imported, so it comes before them.
os.environ |= {"POLARS_MAX_THREADS": "1", "OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}

import argparse
import json
import math
import statistics
import subprocess
import sys
import time
import tomllib
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import mesa
import numpy as np
import polars as pl

ROOT = Path(__file__).resolve().parent.parent
ENGINE = ["cargo", "bench", "--bench", "speed", "--", "--peers"]

APPEAL = np.array([0.0, 0.1, 0.2, 0.05, -0.1])
PRICE = np.array([1.0, 1.0, 1.0, 0.9, 0.8])
PLATFORMS = len(APPEAL)
SHARE_EFFECT, SPREAD, HABIT = 1.0, 0.25, 1.0

SEED = 20
# Consumers that NumPy steps at a time: with fewer, calls cost more than arithmetic; with far more, buffers
# leave the cache.
BLOCK = 65_536
GATE_STEPS = 10
LEAST_STEPS, LEAST_SECONDS = 5, 1.0
# How many times faster --require wants the engine to be.
REQUIRED = {"NumPy": 5, "Polars": 15, "Mesa": 500}

Step = Callable[[], np.ndarray]
"""Lets everybody choose once and returns the new shares."""


class People(NamedTuple):
    """Consumers at the opening, a column each."""

    sensitivity: np.ndarray
    last: np.ndarray


class Engine(NamedTuple):
    """What the engine says of itself: shares after ten steps, and choices per second."""

    consumers: int
    shares: np.ndarray
    world: float
    kernel: float


class Result(NamedTuple):
    """A line of the table."""

    tool: str
    version: str
    agents: int
    speed: float


def people(count: int) -> People:
    """Draws consumers, the same for all peers of one size."""
    random = np.random.default_rng(SEED)
    sensitivity = np.exp(SPREAD * random.standard_normal(count)).astype(np.float32)
    return People(sensitivity, (np.arange(count) % PLATFORMS).astype(np.int8))


def common(shares: np.ndarray) -> np.ndarray:
    """The part of utility that is the same for everybody."""
    return APPEAL + SHARE_EFFECT * shares


def numpy_peer(count: int) -> Step:
    """Whole-array arithmetic into buffers that are used again, in blocks that stay in the cache."""
    who = people(count)
    blocks = [
        (who.sensitivity[part], who.last[part])
        for part in (slice(start, start + BLOCK) for start in range(0, count, BLOCK))
    ]
    # SFC64 is the fastest of NumPy's generators.
    random = np.random.Generator(np.random.SFC64(SEED))
    widest = min(count, BLOCK)
    weight_buffer = np.empty((PLATFORMS, widest), np.float32)
    drawn_buffer = np.empty(widest, np.float32)
    stays_buffer = np.empty((PLATFORMS, widest), bool)
    platforms = np.arange(PLATFORMS, dtype=np.int8)[:, None]
    price = PRICE.astype(np.float32)[:, None]
    assert HABIT == 1, "a habit of 1 is the truth value of having stayed; any other costs a multiplication"
    shares = np.full(PLATFORMS, 1 / PLATFORMS)

    def step() -> np.ndarray:
        nonlocal shares
        base = common(shares).astype(np.float32)[:, None]
        beyond_counts = np.zeros(PLATFORMS + 1, np.int64)
        beyond_counts[0] = count
        for sensitivity, last in blocks:
            size = len(last)
            weight, stays, drawn = weight_buffer[:, :size], stays_buffer[:, :size], drawn_buffer[:size]
            np.multiply(sensitivity, price, out=weight)
            np.subtract(base, weight, out=weight)
            np.equal(last, platforms, out=stays)
            np.add(weight, stays, out=weight)
            np.exp(weight, out=weight)
            # Row by row: np.cumsum down the columns takes fifty times as long.
            for platform in range(1, PLATFORMS):
                np.add(weight[platform], weight[platform - 1], out=weight[platform])
            random.random(dtype=np.float32, out=drawn)
            np.multiply(drawn, weight[-1], out=drawn)
            beyond = np.less_equal(weight[:-1], drawn, out=stays[:-1])
            np.sum(beyond.view(np.int8), axis=0, dtype=np.int8, out=last)
            beyond_counts[1:-1] += [np.count_nonzero(row) for row in beyond]
        shares = -np.diff(beyond_counts) / count
        return shares

    return step


def polars_peer(count: int) -> Step:
    """One lazy query a step in the streaming engine, which beats the other two ways to run it."""
    who = people(count)
    frame = pl.DataFrame({"sensitivity": who.sensitivity, "last": who.last})
    random = np.random.Generator(np.random.SFC64(SEED))
    shares = np.full(PLATFORMS, 1 / PLATFORMS)

    def if_so(condition: pl.Expr, value: float, dtype: type[pl.DataType]) -> pl.Expr:
        # Ten times as fast as a cast from Boolean.
        return pl.when(condition).then(pl.lit(value, dtype)).otherwise(pl.lit(0, dtype))

    def weight(platform: int, base: float) -> pl.Expr:
        paid = float(PRICE[platform]) * pl.col("sensitivity")
        kept = if_so(pl.col("last") == platform, HABIT, pl.Float32)
        return (base - paid + kept).exp().alias(f"weight{platform}")

    def step() -> np.ndarray:
        nonlocal frame, shares
        base = common(shares).tolist()
        uniform = pl.Series("drawn", random.random(count, dtype=np.float32))
        query = frame.lazy().with_columns(uniform, *map(weight, range(PLATFORMS), base))
        for platform in range(1, PLATFORMS):
            query = query.with_columns(pl.col(f"weight{platform}") + pl.col(f"weight{platform - 1}"))
        query = query.with_columns(pl.col("drawn") * pl.col(f"weight{PLATFORMS - 1}"))
        beyond = (pl.col(f"weight{platform}") <= pl.col("drawn") for platform in range(PLATFORMS - 1))
        first, *others = (if_so(condition, 1, pl.Int8) for condition in beyond)
        frame = query.select("sensitivity", sum(others, first).alias("last")).collect(engine="streaming")
        chose = ((pl.col("last") == platform).sum().alias(str(platform)) for platform in range(PLATFORMS))
        shares = np.array(frame.select(chose).row(0)) / count
        return shares

    return step


class Consumer(mesa.Agent):
    """An agent who remembers where it bought last."""

    def __init__(self, model: mesa.Model, sensitivity: float, last: int) -> None:
        super().__init__(model)
        self.sensitivity, self.last = sensitivity, last

    def choose(self) -> None:
        """Draws a platform: takes weights off the drawn part of their sum until it is used up."""
        model, sensitivity = self.model, self.sensitivity
        weights = [
            math.exp(base - sensitivity * price)
            for base, price in zip(model.base, model.price)
        ]
        weights[self.last] *= model.pull
        drawn = self.random.random() * sum(weights)
        for platform, weight in enumerate(weights):
            drawn -= weight
            if drawn < 0:
                break
        self.last = platform


class Market(mesa.Model):
    """Consumers and the shares they see."""

    def __init__(self, count: int) -> None:
        super().__init__(seed=SEED)
        who = people(count)
        self.count = count
        self.price, self.pull = PRICE.tolist(), math.exp(HABIT)
        self.shares = np.full(PLATFORMS, 1 / PLATFORMS)
        Consumer.create_agents(self, count, who.sensitivity.tolist(), who.last.tolist())

    def step(self) -> None:
        """Lets everybody choose once."""
        self.base = common(self.shares).tolist()
        self.agents.do("choose")
        chose = Counter(self.agents.get("last"))
        self.shares = np.array([chose[platform] for platform in range(PLATFORMS)]) / self.count


def mesa_peer(count: int) -> Step:
    """An ordinary Mesa model, an object for each consumer."""
    market = Market(count)

    def step() -> np.ndarray:
        market.step()
        return market.shares

    return step


def disagreement(tool: str, shares: np.ndarray, count: int, engine: Engine) -> str | None:
    """What is wrong with a peer's shares, if anything is.

    Four standard errors, and half as much again since chance in a share feeds the next step's. Habit adds
    nothing: within a step consumers do not depend on each other.
    """
    expected = engine.shares
    error = np.sqrt(expected * (1 - expected)) * math.sqrt(1 / count + 1 / engine.consumers)
    allowed = 1.5 * 4 * error
    if np.all(np.abs(shares - expected) <= allowed):
        return None
    figures = [("expected", expected), ("obtained", shares), ("allowed ±", allowed)]
    lines = (f"  {name:<10}" + "".join(f"{value:10.5f}" for value in row) for name, row in figures)
    return "\n".join([f"{tool} disagrees with the engine after {GATE_STEPS} steps:", *lines])


def seconds_per_step(step: Step) -> float:
    """The median over enough steps."""
    times: list[float] = []
    while len(times) < LEAST_STEPS or sum(times) < LEAST_SECONDS:
        start = time.perf_counter()
        step()
        times.append(time.perf_counter() - start)
    return statistics.median(times)


def measure(tool: str, version: str, peer: Callable[[int], Step], count: int, engine: Engine) -> Result:
    """A peer's speed; ends the program where its shares are not the engine's."""
    step = peer(count)
    for _ in range(GATE_STEPS):
        shares = step()
    if trouble := disagreement(tool, shares, count, engine):
        sys.exit(trouble)
    return Result(tool, version, count, count / seconds_per_step(step))


def engine_figures(file: Path | None) -> Engine:
    """Reads what the engine measured, or has it measured now: the last line of its output is the JSON."""
    if file:
        text = file.read_text()
    else:
        text = subprocess.run(ENGINE, cwd=ROOT, stdout=subprocess.PIPE, text=True, check=True).stdout
        text = (text.splitlines() or [""])[-1]
    figures = json.loads(text)
    speeds = figures["choices_per_second"]
    shares = np.array(figures["shares"], dtype=float)
    if shares.shape != (PLATFORMS,):
        raise ValueError(f"{PLATFORMS} shares expected")
    return Engine(int(figures["consumers"]), shares, float(speeds["engine"]), float(speeds["plain_kernel"]))


def engine_version() -> str:
    """As the manifest has it."""
    return tomllib.loads((ROOT / "Cargo.toml").read_text())["package"]["version"]


def processor() -> str:
    """The processor's name, where the system tells."""
    try:
        lines = Path("/proc/cpuinfo").read_text().splitlines()
    except OSError:
        return "unknown"
    return next((line.split(":", 1)[1].strip() for line in lines if line.startswith("model name")), "unknown")


def load() -> str:
    """The load average of the last minute, where the system tells."""
    try:
        return f"{os.getloadavg()[0]:.2f}"
    except (AttributeError, OSError):
        return "unknown"


def with_unit(speed: float) -> str:
    """A number of choices per second that fits a column: 104.7 M, 649.0 k."""
    return f"{speed / 1e6:.1f} M" if speed >= 1e6 else f"{speed / 1e3:.1f} k"


def print_table(results: list[Result], engine: Engine) -> None:
    """One line a tool."""
    print(f"{'tool':<22}{'version':>9}{'agents':>13}{'choices per second':>21}{'engine is faster':>19}")
    for result in results:
        times = f"{engine.world / result.speed:,.1f} ×"
        line = f"{result.tool:<22}{result.version:>9}{result.agents:>13,}{with_unit(result.speed):>21}"
        print(line if result.tool == "engine" else f"{line}{times:>19}")


def positive(text: str) -> int:
    """A number of consumers, for argparse."""
    if (number := int(text)) < 1:
        raise argparse.ArgumentTypeError("at least 1 expected")
    return number


def main() -> int:
    """Measures, prints, and returns the exit status."""
    parser = argparse.ArgumentParser(description="The engine's consumer step against NumPy, Polars and Mesa.")
    add = parser.add_argument
    add("--engine", type=Path, metavar="FILE", help="the engine's figures, instead of measuring them")
    add("--consumers", type=positive, metavar="N", default=1_000_000, help="NumPy and Polars: %(default)s")
    add("--agents", type=positive, metavar="N", default=20_000, help="Mesa, which is slow: %(default)s")
    wanted = ", ".join(f"{factor} times {tool}" for tool, factor in REQUIRED.items())
    add("--require", action="store_true", help=f"exit with 1 unless the engine is as fast as {wanted}")
    options = parser.parse_args()

    load_at_start = load()
    try:
        engine = engine_figures(options.engine)
    except (OSError, subprocess.CalledProcessError) as error:
        parser.error(f"no figures from the engine: {error}")
    except (KeyError, TypeError, ValueError) as error:
        parser.error(f"the engine's figures make no sense: {error!r}")
    peers = [
        measure("NumPy", np.__version__, numpy_peer, options.consumers, engine),
        measure("Polars", pl.__version__, polars_peer, options.consumers, engine),
        measure("Mesa", mesa.__version__, mesa_peer, options.agents, engine),
    ]
    own = [
        Result("engine", engine_version(), engine.consumers, engine.world),
        Result("engine, plain kernel", engine_version(), engine.consumers, engine.kernel),
    ]
    print_table(own + peers, engine)
    print(f"threads = 1, load average at start {load_at_start}, processor {processor()}")

    missed = False
    for tool, _, _, speed in peers if options.require else []:
        if engine.world < REQUIRED[tool] * speed:
            missed = True
            found = f"{engine.world / speed:.1f} times {tool}"
            print(f"missed: {found}, {REQUIRED[tool]} required", file=sys.stderr)
    return int(missed)


if __name__ == "__main__":
    sys.exit(main())
