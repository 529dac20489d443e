"""Modules that are run, as `python -m` does, by a process into which `packages` was imported before:
they begin in a fifth of the time. The bounds are the only settings that are read as the program is
imported: who is given one is begun by a new interpreter."""

import multiprocessing
import os
import runpy
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from types import ModuleType

from monitor.settings import BOUNDS

_CONTEXT = multiprocessing.get_context("forkserver")
_CONTEXT.set_forkserver_preload(["tests.support.packages"])


class Forked(_CONTEXT.Process):
    """What `fork_module` began."""

    def poll(self) -> int | None:
        """Its exit status, None as long as it runs."""
        return self.exitcode


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
    process = Forked(target=_run, args=(name, arguments, dict(environment), folder, said))
    # Else it would first import what is our main module: pytest, or a page that a test has rendered.
    ours, sys.modules["__main__"] = sys.modules["__main__"], ModuleType("__main__")
    try:
        process.start()
    finally:
        sys.modules["__main__"] = ours
    return process


def _run(name: str, arguments: tuple, environment: dict, folder: Path, said: Path) -> None:
    os.environ.clear()
    os.environ.update(environment)
    os.chdir(folder)
    with said.open("ab") as file:
        for stream in (sys.stdout, sys.stderr):
            os.dup2(file.fileno(), stream.fileno())
    sys.argv = [name, *arguments]
    runpy.run_module(name, run_name="__main__", alter_sys=True)
