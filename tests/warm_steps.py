"""Steps for `test_warm`: what a fork finds around it, and how it can end."""

import json
import os
import sys
import time
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path


def main(arguments):
    how, *rest = arguments
    if how == "tell":
        found = {"arguments": rest, "folder": str(Path.cwd()), "who": os.environ.get("WHO")}
        print(json.dumps(found | {"session": os.getsid(0) == os.getpid()}))
    elif how == "fail":
        raise ZeroDivisionError("no such step")
    elif how == "leave":
        sys.exit(int(rest[0]))
    elif how == "share":
        with ProcessPoolExecutor(2) as two:
            print(*two.map(abs, (-1, -2)))
    elif how == "sleep":
        print("asleep", flush=True)
        time.sleep(600)
    return 0
