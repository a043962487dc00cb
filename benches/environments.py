"""Environment steps a second from Python, beside a PettingZoo environment of comparable size.

    taskset -c 0 python3 benches/environments.py

Needs the package with its extra `env`, and pygame, without which PettingZoo's classic games do not load. Everything runs on the cores that
it is given; times are processor time of Python and of the program together, so that other programs on the machine count for little.
"""

from __future__ import annotations

import os
import platform
import sys
import time
from collections.abc import Callable

import numpy as np
from pettingzoo.classic import connect_four_v3
from pettingzoo.sisl import pursuit_v5

import walled_gardens as wg

#: Seconds that each line of the table is played for.
SECONDS = float(os.environ.get("SECONDS", "5"))


def processor(pid: int) -> float:
    """Seconds of processor time that another process has taken."""
    fields = open(f"/proc/{pid}/stat").read().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def timed(name: str, play: Callable[[], int], programs: list[int]) -> None:
    """Plays until the time is up, and prints a line."""
    play()
    wall, own, theirs, steps = time.perf_counter(), time.process_time(), sum(map(processor, programs)), 0
    while time.perf_counter() - wall < SECONDS:
        steps += play()
    wall = time.perf_counter() - wall
    own, theirs = time.process_time() - own, sum(map(processor, programs)) - theirs
    print(
        f"| {name} | {steps / (own + theirs):,.0f} | {steps / wall:,.0f} | {own / steps * 1e6:.0f} | {theirs / steps * 1e6:.0f} |",
        flush=True,
    )


def legal(masks: np.ndarray, chance: np.random.Generator) -> np.ndarray:
    """Any legal action by row."""
    return (chance.random(masks.shape, dtype=np.float32) * masks).argmax(axis=-1)


def batch(count: int, threads: int) -> None:
    """Both seats of arena/duel, in so many matches."""
    chance, drawn = np.random.default_rng(1), iter(range(10**9))
    with wg.Matches("arena/duel", count, consumers=1000, threads=threads) as matches:

        def play() -> int:
            standing = matches.reset([next(drawn) for _ in range(count)])
            while not standing.over[0]:
                standing = matches.step(legal(standing.masks, chance))
            return matches.turns * count

        timed(f"arena/duel, both seats, {count} matches at once, {threads} thread(s)", play, [matches.process.pid])


def parallel() -> None:
    """The same through PettingZoo, one match."""
    chance = np.random.default_rng(1)
    env = wg.parallel_env(consumers=1000)

    def play() -> int:
        seen, _ = env.reset()
        steps = 0
        while env.agents:
            seen, *_ = env.step({agent: legal(seen[agent]["action_mask"], chance) for agent in env.agents})
            steps += 1
        return steps

    timed("arena/duel, `parallel_env`, one match", play, [env.matches.process.pid])
    env.close()


def pursuit() -> None:
    """Two agents that see 147 numbers each and move at once."""
    env = pursuit_v5.parallel_env(n_pursuers=2, n_evaders=10, max_cycles=100)

    def play() -> int:
        env.reset(seed=1)
        steps = 0
        while env.agents:
            env.step({agent: env.action_space(agent).sample() for agent in env.agents})
            steps += 1
        return steps

    timed("PettingZoo `pursuit_v5`, 2 agents, 147 numbers each", play, [])
    env.close()


def connect_four() -> None:
    """Two agents that see 84 numbers and a mask and move by turns; two moves count as a step."""
    chance = np.random.default_rng(1)
    env = connect_four_v3.env()

    def play() -> int:
        env.reset(seed=1)
        moves = 0
        for agent in env.agent_iter():
            seen, _, ended, truncated, _ = env.last()
            env.step(None if ended or truncated else int(legal(seen["action_mask"], chance)))
            moves += 1
        return moves // 2

    timed("PettingZoo `connect_four_v3`, 2 agents, 84 numbers and a mask", play, [])
    env.close()


def main() -> None:
    print(f"Python {platform.python_version()}, {len(os.sched_getaffinity(0))} core(s), load {os.getloadavg()[0]:.1f}\n", file=sys.stderr)
    print("| environment | steps a processor second | steps a second by the clock | µs of Python a step | µs of the program |")
    print("|---|---:|---:|---:|---:|")
    for count in (1, 8, 32, 64, 256):
        batch(count, 1)
    if len(os.sched_getaffinity(0)) > 1:
        batch(64, 2)
    parallel()
    pursuit()
    connect_four()


if __name__ == "__main__":
    main()
