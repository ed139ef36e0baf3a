"""Errors of the machine, in words for whoever builds the book."""

import errno
import os
import re
import shutil
import sys
from collections.abc import Callable

HINTS = {
    errno.ENOSPC: "the disk is full; make room, then build again",
    errno.EDQUOT: "the disk quota is used up; make room, then build again",
    errno.EROFS: "the disk is mounted read-only; OUT=DIR builds elsewhere",
    errno.EACCES: "it belongs to somebody else; OUT=DIR builds elsewhere",
    errno.EPERM: "it belongs to somebody else; OUT=DIR builds elsewhere",
    errno.ENOTDIR: "a file stands where a folder is needed",
    errno.EEXIST: "a file stands where a folder is needed",
}


def said(error: OSError) -> str:
    """Return what the system refused, on which file, and what can be done, in one line."""
    if isinstance(error, shutil.Error) and isinstance(error.args[0], list):
        error = _first(error)
    place = f"{os.fsdecode(error.filename)}: " if error.filename else ""
    hint = f" ({HINTS[error.errno]})" if error.errno in HINTS else ""
    return f"{place}{error.strerror or error}{hint}"


def _first(error: shutil.Error) -> OSError:
    """Return the first of the many errors of a copied folder, which has them as text."""
    _, file, text = error.args[0][0]
    if not (number := re.match(r"\[Errno (\d+)\]", str(text))):
        return OSError(text)
    return OSError(int(number[1]), os.strerror(int(number[1])), str(file))


def attempt(work: Callable[[], object], *expected: type[Exception], what: str = "") -> int:
    """Do `work` and return the exit code: what the machine refuses, or is expected, is one message.

    Other errors are faults of the code and keep their traceback. `what` is worked on, if that
    is more than the refused file's name tells.
    """
    try:
        work()
    except OSError as error:
        message = f"{what}: {said(error)}" if what else said(error)
    except expected as error:
        message = str(error)
    else:
        return 0
    print(f"\nerror: {message}\n", file=sys.stderr, flush=True)
    return 1
