"""What the docs say of the files."""

import pytest

from monitor.export.file_reference import describe_file
from monitor.i18n import LANGUAGES
from monitor.schema import COLUMNS, FILES
from tests.support.file_reference import PAGES, with_reference


@pytest.mark.parametrize("path", PAGES, ids=str)
def test_a_page_of_files_says_what_the_schema_says(path):
    page, part = path.read_text("utf-8"), PAGES[path]()
    assert page == with_reference(page, part), (
        "python -m tests.support.file_reference writes it anew"
    )


def test_every_column_of_a_file_is_described_in_every_language():
    for lang in LANGUAGES:
        for file in FILES:
            columns = describe_file(file, lang)
            assert tuple(column.name for column in columns) == COLUMNS[file]
            assert all(column.title and column.written and column.description for column in columns)
