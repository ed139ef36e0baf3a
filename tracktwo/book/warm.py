"""Steps and kernels that start at once: forks of one process that has imported what they need.

python -m tracktwo.book.warm MODULE [ARGUMENT...]

runs ``main`` of MODULE, in a fork of the warm process where there is one (`warm`), otherwise here.
A fork has its caller's environment, folder and streams, and ends when its caller does. What it
computes is what a new process would: the warm process only imports.
"""

from __future__ import annotations

import json
import os
import pkgutil
import select
import signal
import socket
import sys
import tempfile
import threading
import traceback
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from importlib import import_module
from pathlib import Path

SOCKET = "TRACKTWO_WARM"
"""The variable that says where the warm process listens."""

IMPORTED = (
    "papermill",
    "ipykernel.kernelapp",
    "ipykernel.zmqshell",
    "tracktwo.book.execute",
    "tracktwo.book.pictures",
    "tracktwo.telling.begin",
    "tracktwo.telling.tables",
)
"""What most steps and kernels need, besides the modules of the chapters."""


@contextmanager
def started(environment: Mapping[str, str]) -> Iterator[dict[str, str]]:
    """Have a warm process in this environment, begun when it is first called.

    Yields the variables by which steps and kernels find it; none where there is none. Only on
    Linux: elsewhere the system's own libraries may not survive a fork.
    """
    if sys.platform != "linux":
        yield {}
        return
    from subprocess import PIPE, Popen

    from tracktwo.book.execute import short_folder

    with (
        tempfile.TemporaryDirectory(dir=short_folder()) as folder,
        socket.socket(socket.AF_UNIX) as listener,
    ):
        listener.bind(f"{folder}/warm")
        listener.listen(64)
        number = listener.fileno()
        command = [sys.executable, "-c", f"from {__name__} import serve; serve({number})"]
        process = Popen(command, stdin=PIPE, pass_fds=[number], env=environment)
        try:
            yield {SOCKET: f"{folder}/warm", "JUPYTER_DEFAULT_PROVISIONER_NAME": "warm"}
        finally:
            process.terminate()
            process.communicate()


@contextmanager
def warm() -> Iterator[None]:
    """Let steps and kernels of this process be forks of a warm one, while the context lasts."""
    from tracktwo.book.execute import ENVIRONMENT

    if SOCKET in os.environ:
        yield
        return
    with started(os.environ | ENVIRONMENT) as names:
        os.environ.update(names)
        try:
            yield
        finally:
            for name in names:
                del os.environ[name]


def serve(listening: int) -> None:
    """Fork for every caller at the socket `listening`, until there is nobody who could call."""
    listener = socket.socket(fileno=listening)
    signal.signal(signal.SIGCHLD, _let_go)
    threading.Thread(target=_end_with, args=(0,), daemon=True).start()
    select.select([listener], [], [])
    _import_all()
    while True:
        caller, _ = listener.accept()
        if not os.fork():
            listener.close()
            signal.signal(signal.SIGCHLD, signal.SIG_DFL)
            _work(caller)
        caller.close()


def _let_go(*_: object) -> None:
    """Wait for forks that have ended, so that the time they took counts as this process's."""
    with suppress(ChildProcessError):
        while os.waitpid(-1, os.WNOHANG)[0]:
            pass


def _import_all() -> None:
    # A kernel that sees no process above it says on its terminal how to reach it.
    os.environ["JPY_PARENT_PID"] = str(os.getpid())
    chapters = import_module("tracktwo.chapters")
    found = pkgutil.walk_packages(chapters.__path__, "tracktwo.chapters.")
    for name in [*IMPORTED, *(module.name for module in found)]:
        # Whatever is wrong with a module is told by the chapter that imports it.
        with suppress(Exception):
            import_module(name)


def _end_with(stream: int) -> None:
    """End this process when nobody holds the other end of `stream` any more.

    By its number, as Python's own streams have locks that a fork would inherit.
    """
    os.read(stream, 1)
    os._exit(1)


def _work(caller: socket.socket) -> None:
    """Do what `caller` asks for, tell it the exit code, and end."""
    code = 1
    try:
        _, streams, _, _ = socket.recv_fds(caller, 1, 3)
        for number, stream in enumerate(streams):
            os.dup2(stream, number)
            os.close(stream)
        lines = caller.makefile("rb")
        asked = json.loads(lines.readline())
        os.environ.clear()
        os.environ.update(asked["environment"])
        os.chdir(asked["folder"])
        if asked["session"]:
            os.setsid()
        _tell(caller, os.getpid())
        threading.Thread(target=_end_with, args=(caller.fileno(),), daemon=True).start()
        sys.argv = [asked["module"], *asked["arguments"]]
        code = import_module(asked["module"]).main(asked["arguments"])
    except SystemExit as stop:
        code = stop.code if isinstance(stop.code, int) else int(bool(stop.code))
        if isinstance(stop.code, str):
            print(stop.code, file=sys.stderr)
    except KeyboardInterrupt:
        code = 130
    except BaseException:  # nothing may return into what this process was forked from
        traceback.print_exc()
    for stream in (sys.stdout, sys.stderr):
        with suppress(OSError, ValueError):
            stream.flush()
    with suppress(OSError):
        _tell(caller, int(code or 0))
    os._exit(int(code or 0))


def _tell(caller: socket.socket, number: int) -> None:
    caller.sendall(b"%d\n" % number)


class Fork:
    """A fork of the warm process, to be handled like a ``subprocess.Popen``."""

    stdin = stdout = stderr = None

    def __init__(
        self,
        module: str,
        arguments: list[str],
        *,
        streams: tuple[int, int, int] = (0, 1, 2),
        environment: dict[str, str] | None = None,
        folder: str | None = None,
        session: bool = False,
    ) -> None:
        """Begin ``main`` of `module`.

        Parameters
        ----------
        streams
            Its input, output and errors.
        environment, folder
            Its environment and working directory, unless they are this process's.
        session
            Whether signals to this process's group pass it by.
        """
        self.returncode: int | None = None
        self._line = socket.socket(socket.AF_UNIX)
        self._line.connect(os.environ[SOCKET])
        asked = {
            "module": module,
            "arguments": arguments,
            "environment": dict(os.environ if environment is None else environment),
            "folder": str(folder or Path.cwd()),
            "session": session,
        }
        socket.send_fds(self._line, [b"."], list(streams))
        self._line.sendall(json.dumps(asked).encode() + b"\n")
        self._lines = self._line.makefile("rb")
        self.pid = int(self._lines.readline())

    def poll(self) -> int | None:
        """Return the exit code, or nothing while it runs."""
        if self.returncode is None and select.select([self._line], [], [], 0)[0]:
            return self.wait()
        return self.returncode

    def wait(self, timeout: float | None = None) -> int:
        """Wait for its end and return the exit code; that of a killed process is negative."""
        if self.returncode is None:
            self.returncode = int(self._lines.readline() or -signal.SIGKILL)
            self._lines.close()
            self._line.close()
        return self.returncode

    def send_signal(self, number: int) -> None:
        """Send it a signal."""
        if self.poll() is None:
            os.kill(self.pid, number)

    def terminate(self) -> None:
        """Ask it to end."""
        self.send_signal(signal.SIGTERM)

    def kill(self) -> None:
        """End it."""
        self.send_signal(signal.SIGKILL)


def main(arguments: list[str] | None = None) -> int:
    """Run a module's ``main``; return its exit code."""
    module, *rest = sys.argv[1:] if arguments is None else arguments
    if SOCKET in os.environ:
        return Fork(module, rest).wait()
    return import_module(module).main(rest)


if __name__ == "__main__":
    sys.exit(main())
