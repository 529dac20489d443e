"""The page of a new pact, and what a site without any says."""

import json

import pytest

from monitor import commands
from monitor.models import Role
from monitor.ui.team.cell_mending import purpose_of
from tests.support.app import open_page, words
from tests.support.team import signed_in
from tests.support.team_pages import field
from tests.support.whole_pacts import SHEETS, workbook

BOOK = ("pacte.xlsx", workbook(SHEETS))


def bring(*files: tuple[str, bytes]):
    app = open_page("nouveau-pacte")
    app.file_uploader[0].set_value([(*file, "application/octet-stream") for file in files]).run()
    assert not app.exception
    return app


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_an_empty_site_leads_to_the_guide_and_its_admin_to_the_page(empty, browser_of, lang):
    said = words(open_page(lang=lang))
    assert {"fr": "docs/publier-votre-pacte.md", "en": "docs/publish-your-pact.md"}[lang] in said
    browser_of(signed_in(empty, "Ada", Role.ADMIN))
    app = open_page(lang=lang)
    assert [one for one in app.get("page_link") if one.proto.page == "nouveau-pacte"]
    assert not open_page("nouveau-pacte", lang=lang).exception


def test_a_workbook_is_shown_sheet_by_sheet_proposed_and_accepted_by_another(empty, browser_of):
    browser_of(signed_in(empty, "Ada", Role.ADMIN))
    app = bring(BOOK)
    said = words(app)
    assert "**pacte.xlsx · Signataires** · 2 créées" in said
    field(app.button, "Proposer").click().run()
    assert "attend un autre administrateur" in "".join(one.value for one in app.success)
    assert not [one for one in app.button if one.label.startswith("Accepter")]
    browser_of(signed_in(empty, "Bea", Role.ADMIN))
    app = open_page("nouveau-pacte")
    assert "Proposé par Ada" in words(app)
    field(app.button, "Accepter et publier").click().run()
    assert "velo-2026" in "".join(one.value for one in app.success).replace("\\", "")
    assert "Pacte vélo" in words(open_page())


def test_what_is_refused_is_told_with_its_sheet_line_and_column_and_cannot_be_proposed(
    empty, browser_of
):
    browser_of(signed_in(empty, "Ada", Role.ADMIN))
    rows = [*SHEETS["actions"], ("a2", "personne", "1", "2026-04-03", "Vu")]
    app = bring(("pacte.xlsx", workbook({**SHEETS, "actions": rows})))
    said = words(app)
    assert "pacte.xlsx · actions" in said and "ligne 3, colonne « signatory_id »" in said
    assert not [one for one in app.button if one.label.startswith("Proposer")]


def test_a_pact_can_be_proposed_beside_another(store, people):
    app = bring(BOOK)
    field(app.button, "Proposer").click().run()
    with store.reading() as session:
        assert len(commands.proposed_pacts(session)) == 1


def test_files_that_are_none_of_a_pact_are_said_to_be_none(empty, browser_of):
    browser_of(signed_in(empty, "Ada", Role.ADMIN))
    assert "Aucun de ces fichiers n’est reconnu" in words(bring(("budget.csv", b"a,b\n1,2\n")))


def test_a_refused_cell_of_a_sheet_is_mended_on_the_page_and_told_to_the_other_admin(
    empty, browser_of
):
    ada = signed_in(empty, "Ada", Role.ADMIN)
    browser_of(ada)
    rows = [*SHEETS["Signataires"], ("s3", "Chloé Caron", "59 350 Lile", "")]
    data = workbook({**SHEETS, "Signataires": rows})
    app = bring(("pacte.xlsx", data))
    (editor,) = app.dataframe
    assert editor.value.iloc[0, :3].tolist() == [4, "commune", "59 350 Lile"]
    name = "pacte.xlsx · Signataires"
    cells = json.dumps([[4, "commune", "Lille"]])
    commands.save_draft(empty, ada, purpose_of("", "pact", data, name), cells)
    app = bring(("pacte.xlsx", data))
    assert not app.dataframe and "59 350 Lile" in words(app)
    field(app.button, "Proposer").click().run()
    browser_of(signed_in(empty, "Bea", Role.ADMIN))
    app = open_page("nouveau-pacte")
    assert "59 350 Lile" in words(app) and "Lille" in words(app)
    field(app.button, "Accepter et publier").click().run()
    with empty.reading() as session:
        assert session.rows("SELECT was, became FROM mended_cell") == [("59 350 Lile", "Lille")]
