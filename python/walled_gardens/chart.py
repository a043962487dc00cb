"""Pictures of a match, drawn with numpy alone."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from .matches import Feature

HEIGHT, WIDTH = 240, 400
_MARGIN = 16
_PAPER, _INK, _GRID = (250, 248, 243), (60, 60, 60), (255, 255, 255)
#: Colours that people tell apart who see few of them (Okabe and Ito); the seat's own company has the first.
_COLOURS = ((0, 114, 178), (230, 159, 0), (0, 158, 115), (204, 121, 167), (213, 94, 0), (86, 180, 233), (240, 228, 66), (120, 120, 120))


class Film:
    """A match as it goes, for `render`.

    Args:
        mode: `"rgb_array"`, or None for no pictures.

    Raises:
        ValueError: there is no such mode.
    """

    def __init__(self, mode: str | None) -> None:
        if mode not in (None, "rgb_array"):
            raise ValueError(f"render_mode is {mode!r}; expected None or 'rgb_array'")
        self._shown = mode is not None
        self._shares: list[int] = []
        self._history: list[list[float]] = []

    def begin(self, features: Sequence[Feature], observation: NDArray[np.float32]) -> None:
        """A match stands at its opening; `features` are what observations hold."""
        self._shares, self._history = shares(features), []
        self.see(observation)

    def see(self, observation: NDArray[np.float32]) -> None:
        """A month was played."""
        self._history.append(observation[self._shares].tolist())

    def picture(self, turns: int) -> NDArray[np.uint8] | None:
        """The shares of sales so far, uint8, (240, 400, 3); None without a mode, or before a match."""
        return draw(self._history, turns) if self._shown and self._history else None


def shares(features: Sequence[Feature]) -> list[int]:
    """Where an observation says the companies' shares of sales: its own, then those of rivals."""
    names = [feature.name for feature in features]
    wanted = ["own.share", *(f"rival{rival}.share" for rival in range(1, len(names)))]
    return [names.index(name) for name in wanted if name in names]


def draw(history: Sequence[Sequence[float]], turns: int) -> NDArray[np.uint8]:
    """Shares of sales over a match, stacked, with the seat's own at the bottom.

    Args:
        history: the shares by turn from the opening, each a list by company, fractions.
        turns: turns of the whole match, which are the width.

    Returns:
        uint8, (240, 400, 3): red, green, blue.
    """
    picture = np.full((HEIGHT, WIDTH, 3), _PAPER, dtype=np.uint8)
    top, bottom, left, right = _MARGIN, HEIGHT - _MARGIN, _MARGIN, WIDTH - _MARGIN
    across = np.arange(left, right)
    turn = (across - left) * (turns + 1) // (right - left)
    played = np.asarray(history, dtype=np.float64)
    seen = turn < len(played)
    heights = np.cumsum(played, axis=1)[np.minimum(turn, len(played) - 1)]
    # How high each row of the picture is, from the bottom, as a fraction.
    level = (bottom - 0.5 - np.arange(top, bottom)) / (bottom - top)
    field = picture[top:bottom, left:right]
    company = (level[:, None, None] > heights[None]).sum(axis=2)
    for place in range(played.shape[1]):
        field[(company == place) & seen] = _COLOURS[place % len(_COLOURS)]
    field[(bottom - top) // 2] = _GRID
    for year in range(12, turns, 12):
        field[:, (right - left) * (year + 1) // (turns + 1)] = _GRID
    picture[bottom, left:right] = _INK
    picture[top:bottom, left - 1] = _INK
    return picture
