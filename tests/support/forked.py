"""Modules that are run, as `python -m` does, by a process into which `packages` was imported before:
they begin in a fifth of the time. The bounds are the only settings that are read as the program is
imported: who is given one is begun by a new interpreter."""

import multiprocessing
import os
import runpy
import subprocess
import sys
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from multiprocessing.connection import Connection
from pathlib import Path
from types import ModuleType
from typing import IO

from monitor.settings import BOUNDS

_CONTEXT = multiprocessing.get_context("forkserver")
_CONTEXT.set_forkserver_preload(["tests.support.packages"])


class Forked(_CONTEXT.Process):
    """What `fork_module` began."""

    def poll(self) -> int | None:
        """Its exit status, None as long as it runs."""
        return self.exitcode


class Piped(Forked):
    """`-m module …` or `-c code …`, run in that environment and folder; its streams are pipes of text,
    and it is spoken to as a Popen."""

    def __init__(self, *arguments: str, environment: Mapping[str, str], folder: Path):
        (theirs, entry), (out, ours), (err, other) = (_CONTEXT.Pipe(duplex=False) for _ in range(3))
        given = (theirs, ours, other)
        super().__init__(target=_run, args=(arguments, dict(environment), folder, given))
        _begin(self)
        for stream in given:
            stream.close()
        self.stdin, self.stdout, self.stderr = _file(entry, "w"), _file(out, "r"), _file(err, "r")

    @property
    def returncode(self) -> int | None:
        return self.exitcode

    def wait(self) -> None:
        self.join()

    def communicate(self) -> tuple[str, str]:
        """All that it still says, then that it has ended."""
        self.stdin.close()
        with ThreadPoolExecutor(1) as beside, self.stdout, self.stderr:
            complained = beside.submit(self.stderr.read)
            output = self.stdout.read(), complained.result()
        self.join()
        return output


def _file(pipe: Connection, mode: str) -> IO[str]:
    """A file of text in the place of one end of a pipe."""
    with pipe:
        return os.fdopen(os.dup(pipe.fileno()), mode)


class Interpreter(subprocess.Popen):
    """A new interpreter, where none can be forked."""

    def join(self, timeout: float) -> None:
        self.wait(timeout)


def fork_module(
    name: str, *arguments: str, environment: Mapping[str, str], folder: Path, said: Path
) -> Forked | Interpreter:
    """Run the module in that environment and folder; all that it says is added to the file `said`."""
    if not environment.keys().isdisjoint(BOUNDS):
        with said.open("ab") as file:
            command = [sys.executable, "-m", name, *arguments]
            return Interpreter(command, env=environment, cwd=folder, stdout=file, stderr=file)
    process = Forked(target=_run, args=(("-m", name, *arguments), dict(environment), folder, said))
    _begin(process)
    return process


def _begin(process: Forked) -> None:
    # Else it would first import what is our main module: pytest, or a page that a test has rendered.
    ours, sys.modules["__main__"] = sys.modules["__main__"], ModuleType("__main__")
    try:
        process.start()
    finally:
        sys.modules["__main__"] = ours


def _run(
    arguments: tuple, environment: dict, folder: Path, said: Path | tuple[Connection, ...]
) -> None:
    """`said`: the file to which it adds what it says, or its three streams."""
    os.environ.clear()
    os.environ.update(environment)
    os.chdir(folder)
    if isinstance(said, tuple):
        for number, pipe in enumerate(said):
            os.dup2(pipe.fileno(), number)
            pipe.close()
        sys.stdin = os.fdopen(0)  # that of a process is closed
    else:
        with said.open("ab") as file:
            for stream in (sys.stdout, sys.stderr):
                os.dup2(file.fileno(), stream.fileno())
    kind, what, *sys.argv[1:] = arguments
    if kind == "-c":
        exec(what, {"__name__": "__main__"})
    else:
        sys.argv[0] = what
        runpy.run_module(what, run_name="__main__", alter_sys=True)
