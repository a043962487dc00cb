"""The program as a child: what it says, and that it always ends."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import textwrap
import time
from pathlib import Path

import pytest

import walled_gardens as wg
from walled_gardens import program

DUEL = {"level": "arena/duel", "consumers": 200, "merchants": 50}


def runs(pid: int) -> bool:
    """Whether a process is there and no zombie."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False


def gone(pid: int, seconds: float = 10.0) -> bool:
    """Whether a process ends within some seconds; it does not outlast the question."""
    end = time.monotonic() + seconds
    while runs(pid):
        if time.monotonic() > end:
            os.kill(pid, signal.SIGKILL)
            return False
        time.sleep(0.02)
    return True


def python(text: str, **options: object) -> subprocess.Popen[str]:
    """Another Python that runs this text."""
    path = str(Path(wg.__file__).parents[1])
    return subprocess.Popen(
        [sys.executable, "-c", textwrap.dedent(text)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": path},
        **options,  # type: ignore[call-overload]
    )


def test_it_plays_matches_beside_each_other() -> None:
    with wg.Process(threads=1) as process:
        seats = {"north": "host"}
        begun = process.reset([{"match": n, "seats": seats, "seed": n, **DUEL} for n in (0, 1)], "none")
        assert [match["turn"] for match in begun] == [0, 0]
        [played] = process.step([{"match": 1, "orders": {"north": [{"TakeRate": {"rate": 0.02}}]}}], "view")
        assert played["turn"] == 1
        assert played["seats"]["north"]["view"]["public"]["prices"][0]["take_rates"][0] == pytest.approx(0.02)
        assert process.clone(1, 5)["turn"] == 1
        assert process.restore(6, process.state(1), observe="none")["turn"] == 1
        assert {worth["rank"] for worth in process.judge([5])[0].values()} == {1, 2}
        process.end(0)
        with pytest.raises(wg.RequestError, match="no match 0"):
            process.step([{"match": 0}])


def test_what_the_program_refuses_says_what_where_and_what_was_expected() -> None:
    with wg.Process(threads=1) as process:
        with pytest.raises(wg.RequestError) as refused:
            process.ask({"type": "step", "matches": [{"match": "one"}]})
        assert refused.value.where == "matches[0].match" and refused.value.expected
        with pytest.raises(wg.RequestError) as refused:
            process.reset([{"match": 3, "seats": {"nord": "host"}, **DUEL}])
        assert refused.value.match == 3 and "nord" in refused.value.what
        # It goes on after either.
        assert process.reset([{"match": 3, **DUEL}], "none")[0]["turn"] == 0


def test_a_closed_process_says_so() -> None:
    process = wg.Process(threads=1)
    process.close()
    process.close()
    assert process.closed and gone(process.pid)
    with pytest.raises(wg.ProgramEnded, match="closed"):
        process.ask({"type": "judge", "matches": []})


def test_a_program_that_is_killed_is_noticed() -> None:
    process = wg.Process(threads=1)
    os.kill(process.pid, signal.SIGKILL)
    with pytest.raises(wg.ProgramEnded, match="SIGKILL") as ended:
        process.ask({"type": "judge", "matches": []})
    assert ended.value.status == -signal.SIGKILL


def test_what_it_wrote_to_standard_error_is_in_the_exception() -> None:
    with pytest.raises(wg.ProgramEnded, match="--no-such-flag") as ended:
        wg.Process(arguments=["--no-such-flag"])
    assert "--no-such-flag" in ended.value.stderr and ended.value.status == 2
    with pytest.raises(wg.CommandError, match="no-such-command"):
        program.run(["no-such-command"])


def test_collecting_it_ends_it() -> None:
    process = wg.Process(threads=1)
    pid = process.pid
    del process
    assert gone(pid)


@pytest.mark.parametrize("how", ["kill", "exit", "end"])
def test_it_ends_with_its_python(how: str) -> None:
    other = python(f"""
        import os, signal, walled_gardens as wg
        process = wg.Process(threads=1)
        print(process.pid, flush=True)
        if {how!r} == "kill": os.kill(os.getpid(), signal.SIGKILL)
        if {how!r} == "exit": os._exit(3)
    """)
    pid = int(other.communicate()[0])
    assert gone(pid)


def test_a_command_ends_with_its_python() -> None:
    other = python("""
        import os, subprocess, threading, walled_gardens as wg
        started = threading.Event()

        class Popen(subprocess.Popen):
            def communicate(self, *given):
                print(self.pid, flush=True)
                started.set()
                return super().communicate(*given)

        subprocess.Popen = Popen
        threading.Thread(target=wg.run, args=("arena/six",), kwargs={"consumers": 2_000_000, "turns": 600, "threads": 1}, daemon=True).start()
        started.wait()
        os.kill(os.getpid(), 9)
    """)
    pid = int(other.communicate()[0])
    # It would play for minutes.
    assert gone(pid, 5.0)


def test_ctrl_c_reaches_python_and_ends_what_was_awaited() -> None:
    other = python(
        """
        import walled_gardens as wg
        process = wg.Process(threads=1)
        try:
            print(process.pid, flush=True)
            process.reset([{"match": 0, "level": "arena/six", "consumers": 5_000_000}], "none")
        except KeyboardInterrupt:
            print("interrupted", process.closed, flush=True)
        """,
        start_new_session=True,
    )
    assert other.stdout is not None
    pid = int(other.stdout.readline())
    time.sleep(0.5)
    # As a terminal does: to all of the group.
    os.killpg(other.pid, signal.SIGINT)
    output, errors = other.communicate(timeout=20)
    assert output == "interrupted True\n", errors
    assert gone(pid)


def test_ctrl_c_elsewhere_leaves_it_as_it_is() -> None:
    other = python(
        """
        import time, walled_gardens as wg
        process = wg.Process(threads=1)
        process.reset([{"match": 0, "level": "arena/duel"}], "none")
        try:
            print(process.pid, flush=True)
            time.sleep(60)
        except KeyboardInterrupt:
            print(process.step([{"match": 0}], "none")[0]["turn"], flush=True)
        """,
        start_new_session=True,
    )
    assert other.stdout is not None
    other.stdout.readline()
    os.killpg(other.pid, signal.SIGINT)
    assert other.communicate(timeout=20)[0] == "1\n"


def test_a_forked_python_neither_uses_nor_ends_it() -> None:
    other = python("""
        import os, walled_gardens as wg
        process = wg.Process(threads=1)
        child = os.fork()
        if child == 0:
            try:
                process.ask({"type": "judge", "matches": []})
            except wg.ProgramEnded as error:
                print(error, flush=True)
            del process
            os._exit(0)
        os.waitpid(child, 0)
        print(process.ask({"type": "judge", "matches": []})["type"], flush=True)
    """)
    output, errors = other.communicate(timeout=20)
    assert "forked" in output and output.endswith("judged\n"), errors


def test_the_program_is_found_where_it_is_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    named = program.find()
    monkeypatch.setenv("WALLED_GARDENS", str(tmp_path / "nothing"))
    with pytest.raises(wg.ProgramNotFound, match="nothing"):
        program.find()
    monkeypatch.delenv("WALLED_GARDENS")
    monkeypatch.setenv("PATH", "")
    monkeypatch.setattr("sysconfig.get_path", lambda name: str(tmp_path))
    with pytest.raises(wg.ProgramNotFound, match="WALLED_GARDENS"):
        program.find()
    (tmp_path / "walled-gardens").symlink_to(named)
    assert program.find() == str(tmp_path / "walled-gardens")
