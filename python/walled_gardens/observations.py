"""What is seen, as a space of Gymnasium's."""

from __future__ import annotations

from collections.abc import Sequence
from typing import cast

import numpy as np
from gymnasium import spaces
from numpy.typing import NDArray

from .matches import Feature


def box(features: Sequence[Feature]) -> spaces.Space[NDArray[np.float32]]:
    """All numbers between their bounds, float32, (features,)."""
    low = np.array([feature.low for feature in features], dtype=np.float32)
    high = np.array([feature.high for feature in features], dtype=np.float32)
    return cast(spaces.Space[NDArray[np.float32]], spaces.Box(low, high, dtype=np.float32))
