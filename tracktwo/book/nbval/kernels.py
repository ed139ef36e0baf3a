"""A kernel that nbval does not wait for once it is dead."""

from math import inf
from queue import Empty
from time import monotonic
from typing import Any

from nbval.kernel import RunningKernel

STEP = 1.0
"""Seconds between two looks at whether a silent kernel still lives."""


class DeadKernelError(RuntimeError):
    """The kernel died while a cell ran; what it had to say is lost."""


class WatchedKernel(RunningKernel):
    """nbval's kernel, asked now and then whether it lives while its messages are awaited."""

    def get_message(self, stream: str, timeout: float | None = None) -> dict[str, Any]:
        """Return the next message, within `timeout` seconds.

        Raises
        ------
        queue.Empty
            When none came in time.
        DeadKernelError
            When none can come any more.
        """
        end = monotonic() + (inf if timeout is None else timeout)
        while True:
            left = max(end - monotonic(), 0.0)
            try:
                return super().get_message(stream, timeout=min(STEP, left))
            except Empty:
                if not self.is_alive():
                    raise DeadKernelError("the kernel died") from None
                if left <= STEP:
                    raise
