"""Databases for random logs."""

import shutil
from pathlib import Path

import pytest

from monitor.store import open_store


@pytest.fixture(scope="session")
def fresh(tmp_path_factory):
    """Makes empty databases, from one that was made once."""
    model = tmp_path_factory.mktemp("model") / "model.db"
    open_store(f"sqlite:///{model}").create()

    def make(path: Path):
        return open_store(f"sqlite:///{shutil.copyfile(model, path)}")

    return make
