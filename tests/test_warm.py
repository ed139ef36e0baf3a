import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import psutil
import pytest

from tracktwo.book.warm import Fork, main, started

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="steps are forks only on Linux")
STEPS = "warm_steps"


@pytest.fixture(scope="module")
def process():
    """Start a warm process; return the environment in which steps find it."""
    here = os.environ | {"PYTHONPATH": str(Path(__file__).parent)}
    with started(here) as names:
        yield here | names


@pytest.fixture
def begin(process, monkeypatch, tmp_path):
    """Return a function that begins a fork whose output goes to a file, and gives both."""
    monkeypatch.setattr(os, "environ", process)

    def begun(*arguments, **options):
        with (tmp_path / "out").open("wb") as out:
            streams = (0, out.fileno(), out.fileno())
            return Fork(STEPS, list(arguments), streams=streams, **options), tmp_path / "out"

    return begun


def wait_for(condition):
    for _ in range(200):
        if condition():
            return
        time.sleep(0.05)
    pytest.fail("it did not come to pass")


def test_when_forked_then_a_step_has_what_its_caller_gives_it(begin, process, tmp_path):
    around = process | {"WHO": "Ö\n"}
    fork, out = begin("tell", "a b", environment=around, folder=str(tmp_path), session=True)
    assert fork.wait() == 0
    told = {"arguments": ["a b"], "folder": str(tmp_path), "who": "Ö\n", "session": True}
    assert json.loads(out.read_text()) == told


def test_when_a_step_fails_then_its_trace_is_told_and_the_code_is_its_own(begin):
    fork, out = begin("fail")
    assert fork.wait() == 1
    assert "ZeroDivisionError: no such step" in out.read_text()
    assert begin("leave", "3")[0].wait() == 3


def test_when_a_step_has_its_work_shared_then_its_own_forks_work(begin):
    fork, out = begin("share")
    wait_for(lambda: fork.poll() is not None)
    assert fork.returncode == 0
    assert out.read_text() == "1 2\n"


def test_when_a_fork_is_killed_then_its_caller_learns_of_it(begin):
    fork, out = begin("sleep")
    wait_for(out.read_text)
    assert fork.poll() is None
    fork.kill()
    assert fork.wait() == -signal.SIGKILL
    assert fork.poll() == -signal.SIGKILL


def test_when_the_caller_ends_then_so_does_the_fork(process):
    command = [sys.executable, "-m", "tracktwo.book.warm", STEPS, "sleep"]
    caller = subprocess.Popen(command, env=process, stdout=subprocess.PIPE)
    assert caller.stdout.readline() == b"asleep\n"
    here = [p for p in psutil.Process().children() if "serve(" in " ".join(p.cmdline())]
    forks = [fork for server in here for fork in server.children()]  # nbval has a server, too
    assert forks
    caller.kill()
    caller.communicate()
    wait_for(lambda: not any(fork.is_running() for fork in forks))


def test_when_there_is_no_warm_process_then_a_step_runs_where_it_is_called(monkeypatch, capfd):
    monkeypatch.delenv("TRACKTWO_WARM", raising=False)
    assert main([STEPS, "tell"]) == 0
    assert json.loads(capfd.readouterr().out)["arguments"] == []


def test_when_it_starts_late_then_its_context_ends_it(process):
    with started(process) as names:
        [folder] = {Path(path).parent for path in names.values() if "/" in path}
        assert folder.is_dir()
    assert not folder.exists()
