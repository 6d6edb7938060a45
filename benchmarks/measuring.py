"""Running a piece of work in a process of its own: seconds, and the most memory it held."""

import contextlib
import json
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

# What is measured, its value, and the bound it is held against, in words.
Line = tuple[str, str, str]


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


def watch(work: Callable[[], Any], times: int = 1) -> Measured:
    """Run a part of the work in this process: median seconds, and MiB above what was in use before it."""
    # From here on the most is counted anew, where the system lets us.
    with contextlib.suppress(OSError):
        Path("/proc/self/clear_refs").write_text("5")
    before, _ = _memory()
    seconds = []
    for _ in range(times):
        start = time.perf_counter()
        answer = work()
        seconds.append(time.perf_counter() - start)
    _, most = _memory()
    return Measured(statistics.median(seconds), most - before, answer)


def print_table(lines: list[Line]) -> None:
    """Every measurement beside the bound it is held against."""
    print(f"\n{'':62} {'measured':>10} {'to hold':>9}")
    for words, value, bound in lines:
        print(f"{words:62} {value:>10} {bound:>9}")


def _memory() -> tuple[float, float]:
    """MiB of this process now and at most. Of what `resource` tells, a part may be the parent's."""
    try:
        text = Path("/proc/self/status").read_text()
    except FileNotFoundError:
        most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        return most, most
    told = {name: rest for name, _, rest in (line.partition(":") for line in text.splitlines())}
    return tuple(int(told[name].split()[0]) / 1024 for name in ("VmRSS", "VmHWM"))


def _inside(work: str, arguments: list[str]) -> None:
    module, name = work.split(":")
    function: Callable[..., Any] = getattr(__import__(module, fromlist=[name]), name)
    start = time.perf_counter()
    answer = function(*arguments)
    seconds = time.perf_counter() - start
    _, most = _memory()
    print(json.dumps({"seconds": seconds, "mebibytes": most, "answer": answer}))


if __name__ == "__main__":
    _inside(sys.argv[1], sys.argv[2:])
