"""Run work so that nothing of it outlives the process that asked for it.

A build is a tree of processes: Snakemake, shells, Pythons, kernels. Whoever kills the one at the
top, by whatever signal, must find all of them gone before the next build begins.
"""

import ctypes
import os
import select
import sys
import traceback
from collections.abc import Callable

import psutil

PR_SET_CHILD_SUBREAPER = 36
POLL = 0.05  # seconds


def guarded(work: Callable[[], int]) -> int:
    """Return the exit code of `work`, done in a process of its own.

    Between this process and the worker stands a guard, in a session of its own so that a terminal's
    signals pass it by. When this process ends, even by SIGKILL, the guard ends the worker
    and all that it has started, and only then itself. A lock that this process holds as an open
    file is inherited by both, and so held until then.
    """
    sys.stdout.flush()
    sys.stderr.flush()
    watched, held = os.pipe()  # `watched` ends when no process holds `held` any more
    guard = os.fork()
    if not guard:
        os.close(held)
        os._exit(_guard(work, watched))
    os.close(watched)
    try:
        return os.waitstatus_to_exitcode(os.waitpid(guard, 0)[1])
    except KeyboardInterrupt:
        os.close(held)
        os.waitpid(guard, 0)
        raise


def _guard(work: Callable[[], int], watched: int) -> int:
    """Wait for the worker or for the end of `watched`; leave no process behind."""
    os.setsid()
    if sys.platform == "linux":  # what loses its parent becomes a child of this process
        ctypes.CDLL(None).prctl(PR_SET_CHILD_SUBREAPER, 1)
    worker = os.fork()
    if not worker:
        os.close(watched)
        os._exit(_worker(work))
    code = None
    while code is None and not select.select([watched], [], [], POLL)[0]:
        ended, status = os.waitpid(worker, os.WNOHANG)
        code = os.waitstatus_to_exitcode(status) if ended else None
    end_children()
    return 1 if code is None or code < 0 else code


def _worker(work: Callable[[], int]) -> int:
    try:
        code = work()
    except BaseException:  # nothing may return into what this process was forked from
        traceback.print_exc()
        code = 1
    sys.stdout.flush()
    sys.stderr.flush()
    return code


def end_children() -> None:
    """Kill whatever descends from this process, and wait until it is gone."""
    while True:
        for process in psutil.Process().children(recursive=True):
            try:
                process.kill()
            except psutil.NoSuchProcess:
                continue
        try:
            os.waitpid(-1, 0)
        except ChildProcessError:
            return
