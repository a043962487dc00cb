"""Examples are run as they stand."""

from __future__ import annotations

import base64
import json
import struct
import sys
from pathlib import Path

import pytest
from conftest import ROOT

import walled_gardens as wg

EXAMPLES = ROOT / "examples"


def test_the_notebook_runs(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    nbformat = pytest.importorskip("nbformat")
    client = pytest.importorskip("nbclient")
    pytest.importorskip("ipykernel")
    pytest.importorskip("polars")
    pytest.importorskip("gymnasium")
    # The kernel is another Python.
    monkeypatch.setenv("PYTHONPATH", str(Path(wg.__file__).parents[1]))
    monkeypatch.setenv("IPYTHONDIR", str(tmp_path))
    notebook = nbformat.read(EXAMPLES / "first_steps.ipynb", as_version=4)
    assert all(not cell.get("outputs") for cell in notebook.cells), "outputs are for readers to make: clear them"
    client.NotebookClient(notebook, timeout=120, kernel_name="python3", resources={"metadata": {"path": str(tmp_path)}}).execute()
    assert notebook.cells[-1].outputs[0]["data"]["text/plain"].startswith("((32, 2, ")


def trained() -> tuple[object, dict[str, object]]:
    sys.path.insert(0, str(EXAMPLES / "bots"))
    try:
        import trained  # type: ignore[import-not-found]
    finally:
        sys.path.pop(0)
    return trained, json.loads((EXAMPLES / "bots" / "trained.json").read_text())


def test_the_trained_bot_sees_what_the_policy_was_trained_on() -> None:
    bot, policy = trained()
    with wg.Process(threads=1) as process:
        duel = {"match": 0, "level": "arena/duel", "seats": {"south": "host", "north": "premium"}, "seed": 3}
        level = process.reset([duel])[0]["level"]
        names = [feature["name"] for feature in process.describe(level="arena/duel")["observation"]]
        for turn in range(3):
            [standing] = process.step([{"match": 0}])
            process.clone(0, 1)
            vector = process.ask({"type": "clone", "match": 0, "to": 1, "observe": "vector"})
            numbers = struct.unpack(f"<{len(names)}f", base64.b64decode(vector["observations"]))
            seen = bot.seen(standing["seats"]["south"]["view"], standing.get("level") or level)  # type: ignore[attr-defined]
            assert set(seen) == set(policy["usual"])  # type: ignore[call-overload]
            for name, number in seen.items():
                place = next(place for place, known in enumerate(names) if known.startswith(name))
                assert number == pytest.approx(numbers[place], abs=1e-6), name


def test_the_trained_bot_beats_whom_it_was_trained_against() -> None:
    """By the program's own sequential test, which is wrong in one of a hundred that it calls better."""
    command = f"cmd:{sys.executable} {EXAMPLES / 'bots' / 'trained.py'}"
    for other in ("passive", "steady-investor"):
        test = wg.tournament(levels=["arena/duel"], strategies=[command, other], format="sprt", blocks=60)
        assert test["tests"][0]["verdict"] == "Better", test["tests"]
