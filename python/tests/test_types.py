"""The package says the types of everything, and they hold."""

from __future__ import annotations

import subprocess
import sys

import pytest
from conftest import ROOT


def test_mypy_finds_nothing_to_say() -> None:
    pytest.importorskip("mypy")
    pytest.importorskip("polars")
    checked = subprocess.run(
        [sys.executable, "-m", "mypy", "--strict", "python/walled_gardens"], cwd=ROOT, capture_output=True, text=True
    )
    assert checked.returncode == 0, checked.stdout + checked.stderr


def test_importing_the_package_needs_nothing_else() -> None:
    """Without the extra it imports, and says what is missing when an environment is asked for."""
    text = """
import sys
class Nothing:
    def find_spec(self, name, path=None, target=None):
        if name.split(".")[0] in ("numpy", "gymnasium", "pettingzoo", "polars", "pandas"):
            raise ModuleNotFoundError(f"No module named {name!r}", name=name)
sys.meta_path.insert(0, Nothing())
import walled_gardens as wg
assert len(wg.run("arena/duel", turns=1, consumers=200)) == 4
try:
    wg.parallel_env
except ModuleNotFoundError as error:
    print(error)
"""
    ran = subprocess.run([sys.executable, "-c", text], cwd=ROOT / "python", capture_output=True, text=True)
    assert ran.stdout == "`parallel_env` needs numpy: pip install 'walled-gardens[env]'\n", ran.stderr
