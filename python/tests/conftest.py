"""Where the tests find the program."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from walled_gardens import ProgramNotFound, program

ROOT = Path(__file__).resolve().parents[2]


def pytest_configure() -> None:
    """Without an installed wheel the tests are of the program that `cargo build` made."""
    if "WALLED_GARDENS" not in os.environ:
        target = Path(os.environ.get("CARGO_TARGET_DIR", ROOT / "target"))
        built = [target / profile / "walled-gardens" for profile in ("debug", "release")]
        for program in built:
            if program.is_file():
                os.environ["WALLED_GARDENS"] = str(program)
                return
        try:
            program.find()
        except ProgramNotFound:
            raise pytest.UsageError(f"the program is not built: expected {built[0]} (`cargo build`), or its path in WALLED_GARDENS") from None
