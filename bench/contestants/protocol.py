"""A contestant as a process: a question is a line of JSON on stdin, its answer one on stdout."""

import json
import resource
import sys
import time


def resident():
    """MiB that the process holds now."""
    with open("/proc/self/statm") as pages:
        return int(pages.read().split()[1]) * resource.getpagesize() / 2**20


def contest(build):
    """`build(assignment)` gives what the contestant says of itself, and its step."""
    tick, step = 0, None
    for line in sys.stdin:
        question = json.loads(line)
        if "assignment" in question:
            said, step = build(question["assignment"])
        else:
            ms, answer = [], 0.0
            for _ in range(question["steps"]):
                start = time.perf_counter()
                answer = step(tick)
                ms.append((time.perf_counter() - start) * 1000)
                tick += 1
            peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
            said = {"ms": ms, "answer": answer, "figures": {"rssMiB": resident(), "peakMiB": peak}}
        print(json.dumps(said), flush=True)
