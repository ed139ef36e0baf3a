"""Run a command that cannot reach the network, where the system allows it, and see that it cannot.

python -m tracktwo.book.review.network
"""

import socket
import subprocess
import sys
from collections.abc import Sequence

APART = {
    "linux": ["unshare", "--map-root-user", "--net"],  # a network of its own, with nothing in it
    "darwin": ["sandbox-exec", "-p", "(version 1)(allow default)(deny network* (remote ip))"],
}
"""By system, what a command is put behind so that it has no network."""

ELSEWHERE = ((socket.AF_INET, "192.0.2.1"), (socket.AF_INET6, "2001:db8::1"))
"""Addresses that stand for any other machine: set aside for examples (RFC 5737, RFC 3849)."""

CHECKED = "asked the system for a way to another machine, by IPv4 and IPv6: there was none"


def is_cut() -> bool:
    """Return whether this process has no way to another machine.

    Nothing is sent: to connect a datagram socket only asks the system for a route.
    """
    for family, address in ELSEWHERE:
        try:
            with socket.socket(family, socket.SOCK_DGRAM) as end:
                end.connect((address, 9))
        except OSError:
            continue
        return False
    return True


def way_to_cut(system: str = sys.platform) -> list[str]:
    """Return what to put before a command so that it has no network; nothing where none works.

    It has been tried: a process behind it found itself cut off.
    """
    behind = APART.get(system, [])
    try:
        tried = subprocess.run([*behind, *module()], capture_output=True, check=False, timeout=60)
    except (OSError, subprocess.TimeoutExpired):
        return []
    return behind if behind and tried.returncode == 0 else []


def described(behind: Sequence[str]) -> dict[str, object]:
    """Return what the receipt says of the network, given what `way_to_cut` found."""
    if behind:
        return {"cut": True, "by": behind[0], "checked": CHECKED}
    if is_cut():
        return {"cut": True, "by": "the machine, which had none", "checked": CHECKED}
    return {"cut": False, "by": None, "checked": "this system did not let it be cut off"}


def module() -> list[str]:
    """Return the command by which a process says whether it is cut off."""
    return [sys.executable, "-m", "tracktwo.book.review.network"]


if __name__ == "__main__":
    sys.exit(not is_cut())
