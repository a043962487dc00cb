"""A market as a Gymnasium environment: one seat is Python's, strategies inside the program have the others."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import gymnasium
import numpy as np
from gymnasium import spaces
from gymnasium.vector import AutoresetMode, VectorEnv
from gymnasium.vector.utils import batch_space
from numpy.typing import NDArray

from . import levers as lever
from .chart import Film
from .matches import SEEDS, Matches, Standing
from .observations import box
from .process import Process
from .studies import Levelled

Observation = NDArray[np.float32]


class SoloMarket(gymnasium.Env[Observation, Any]):
    """A match in which Python decides for one seat.

    Observations are float32, (features,), actions numbers of order templates. Which of them would change something now is said by
    `action_masks()` (bool, as sb3-contrib's MaskablePPO asks for it) and by `info["action_mask"]` (int8, as `action_space.sample`
    takes it). The end of a match truncates it; a company that has gone under can do nothing but action 0 until then. Infos also
    hold `acts`, the match's `seed` and `turn`, `value`, `cash` and `profit` (yuan) and `share`.

    Args:
        level: what is played.
        seat: whose decisions are Python's, by id.
        others: strategies of the other seats, by id; as in the level if they are not named.
        turns, consumers, merchants, reward: as for `Matches`.
        levers: actions are float32 from −1 to 1, one for each of `levers`, and set prices and budgets. Masks say nothing then, and what
            waits for an answer is answered by default.
        render_mode: `"rgb_array"` or None.
        process: plays it in this process, which is then not closed with it.

    Attributes:
        matches: the match, with what observations and actions mean: `matches.observation`, `matches.actions`.
        levers: what actions set; empty if they are order templates.

    Raises:
        LevelError: the level is not sound.
        ValueError: there is no such seat or render mode.
    """

    metadata = {"render_modes": ["rgb_array"], "render_fps": 4}

    def __init__(
        self,
        level: Levelled = "arena/duel",
        seat: str = "north",
        *,
        others: Mapping[str, str] | None = None,
        turns: int | None = None,
        consumers: int | None = None,
        merchants: int | None = None,
        reward: str = "value",
        levers: bool = False,
        render_mode: str | None = None,
        process: Process | None = None,
    ) -> None:
        self._film = Film(render_mode)
        self.render_mode = render_mode
        self.matches = Matches(
            level,
            1,
            seats=[seat],
            others=others,
            turns=turns,
            consumers=consumers,
            merchants=merchants,
            reward=reward,
            threads=1,
            process=process,
        )
        self.observation_space = box(self.matches.observation)
        self.levers = lever.levers(self.matches.observation) if levers else []
        self.action_space = lever.action_space(self.levers, self.matches.actions)
        self._mask = np.zeros(len(self.matches.actions), dtype=np.bool_)
        self._mask[0] = True
        self._seed = 0

    def reset(self, *, seed: int | None = None, options: dict[str, Any] | None = None) -> tuple[Observation, dict[str, Any]]:
        """Begins a match with this seed; without one it is drawn, and after a seeded match always in the same way."""
        super().reset(seed=seed)
        self._seed = int(seed) if seed is not None else int(self.np_random.integers(SEEDS))
        standing = self.matches.reset([self._seed])
        self._film.begin(self.matches.observation, standing.observations[0, 0])
        return self._seen(standing)

    def step(self, action: Any) -> tuple[Observation, float, bool, bool, dict[str, Any]]:
        """Plays a month.

        Raises:
            ValueError: the action is not in its space.
            RequestError: the match is over, or `reset` was never called.
        """
        if not self.action_space.contains(action):
            raise ValueError(f"action {action!r}; expected {lever.expected(self.levers, self.matches.actions)}")
        standing = lever.played(self.matches, self.levers, [action])
        self._film.see(standing.observations[0, 0])
        observation, info = self._seen(standing)
        return observation, float(standing.rewards[0, 0]), False, bool(standing.over[0]), info

    def action_masks(self) -> NDArray[np.bool_]:
        """Which actions would change something now; bool, (actions,)."""
        return self._mask.copy()

    def render(self) -> NDArray[np.uint8] | None:
        """The shares of sales so far, uint8, (240, 400, 3); None without `render_mode="rgb_array"`."""
        return self._film.picture(self.matches.turns)

    def close(self) -> None:
        """Ends the match, and the program unless it was given."""
        self.matches.close()

    def _seen(self, standing: Standing) -> tuple[Observation, dict[str, Any]]:
        observation, mask = standing.observations[0, 0], standing.masks[0, 0]
        self._mask = mask.astype(np.bool_)
        info = {"acts": bool(standing.acts[0, 0]), "seed": self._seed, "turn": int(standing.turns[0]), **standing.figures_of(0, 0)}
        return observation.copy(), {**info, "action_mask": mask.copy()}


class SoloMarkets(VectorEnv[Observation, NDArray[np.int64], NDArray[Any]]):
    """Many matches beside each other in one process, in each of which Python decides for one seat.

    A match that is over begins anew at the next step, whose action is not read (`AutoresetMode.NEXT_STEP`). Arguments are those of
    `SoloMarket`, and

    Args:
        num_envs: how many matches.
        threads: how many of them are played at once; all cores if None. The numbers are the same.
    """

    metadata = {"render_modes": [], "autoreset_mode": AutoresetMode.NEXT_STEP}

    def __init__(
        self,
        num_envs: int = 1,
        level: Levelled = "arena/duel",
        seat: str = "north",
        *,
        others: Mapping[str, str] | None = None,
        turns: int | None = None,
        consumers: int | None = None,
        merchants: int | None = None,
        reward: str = "value",
        render_mode: str | None = None,
        threads: int | None = 1,
        process: Process | None = None,
    ) -> None:
        if render_mode is not None:
            raise ValueError(f"render_mode is {render_mode!r}; expected None: many matches make no picture")
        self.num_envs = num_envs
        self.matches = Matches(
            level,
            num_envs,
            seats=[seat],
            others=others,
            turns=turns,
            consumers=consumers,
            merchants=merchants,
            reward=reward,
            threads=threads,
            process=process,
        )
        self.single_observation_space = box(self.matches.observation)
        self.single_action_space = spaces.Discrete(len(self.matches.actions))
        self.observation_space = batch_space(self.single_observation_space, num_envs)
        self.action_space = batch_space(self.single_action_space, num_envs)
        self._over = np.zeros(num_envs, dtype=np.bool_)
        self._masks = np.zeros((num_envs, len(self.matches.actions)), dtype=np.int8)
        self._seeds = np.zeros(num_envs, dtype=np.int64)

    def reset(
        self, *, seed: int | Sequence[int | None] | None = None, options: dict[str, Any] | None = None
    ) -> tuple[Observation, dict[str, Any]]:
        """Begins every match: with these seeds, with `seed`, `seed + 1` … or with drawn ones."""
        if isinstance(seed, int):
            super().reset(seed=seed)
            seeds: list[int | None] = [seed + place for place in range(self.num_envs)]
        else:
            super().reset(seed=None)
            seeds = list(seed) if seed is not None else [None] * self.num_envs
        drawn = self.np_random.integers(SEEDS, size=self.num_envs)
        self._seeds = np.array([one if one is not None else more for one, more in zip(seeds, drawn, strict=True)], dtype=np.int64)
        standing = self.matches.reset(self._seeds.tolist())
        self._over[:] = False
        self._masks = standing.masks[:, 0]
        return standing.observations[:, 0], self._infos(standing)

    def step(
        self, actions: NDArray[np.int64]
    ) -> tuple[Observation, NDArray[Any], NDArray[np.bool_], NDArray[np.bool_], dict[str, Any]]:
        """Plays a month of every match, or begins it where it was over."""
        # Matches of one level are all over in the same month.
        if self._over.all():
            self._seeds = self.np_random.integers(SEEDS, size=self.num_envs)
            standing = self.matches.reset(self._seeds.tolist())
        else:
            standing = self.matches.step(np.asarray(actions).reshape(self.num_envs, 1))
        self._over = standing.over.copy()
        self._masks = standing.masks[:, 0]
        ended = np.zeros(self.num_envs, dtype=np.bool_)
        return standing.observations[:, 0], standing.rewards[:, 0].astype(np.float64), ended, self._over.copy(), self._infos(standing)

    def action_masks(self) -> NDArray[np.bool_]:
        """Which actions would change something now; bool, (num_envs, actions)."""
        return self._masks.astype(np.bool_)

    def close_extras(self, **kwargs: Any) -> None:
        """Ends the matches, and the program unless it was given."""
        self.matches.close()

    def _infos(self, standing: Standing) -> dict[str, Any]:
        infos = {"action_mask": self._masks.copy(), "acts": standing.acts[:, 0], "turn": standing.turns, "seed": self._seeds.copy()}
        figures = standing.figures[:, 0]
        return {**infos, "value": figures[:, 0], "profit": figures[:, 1], "share": figures[:, 2], "cash": figures[:, 3]}
