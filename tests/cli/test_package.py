"""The wheel, installed into an environment of its own, far from the project's folder."""

import json
import os
import subprocess
import sys
import sysconfig
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.support.paths import ROOT
from tests.support.server import free_port, wait_for_answer
from tests.support.waiting import LONGEST


@dataclass(frozen=True)
class Installed:
    """The command of an installed wheel: `folder`, where it is run; `site`, where it was installed."""

    folder: Path
    site: Path
    command: Path

    @property
    def packaged(self) -> Path:
        return self.site / "monitor" / "project" / "data" / "mouves-2014"

    def start(self, *arguments: str) -> subprocess.Popen:
        names = {name: os.environ[name] for name in os.environ if not name.startswith("MONITOR_")}
        pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "text": True}
        return subprocess.Popen([self.command, *arguments], cwd=self.folder, env=names, **pipes)

    def run(self, *arguments: str) -> str:
        """What the command says. It must succeed."""
        started = self.start(*arguments)
        output, complained = started.communicate(timeout=LONGEST)
        assert started.returncode == 0, complained
        return output


@pytest.fixture(scope="module")
def installed(tmp_path_factory) -> Installed:
    """The packages that it needs are those of this environment: nothing is fetched."""
    folder = tmp_path_factory.mktemp("away")

    def run(*words) -> None:
        subprocess.run(words, cwd=ROOT, check=True, capture_output=True)

    run(sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", folder / "dist")
    run(sys.executable, "-m", "venv", "--without-pip", folder / "venv")
    scripts = folder / "venv" / "bin"
    site = Path(sysconfig.get_path("purelib", vars={"base": str(folder / "venv")}))
    (wheel,) = (folder / "dist").iterdir()
    pip = (sys.executable, "-m", "pip", "--python", scripts / "python")
    run(*pip, "install", "--no-index", "--no-deps", "--no-compile", wheel)
    (site / "needed.pth").write_text(sysconfig.get_path("purelib"), "utf-8")
    return Installed(folder, site, scripts / "monitor")


def test_an_installed_wheel_makes_loads_verifies_and_exports_the_packaged_pact(installed):
    installed.run("init")
    assert (installed.folder / "data" / "monitor.db").is_file()
    actions = installed.packaged / "actions.csv"
    report = json.loads(installed.run("load", "actions", str(actions), "--json"))
    assert sum(report["outcomes"].values()) == report["outcomes"]["unchanged"] > 0
    installed.run("verify")
    installed.run("export", "--to", "out")
    assert (installed.folder / "out" / "actions.csv").is_file()


def test_an_installed_wheel_serves_its_pages(installed):
    port = free_port()
    server = installed.start("serve", "--port", str(port))
    try:
        wait_for_answer(server, f"http://127.0.0.1:{port}/ville/lyon")
    finally:
        server.terminate()
        server.communicate(timeout=LONGEST)
