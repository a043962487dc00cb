#!/usr/bin/env bash
# SuperSuit 3.11.0: black_death_v3 does not tell when an episode ends. It is the wrapper for environments whose agents drop out, for learners that
# need the same agents throughout: those that are gone observe zeros and earn 0. Expected: the step in which all are done says so, as a
# truncation (L below) where the limit of turns stopped them, as a termination (T) where they went under.
# What happens: it waits for a step in which every agent is both terminated and truncated. No environment says that, and the last true
# step looks like any other. The next one, played with nobody left, is such a step because nothing is true of all of nobody: one more
# transition, zeros and reward 0, said to be terminated and truncated whatever it was. If nobody dies at all it does the same.
# Whom it hurts: learning in a market where companies go under. Each episode ends in a state that does not exist, and a learner takes
# the limit of turns for ruin: those that bootstrap go on from a truncated state, but take a terminated one to be worth nothing.
# The missing end is mended in the repository (pull request 265), not in this release; that both are said at once is not.
# Instead: let the environment itself keep the dead with zeros and end all at once; SuperSuit is then not needed for it.
# Needs Python 3.11 or later and the network. Fails if what is printed changes. Printed is what each sees, by month, with T and L.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check supersuit==3.11.0 pettingzoo==1.27.0 gymnasium==1.4.0 numpy==2.4.6
found=$("$folder/venv/bin/python" - <<'PY'
import numpy as np
import supersuit
from gymnasium.spaces import Box, Discrete
from pettingzoo import ParallelEnv


class Market(ParallelEnv):
    """Three months; `dies` goes under in the first, the others are stopped by the limit of turns, or go under too."""
    metadata = {"name": "market_v0", "render_modes": []}
    render_mode = None
    possible_agents = ["amber", "birch"]

    def __init__(self, dies, limit):
        self.dies, self.limit = dies, limit
        self.seen = {agent: Box(0, 9, (1,), np.float32) for agent in self.possible_agents}
        self.acts = {agent: Discrete(2) for agent in self.possible_agents}

    def observation_space(self, agent):
        return self.seen[agent]

    def action_space(self, agent):
        return self.acts[agent]

    def reset(self, seed=None, options=None):
        self.agents, self.month = self.possible_agents[:], 0
        return {agent: np.zeros(1, np.float32) for agent in self.agents}, {agent: {} for agent in self.agents}

    def step(self, actions):
        self.month += 1
        agents, last = self.agents, self.month == 3
        gone = {agent: agent == self.dies and self.month == 1 or last and not self.limit for agent in agents}
        stopped = {agent: last and self.limit for agent in agents}
        self.agents = [agent for agent in agents if not (gone[agent] or stopped[agent])]
        return ({agent: np.full(1, self.month, np.float32) for agent in agents}, {agent: float(self.month) for agent in agents},
                gone, stopped, {agent: {} for agent in agents})


def play(name, market):
    market.reset()
    months = []
    while market.agents and len(months) < 9:
        seen, rewards, gone, stopped, _ = market.step({agent: 0 for agent in market.agents})
        months.append(" ".join(f"{agent[0]}{seen[agent][0]:.0f}" + "T" * bool(gone[agent]) + "L" * bool(stopped[agent]) for agent in seen))
    print(f"{name}: {' | '.join(months)}")


for name, dies, limit in (("limit of turns", None, True), ("all go under", None, False), ("amber first, then limit", "amber", True)):
    play(name, Market(dies, limit))
    play("  black death", supersuit.black_death_v3(Market(dies, limit)))
PY
)
expected='limit of turns: a1 b1 | a2 b2 | a3L b3L
  black death: a1 b1 | a2 b2 | a3 b3 | a0TL b0TL
all go under: a1 b1 | a2 b2 | a3T b3T
  black death: a1 b1 | a2 b2 | a3 b3 | a0TL b0TL
amber first, then limit: a1T b1 | b2 | b3L
  black death: a1 b1 | a0 b2 | a0 b3 | a0TL b0TL'
printf '%s\n' "$found"
[ "$found" = "$expected" ]
