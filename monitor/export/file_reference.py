"""What a file may hold, column by column, in words: for whoever fills one in."""

from dataclasses import dataclass

from monitor.export.fields import describe_column
from monitor.i18n import Choice, text
from monitor.intake.titles import title_of
from monitor.schema import fields_of


@dataclass(frozen=True)
class ColumnHelp:
    """A column of a file: what it is called in the file and in words, how its cells are written, what
    they say, and each code that they may hold with its word."""

    name: str
    title: str
    required: bool
    written: str
    description: str
    codes: tuple[tuple[str, str], ...]

    @property
    def holds(self) -> str:
        """The description without the codes, which stand beside it; the title if that says nothing."""
        listed = ", ".join(code for code, _ in self.codes)
        if not listed:
            return self.description
        rest = self.description.removesuffix(listed)
        if rest == self.description and rest.startswith(listed):
            rest = rest.removeprefix(listed)
        return rest.strip(" \u00a0:,") or self.title


def describe_file(file: str, lang: str, **words: Choice) -> tuple[ColumnHelp, ...]:
    """The columns of a file of `schema.FILES`, in its order. `words`: those that fit a pact."""
    return tuple(
        ColumnHelp(
            field.name,
            title_of(file, field.name, lang),
            field.required,
            text(f"cell.{field.type}", lang, **words),
            describe_column(file, field.name, lang, **words),
            tuple(
                (code, text(f"{field.name}.{code}", lang, **words))
                for code in map(str, field.codes)
            ),
        )
        for field in fields_of(file)
    )
