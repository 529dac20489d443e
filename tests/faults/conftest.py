"""A database with the packaged pact and volunteers who are signed in today."""

import pytest

from monitor import commands
from monitor.models import Role
from monitor.store import open_store
from tests.support.team import sign_in


@pytest.fixture
def here(tmp_path):
    """A store in a file: in `make faults` on the real disk."""
    store = open_store(f"sqlite:///{tmp_path / 'monitor.db'}")
    commands.init_database(store)
    return store


@pytest.fixture
def token(here) -> str:
    return sign_in(here, "Camille", Role.VOLUNTEER).token
