"""What the log holds of random samples is read on the page of the log."""

import pytest

from monitor.commands.samples import abandon_plan, plan_sample, record_seed
from tests.support.app import open_page, words
from tests.support.sample_plans import draft

pytestmark = pytest.mark.usefixtures("browser_of")
PACT = "mouves-2014"


def test_the_log_tells_each_plan_its_numbers_and_its_end(store):
    plan_sample(store, None, draft(store, PACT))
    seq = record_seed(store, None, PACT, "1", "4 12 23")
    abandon_plan(store, None, PACT, "1", "Une *erreur*.")
    page_text = words(open_page("actions", pacte=PACT))
    assert "4 signataires à tirer au sort par « EuroMillions du 4 décembre 2026 »" in page_text
    assert "les numéros sortis sont « 4 12 23 »" in page_text
    assert "Plan de sondage 1 abandonné" in page_text
    assert "Une *erreur*." in page_text
    alone = words(open_page("actions", pacte=PACT, entree=str(seq), lang="en"))
    assert "the numbers that came are “4 12 23”" in alone
    assert "to draw by" not in alone


def test_a_log_without_samples_says_nothing_of_them(store):
    page_text = words(open_page("actions", pacte=PACT))
    assert "Journal" in page_text and "sondage" not in page_text
