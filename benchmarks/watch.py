"""A command run and watched: how long it takes, on how much processor, in how much memory."""

import os
import resource
import subprocess
import threading
import time
from collections.abc import Mapping
from pathlib import Path

import psutil

EVERY = 0.4
"""Seconds between two looks at the memory."""


class CommandError(Exception):
    """A command that failed; its text ends with what the command said."""


def watch(
    command: list[str],
    folder: Path,
    environment: Mapping[str, str] | None = None,
    parts: Mapping[str, str] | None = None,
) -> dict[str, float]:
    """Run `command` in `folder` and return what it took.

    Parameters
    ----------
    parts
        Names for steps, each with words of the command line that begins them; the memory of
        what has begun since, forks of older processes too, is told apart as well. So it is
        right for a step beside which no other begins.

    Returns
    -------
    dict
        ``wall`` and ``cpu``, in seconds, the latter with all children; ``memory``, the largest
        sum over the whole tree of processes, where what several share counts once;
        ``largest``, the largest single process; and ``memory of`` each part, in MB.

    Raises
    ------
    CommandError
        When the command fails.
    """
    before, start = resource.getrusage(resource.RUSAGE_CHILDREN), time.monotonic()
    process = subprocess.Popen(
        command,
        cwd=folder,
        env={**os.environ, **(environment or {})},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        errors="replace",
    )
    peaks: dict[str, float] = {"memory": 0, "largest": 0}
    done = threading.Event()
    watcher = threading.Thread(target=_look, args=(process.pid, parts or {}, peaks, done))
    watcher.start()
    said = process.communicate()[0]
    wall = time.monotonic() - start
    done.set()
    watcher.join()
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    if process.returncode:
        raise CommandError(f"{' '.join(command)} ended with {process.returncode}:\n{said[-3000:]}")
    cpu = sum(getattr(after, key) - getattr(before, key) for key in ("ru_utime", "ru_stime"))
    return {"wall": wall, "cpu": cpu, **peaks}


def _look(root: int, parts: Mapping[str, str], peaks: dict[str, float], done: threading.Event):
    while not done.wait(EVERY):
        try:
            top = psutil.Process(root)
            found = memory_of([top, *top.children(recursive=True)])
        except psutil.Error:
            continue
        _raise(peaks, "memory", sum(each["mb"] for each in found.values()))
        _raise(peaks, "largest", max((each["mb"] for each in found.values()), default=0))
        for name, words in parts.items():
            begun = [each["begun"] for each in found.values() if words in each["command"]]
            inside = [
                each["mb"] for each in found.values() if each["begun"] >= min(begun, default=0)
            ]
            _raise(peaks, f"memory of {name}", sum(inside) if begun else 0)


def _raise(peaks: dict[str, float], key: str, value: float) -> None:
    peaks[key] = max(peaks.get(key, 0), value)


def memory_of(processes: list[psutil.Process]) -> dict[int, dict]:
    """Return start, command line and memory in MB of those that are still there, by number."""
    found = {}
    for process in processes:
        try:
            memory = process.memory_full_info()
            size = getattr(memory, "pss", memory.rss)
            found[process.pid] = {
                "mb": size / 1e6,
                "begun": process.create_time(),
                "command": " ".join(process.cmdline()),
            }
        except psutil.Error:
            continue
    return found
