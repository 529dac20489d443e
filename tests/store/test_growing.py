"""A column more in the log: nothing of before is altered, and nothing of the column is lost unseen."""

import gzip

import pytest
from click.testing import CliRunner

from monitor import commands
from monitor.cli.main import main
from monitor.schema import COLUMNS, KEYS, fields_of
from monitor.store import open_store
from tests.support.former_log import BEFORE
from tests.support.grown_program import tell


@pytest.fixture
def before(tmp_path):
    """A log of before, with entries of every subject."""
    path = tmp_path / "before.db"
    path.write_bytes(gzip.decompress(BEFORE.read_bytes()))
    return f"sqlite:///{path}"


def check_is_left_alone(address):
    """A program without the columns says what it meets, and calls nothing altered."""
    done = CliRunner().invoke(main, ["verify"], env={"MONITOR_DATABASE": address})
    assert done.exit_code == 1 and "version plus récente" in done.output


@pytest.mark.processes
def test_a_log_grows_columns_from_a_file_to_an_export_and_back(before, tmp_path):
    tell(before, tmp_path)
    check_is_left_alone(before)


def test_a_log_on_postgresql_grows_columns_from_a_file_to_an_export_and_back(
    before, tmp_path, postgres
):
    address = postgres.fresh()
    try:
        commands.copy_database(open_store(before), open_store(address))
        tell(address, tmp_path)
        check_is_left_alone(address)
    finally:
        postgres.drop(address)


@pytest.mark.parametrize("file", COLUMNS)
def test_what_identifies_a_row_stands_first_and_what_came_later_last(file):
    since = [field.since for field in fields_of(file)]
    assert since == sorted(since)
    assert COLUMNS[file][: len(KEYS[file])] == KEYS[file]
