"""Timing one function in a process of its own, with the memory it came to hold."""

import json
import os
import platform
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psutil

ROOT = Path(__file__).resolve().parents[1]


@dataclass(frozen=True)
class Run:
    """One process: seconds that it measured itself (or of its whole life), peak memory in MB."""

    seconds: dict[str, Any]
    wall: float
    peak_mb: float


def run(arguments: list[str], environment: dict[str, str] | None = None) -> Run:
    """Run a command to its end. What it prints on its last line as JSON is its own timings."""
    start = time.perf_counter()
    process = subprocess.Popen(
        arguments,
        cwd=ROOT,
        env={**os.environ, **(environment or {})},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert process.stdout and process.stderr
    with process.stdout, process.stderr:
        out, err = process.stdout.read(), process.stderr.read()
    _, status, usage = os.wait4(process.pid, 0)
    wall = time.perf_counter() - start
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise RuntimeError(f"{arguments} failed:\n{err[-2000:]}")
    lines = out.strip().splitlines()
    timings = json.loads(lines[-1]) if lines and lines[-1].startswith("{") else {}
    return Run(timings, wall, usage.ru_maxrss / 1024)


def module(name: str, *arguments: str, database: str) -> Run:
    """`python -m name …` on that database."""
    return run([sys.executable, "-m", name, *arguments], {"MONITOR_DATABASE": database})


def machine() -> str:
    """The one we are on: "2 cores (…), 24 GB"."""
    memory = psutil.virtual_memory().total / 2**30
    return f"{psutil.cpu_count()} cores ({_processor()}), {memory:.0f} GB"


def _processor() -> str:
    for line in Path("/proc/cpuinfo").read_text().splitlines():
        if line.startswith("model name"):
            return line.split(":", 1)[1].strip()
    return platform.processor()
