"""A market as a PettingZoo environment in which everybody decides at once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from gymnasium import spaces
from numpy.typing import NDArray
from pettingzoo import ParallelEnv

from . import levers as lever
from .chart import Film
from .matches import SEEDS, Matches, Standing
from .observations import box
from .process import Process
from .studies import Levelled

#: `{"observation": float32 (features,), "action_mask": int8 (actions,)}`, or the observation alone with `flat=True`.
Observation = dict[str, NDArray[Any]] | NDArray[np.float32]


class ParallelMarket(ParallelEnv[str, Observation, Any]):
    """A match in which Python decides for some seats, all at once, and strategies for the others.

    Agents are `platform_0`, `platform_1` … in the level's order of seats; `seats` gives their ids. All of them stay until the end of
    the match, which truncates it: a company that has gone under, or not come yet, can do nothing but action 0. Infos hold `seat`,
    `acts`, the match's `seed` and `turn`, `value`, `cash` and `profit` (yuan) and `share`; with `flat=True` also `action_mask`.

    Args:
        matches: the match that is played.
        flat: observations are arrays, and masks stand in infos.
        levers: actions are float32 from −1 to 1, one for each of `levers`, and set prices and budgets. There is no mask then, and what
            waits for an answer is answered by default.
        render_mode: `"rgb_array"` or None.

    Attributes:
        matches: the match, with what observations and actions mean: `matches.observation`, `matches.actions`.
        levers: what actions set; empty if they are order templates.
        seats: the seat's id by agent.
    """

    metadata = {"name": "walled_gardens_v0", "render_modes": ["rgb_array"], "is_parallelizable": True, "render_fps": 4}

    def __init__(
        self, matches: Matches, flat: bool = False, levers: bool = False, render_mode: str | None = None
    ) -> None:
        self._film = Film(render_mode)
        self.matches = matches
        self.flat = flat or levers
        self.levers = lever.levers(matches.observation) if levers else []
        self.render_mode = render_mode
        self.possible_agents = [f"platform_{place}" for place in range(len(matches.seats))]
        self.agents: list[str] = []
        self.seats = dict(zip(self.possible_agents, matches.seats))
        self.observation_spaces = {agent: self._observation_space() for agent in self.possible_agents}
        self.action_spaces = {agent: lever.action_space(self.levers, matches.actions) for agent in self.possible_agents}
        self._chance = np.random.default_rng()
        self._seed = 0

    def observation_space(self, agent: str) -> spaces.Space[Any]:
        """What an agent sees: the same object on each call."""
        return self.observation_spaces[agent]

    def action_space(self, agent: str) -> spaces.Space[Any]:
        """What an agent can do: the number of an order template, or a number for each lever."""
        return self.action_spaces[agent]

    def reset(
        self, seed: int | None = None, options: dict[str, Any] | None = None
    ) -> tuple[dict[str, Observation], dict[str, dict[str, Any]]]:
        """Begins a match.

        Args:
            seed: the match's seed; without one it is drawn, and after a seeded match always in the same way.
            options: nothing is read of them.
        """
        if seed is not None:
            self._chance = np.random.default_rng(seed)
        self._seed = int(seed) if seed is not None else int(self._chance.integers(SEEDS))
        standing = self.matches.reset([self._seed])
        self.agents = list(self.possible_agents)
        self._film.begin(self.matches.observation, standing.observations[0, 0])
        return self._observations(standing), self._infos(standing)

    def step(
        self, actions: dict[str, Any]
    ) -> tuple[dict[str, Observation], dict[str, float], dict[str, bool], dict[str, bool], dict[str, dict[str, Any]]]:
        """Plays a month by everybody's actions.

        Raises:
            ValueError: an agent has no action, or one that is not in its space.
        """
        if not self.agents:
            # Wrappers that bury agents go on asking for a while.
            return {}, {}, {}, {}, {}
        chosen = []
        for agent in self.agents:
            if agent not in actions:
                raise ValueError(f"no action for {agent}, seat {self.seats[agent]}; expected one for each of {', '.join(self.agents)}")
            if not self.action_spaces[agent].contains(actions[agent]):
                raise ValueError(f"action {actions[agent]!r} of {agent}; expected {lever.expected(self.levers, self.matches.actions)}")
            chosen.append(actions[agent])
        standing = lever.played(self.matches, self.levers, chosen)
        self._film.see(standing.observations[0, 0])
        agents, over = self.agents, bool(standing.over[0])
        if over:
            self.agents = []
        rewards = dict(zip(agents, standing.rewards[0].tolist()))
        ended, truncated = dict.fromkeys(agents, False), dict.fromkeys(agents, over)
        return self._observations(standing), rewards, ended, truncated, self._infos(standing)

    def action_masks(self, agent: str, observation: Observation) -> NDArray[np.bool_]:
        """The mask in an agent's observation as booleans."""
        if not isinstance(observation, dict):
            raise ValueError(f"the observation of {agent} is flat; expected one with a mask, or the mask in its info")
        return observation["action_mask"].astype(np.bool_)

    def render(self) -> NDArray[np.uint8] | None:
        """The shares of sales so far, uint8, (240, 400, 3); None without `render_mode="rgb_array"`."""
        return self._film.picture(self.matches.turns)

    def close(self) -> None:
        """Ends the match, and the program unless it was given."""
        self.matches.close()

    def _observation_space(self) -> spaces.Space[Any]:
        seen = box(self.matches.observation)
        if self.flat:
            return seen
        return spaces.Dict({"observation": seen, "action_mask": spaces.Box(0, 1, (len(self.matches.actions),), dtype=np.int8)})

    def _observations(self, standing: Standing) -> dict[str, Observation]:
        rows = zip(self.possible_agents, standing.observations[0], standing.masks[0])
        if self.flat:
            return {agent: seen.copy() for agent, seen, _ in rows}
        return {agent: {"observation": seen.copy(), "action_mask": mask.copy()} for agent, seen, mask in rows}

    def _infos(self, standing: Standing) -> dict[str, dict[str, Any]]:
        turn, infos = int(standing.turns[0]), {}
        for place, agent in enumerate(self.possible_agents):
            acts = bool(standing.acts[0, place])
            info = {"seat": self.seats[agent], "acts": acts, "seed": self._seed, "turn": turn, **standing.figures_of(0, place)}
            masked = self.flat and not self.levers
            infos[agent] = {**info, "action_mask": standing.masks[0, place].copy()} if masked else info
        return infos


def parallel_env(
    level: Levelled = "arena/duel",
    seats: Sequence[str] | None = None,
    *,
    others: Mapping[str, str] | None = None,
    turns: int | None = None,
    consumers: int | None = None,
    merchants: int | None = None,
    reward: str = "value",
    flat: bool = False,
    levers: bool = False,
    render_mode: str | None = None,
    process: Process | None = None,
) -> ParallelMarket:
    """A market in which everybody decides at once.

    Args:
        level: what is played.
        seats: ids of the seats that are agents; every platform if None.
        others: strategies of the other seats, by id; as in the level if they are not named.
        turns, consumers, merchants, reward: as for `Matches`.
        flat: observations are arrays, and masks stand in infos: for wrappers that know nothing else.
        levers: actions are numbers for levers, as for `ParallelMarket`.
        render_mode: `"rgb_array"` or None.
        process: plays it in this process, which is then not closed with it.

    Raises:
        LevelError: the level is not sound.
        ValueError: there is no such seat or render mode.
    """
    matches = Matches(
        level,
        seats=seats,
        others=others,
        turns=turns,
        consumers=consumers,
        merchants=merchants,
        reward=reward,
        process=process,
    )
    try:
        return ParallelMarket(matches, flat, levers, render_mode)
    except BaseException:
        matches.close()
        raise
