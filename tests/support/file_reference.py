"""The parts of the docs that the schema writes: in docs/files.md every file, column and code that can be
loaded, in docs/log-format.md the columns that came to the log later.

`python -m tests.support.file_reference` writes them anew.
"""

from pathlib import Path

from monitor.export.fields import describe_column
from monitor.export.file_reference import ColumnHelp, describe_file
from monitor.i18n import text
from monitor.intake.pact import REQUIRED
from monitor.intake.titles import TABLES_OF_PACT, TITLED, title_of
from monitor.schema import FILES, later_fields

#: The page is in English, and says how French files call what they hold.
PAGE_LANGUAGES = ("fr", "en")
START, END = "<!-- from the schema: start -->", "<!-- from the schema: end -->"


def reference_text() -> str:
    """The tables of all files, in Markdown: the pact itself, its measures and offices, then the rest."""
    parts = ("pact", "measures", "offices")
    return "\n\n".join((*map(_part, parts), *map(_file, FILES)))


def _part(part: str) -> str:
    """The keys of a pact.toml, or of one of its tables, which are columns of a sheet too."""
    needed = REQUIRED if part == "pact" else TABLES_OF_PACT[part][0]
    rows = (
        (
            f"**`{name}`**" if name in needed else f"`{name}`",
            " · ".join(title_of(part, name, lang) for lang in reversed(PAGE_LANGUAGES)),
            text(f"office_help.{name}", "en")
            if part == "offices"
            else describe_column(part, name, "en"),
        )
        for name in TITLED[part]
    )
    head = "### `pact.toml`" if part == "pact" else f"### `[[{part}]]` of `pact.toml`"
    return f"{head}\n\n{_table(('key', 'in words', 'holds'), rows)}"


def _file(file: str) -> str:
    descriptions = {lang: describe_file(file, lang) for lang in PAGE_LANGUAGES}
    tables = [
        _table(("column", "in words", "written as", "holds"), map(_column, *descriptions.values()))
    ]
    for columns in zip(*descriptions.values(), strict=True):
        if columns[0].codes:
            tables += [f"`{columns[0].name}` of `{file}.csv`:", _codes(columns)]
    return "\n\n".join((f"### `{file}.csv`", *tables))


def _column(french: ColumnHelp, english: ColumnHelp) -> tuple[str, ...]:
    name = f"**`{english.name}`**" if english.required else f"`{english.name}`"
    words = f"{english.title} · {french.title}"
    return name, words, english.written, english.holds


def _codes(columns: tuple[ColumnHelp, ...]) -> str:
    rows = (
        (f"`{codes[0][0]}`", *(word for _, word in codes))
        for codes in zip(*(column.codes for column in columns), strict=True)
    )
    return _table(("code", *PAGE_LANGUAGES), rows)


def _table(titles, rows) -> str:
    lines = [titles, ["---"] * len(titles), *rows]
    return "\n".join(f"| {' | '.join(map(_cell, line))} |" for line in lines)


def _cell(text: str) -> str:
    return text.replace("|", r"\|")


def later_columns() -> str:
    """The columns that came later, by file."""
    named = {file: ", ".join(f"`{one.name}`" for one in later_fields(file)) for file in FILES}
    lists = "; ".join(f"{names} of `{file}.csv`" for file, names in named.items() if names)
    return f"Of files, these came later: {lists}."


#: The pages, and what stands between the marks of each.
PAGES = {Path("docs/files.md"): reference_text, Path("docs/log-format.md"): later_columns}


def with_reference(page: str, part: str) -> str:
    """The page with the part between its marks written anew."""
    before, _, rest = page.partition(START)
    return f"{before}{START}\n\n{part}\n\n{END}{rest.partition(END)[2]}"


if __name__ == "__main__":
    for path, write in PAGES.items():
        path.write_text(with_reference(path.read_text("utf-8"), write()), "utf-8")
