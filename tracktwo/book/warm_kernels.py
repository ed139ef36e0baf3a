"""Kernels as forks of the warm process: how Jupyter's clients, nbval's too, start them there."""

import os
import subprocess
from typing import Any

from jupyter_client.connect import KernelConnectionInfo
from jupyter_client.provisioning import LocalProvisioner

from tracktwo.book.warm import Fork


class WarmProvisioner(LocalProvisioner):
    """Starts a kernel that is a fork, and handles it as it would any other."""

    async def launch_kernel(self, cmd: list[str], **kwargs: Any) -> KernelConnectionInfo:
        """Start the kernel that `cmd` would start.

        Its arguments follow the module's name: ``python -m ipykernel_launcher -f FILE``.
        """
        with open(os.devnull, "rb") as nothing:  # noqa: PTH123
            self.process = Fork(
                __name__,
                cmd[cmd.index("ipykernel_launcher") + 1 :],
                streams=(nothing.fileno(), *(_number(kwargs, *one) for one in STREAMS)),
                environment=kwargs.get("env"),
                folder=kwargs.get("cwd"),
                session=True,
            )
        self.pid = self.pgid = self.process.pid
        self.cwd = kwargs.get("cwd") or os.getcwd()  # noqa: PTH109
        return self.connection_info


STREAMS = (("stdout", 1), ("stderr", 2))


def _number(kwargs: dict[str, Any], name: str, usual: int) -> int:
    stream = kwargs.get(name)
    if stream is None or stream == subprocess.PIPE:
        return usual
    return stream if isinstance(stream, int) else stream.fileno()


def main(arguments: list[str]) -> int:
    """Be a kernel, until it is shut down."""
    from ipykernel import kernelapp

    kernelapp.launch_new_instance(argv=arguments)
    return 0
