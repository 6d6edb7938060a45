"""Running a piece of work in a process of its own: seconds, and the most memory it held."""

import json
import resource
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Measured:
    """Seconds, peak MiB, and the work's own answer."""

    seconds: float
    mebibytes: float
    answer: Any


def measure(work: str, *arguments: str) -> Measured:
    """Run ``benchmarks.<module>:<function>`` with text arguments in a fresh process."""
    command = [sys.executable, "-m", "benchmarks.measuring", work, *arguments]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        raise SystemExit(f"{work} failed:\n{done.stderr}")
    return Measured(**json.loads(done.stdout.splitlines()[-1]))


def _inside(work: str, arguments: list[str]) -> None:
    module, name = work.split(":")
    function: Callable[..., Any] = getattr(__import__(module, fromlist=[name]), name)
    start = time.perf_counter()
    answer = function(*arguments)
    seconds = time.perf_counter() - start
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps({"seconds": seconds, "mebibytes": peak, "answer": answer}))


if __name__ == "__main__":
    _inside(sys.argv[1], sys.argv[2:])
