"""What the guide says of the files."""

from monitor.export.file_reference import describe_file
from monitor.i18n import LANGUAGES
from monitor.schema import COLUMNS, FILES
from tests.support.file_reference import PAGE, with_reference


def test_the_page_of_files_says_what_the_schema_says():
    page = PAGE.read_text("utf-8")
    assert page == with_reference(page), "python -m tests.support.file_reference writes it anew"


def test_every_column_of_a_file_is_described_in_every_language():
    for lang in LANGUAGES:
        for file in FILES:
            columns = describe_file(file, lang)
            assert tuple(column.name for column in columns) == COLUMNS[file]
            assert all(column.title and column.written and column.description for column in columns)
