"""How long opening the published data takes: `python benchmarks/open_study.py [RUNS]`."""

import statistics
import sys
import time


def seconds(action):
    start = time.perf_counter()
    action()
    return time.perf_counter() - start


def main(runs):
    # Imports first and one by one: each is paid once in a process, whoever opens how much.
    for name in ("pandas", "frictionless", "tracktwo.data.study"):
        print(f"import {name}: {seconds(lambda name=name: __import__(name)):.3f} s")
    from tracktwo.data.study import open_study

    times = [seconds(open_study) for _ in range(runs)]
    print(f"open_study, {runs} runs: first {times[0]:.3f} s, min {min(times):.3f} s, ", end="")
    print(f"median {statistics.median(times):.3f} s")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 10)
