"""Whatever title the guides and the pages show for a column is read as that column."""

import re

import pytest

from monitor.i18n import LANGUAGES, text
from monitor.intake.titles import TITLED, column_of
from tests.support.paths import ROOT

#: `### actions.csv`, and a row of the table below it: its code, and its words in both languages.
_FILE = re.compile(r"### `(?:\[\[)?(\w+)(?:\.csv`|\]\]`)")
_ROW = re.compile(r"\| \**`(\w+)`\** \| ([^|]+) \|")
#: What the guides say that a sheet needs -> its column.
NEEDED = {
    "measures": {"son numéro": "id", "son texte": "wording", "un titre court": "title_fr"},
    "signatories": {"le jour de la signature": "signed_on", "les mesures signées": "measures"},
    "answers": {"qui": "signatory_id", "quelle mesure": "measure", "ses mots": "comment"},
    "mandates": {"quelle fonction": "office", "depuis quand": "started_on"},
    "actions": {"quand": "happened_on", "le statut": "status", "ce qui s’est passé": "summary"},
}
IN_ENGLISH = {
    "measures": {"its number": "id", "its wording": "wording", "a short title": "title_en"},
    "signatories": {"the day of the signature": "signed_on", "the measures signed": "measures"},
    "answers": {"who": "signatory_id", "which measure": "measure", "their words": "comment"},
    "mandates": {"which office": "office", "since when": "started_on"},
    "actions": {"when": "happened_on", "the status": "status", "what happened": "summary"},
}
GUIDES = {"publier-votre-pacte.md": NEEDED, "publish-your-pact.md": IN_ENGLISH}
#: What the form of an entry asks -> the column that it fills in.
ASKED = {
    "write.when": "happened_on",
    "write.summary_assessment": "summary",
    "write.summary_note": "summary",
    "write.searched": "summary",
    "write.reason_correct": "reason",
    **{
        f"write.{name}": name
        for name in (
            *("source_kind", "source_publisher", "source_title", "source_url"),
            *("archive_url", "quote"),
        )
    },
}


def titles_of_files():
    content = ""
    for line in (ROOT / "docs" / "files.md").read_text("utf-8").splitlines():
        if found := _FILE.match(line):
            content = found[1]
        elif (found := _ROW.match(line)) and found[1] in TITLED.get(content, ()):
            for title in found[2].split(" · "):
                yield content, found[1], title


def test_every_title_of_the_reference_of_files_is_read():
    found = [*titles_of_files()]
    assert len(found) > 100
    assert [one for one in found if column_of(one[0], one[2]) != one[1]] == []


@pytest.mark.parametrize(("guide", "needed"), GUIDES.items(), ids=GUIDES)
def test_what_a_guide_says_that_a_sheet_needs_is_read(guide, needed):
    guide_text = (ROOT / "docs" / guide).read_text("utf-8")
    for content, titles in needed.items():
        for title, column in titles.items():
            assert title in guide_text
            for one in (title, title.capitalize(), title.replace("’", "'")):
                assert column_of(content, one) == column


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize(("label", "column"), ASKED.items())
def test_what_the_form_asks_is_read(label, column, lang):
    title = text(label, lang)
    assert column_of("actions", title) == column
    assert column_of("actions", title.replace("’", "'").upper()) == column
