"""A file appears under its name when it is whole, and replaces nothing by accident."""

import pytest

from monitor.store.atomic import Draft, atomic_write
from monitor.store.sqlite import SQLiteStore
from monitor.store.upgrading import keep_before_upgrade


def test_a_file_appears_once_its_block_has_ended(tmp_path):
    place = tmp_path / "new" / "folder" / "copy.db"
    with atomic_write(place) as draft:
        draft.write_text("whole", "utf-8")
        assert not place.exists()
    assert place.read_text("utf-8") == "whole"
    assert [each.name for each in place.parent.iterdir()] == ["copy.db"]


def test_a_block_that_raises_leaves_neither_a_file_nor_the_folders_made_for_it(tmp_path):
    with pytest.raises(ZeroDivisionError), atomic_write(tmp_path / "new" / "copy.db") as draft:
        draft.write_text("half", "utf-8")
        draft.with_name(f"{draft.name}-journal").write_text("half", "utf-8")
        _ = 1 / 0
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("come", ["before", "meanwhile"])
def test_what_somebody_else_has_put_there_stays(tmp_path, come):
    place = tmp_path / "copy.db"
    if come == "before":
        place.write_text("theirs", "utf-8")
    with pytest.raises(FileExistsError), atomic_write(place) as draft:
        assert come == "meanwhile"
        draft.write_text("ours", "utf-8")
        place.write_text("theirs", "utf-8")
    assert [(each.name, each.read_text("utf-8")) for each in tmp_path.iterdir()] == [
        ("copy.db", "theirs")
    ]


def test_a_draft_replaces_what_it_may_where_a_link_leads(tmp_path):
    target, link = tmp_path / "target.csv", tmp_path / "link.csv"
    target.write_text("before", "utf-8")
    link.symlink_to(target)
    draft = Draft(link)
    draft.path.write_text("after", "utf-8")
    draft.publish(replace=True)
    assert link.is_symlink() and target.read_text("utf-8") == "after"
    assert {each.name for each in tmp_path.iterdir()} == {"target.csv", "link.csv"}


class Killed(BaseException):
    """What no code handles: as a process that ends there."""


class EndsWhileItCopies(SQLiteStore):
    def copy_to(self, path):
        path.write_bytes(b"half")
        raise Killed


@pytest.mark.parametrize("copy", [keep_before_upgrade, lambda store: store.replace_by(store.path)])
def test_a_copy_that_is_cut_short_is_at_no_name_of_a_backup(store, copy):
    names = {path.name for path in store.path.parent.iterdir()}
    with pytest.raises(Killed):
        copy(EndsWhileItCopies(store.path))
    assert {path.name for path in store.path.parent.iterdir()} == names
