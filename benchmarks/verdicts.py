"""How long all nine specification curves and the verdicts take: benchmarks/verdicts.py [RUNS]."""

import statistics
import sys
import time

from tracktwo import Frame, open_study
from tracktwo.claims.verdicts import reach

RUNS = int(sys.argv[1]) if len(sys.argv) > 1 else 5

study, frame = open_study(), Frame()
seconds = []
for _ in range(RUNS):
    start = time.perf_counter()
    verdicts = reach(study, frame)
    seconds.append(time.perf_counter() - start)
total = sum(found.specifications for found in verdicts.values())
print(
    f"{total:,} specifications in {statistics.median(seconds):.2f} s "
    f"(median of {RUNS}; {min(seconds):.2f} to {max(seconds):.2f})"
)
