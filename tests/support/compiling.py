"""The test files of a clean clone, compiled by the processes that run them, each its share: else every
process would compile all of them, at the same time."""

import importlib
import os
from contextlib import suppress
from pathlib import Path

import pytest

from tests.support.paths import ROOT


def compile_share(folders: list[str]) -> None:
    """Import every n-th of the files there that are not compiled yet, where n processes are asked for
    all of them; what cannot be imported is told by whoever collects it."""
    number = os.environ.get("PYTEST_XDIST_WORKER", "").removeprefix("gw")
    if not number or [Path(folder).resolve() for folder in folders] != [ROOT / "tests"]:
        return
    new = [file for file in sorted((ROOT / "tests").glob("*/test_*.py")) if not _is_compiled(file)]
    for file in new[int(number) :: int(os.environ["PYTEST_XDIST_WORKER_COUNT"])]:
        with suppress(Exception, pytest.skip.Exception):
            importlib.import_module(".".join(file.with_suffix("").relative_to(ROOT).parts))


def _is_compiled(file: Path) -> bool:
    return any((file.parent / "__pycache__").glob(f"{file.stem}.*-pytest-*.pyc"))
