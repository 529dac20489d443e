"""The chart of two blind readings: its cells are its file, and few readings make neither."""

from datetime import UTC, datetime

import pytest

from monitor import commands
from monitor.read import current_log, query
from monitor.read.chart_registry import PICTURES, chart_title, standalone_chart
from monitor.store import open_store
from tests.support.blind_ratings import draw_sample, give_rating
from tests.support.drawings import read_by_plotly
from tests.support.team import people_of

PACT = "mouves-2014"
PICTURE = PICTURES["accord"]


def rated(url: str, officials: int):
    """A view of a sample of which so many officials were read twice, alike but for the first; the others
    are read once."""
    store = open_store(url)
    commands.init_database(store)
    people_of(store)
    plan = draw_sample(store, PACT, datetime.now(UTC))
    with store.reading() as session:
        rows = session.rows(
            "SELECT signatory_id, measure_id FROM commitment WHERE pact_id = :pact "
            "ORDER BY signatory_id, measure_id",
            pact=PACT,
        )
    twice = [*dict(rows)][:officials]
    for place, about in enumerate(rows):
        for rater in ("Camille", "Claude")[: 2 if about[0] in twice else 1]:
            status = "implemented" if place == 0 and rater == "Claude" else "decided"
            give_rating(store, rater, plan, about, datetime.now(UTC), status)
    return query.read_view(current_log.current_snapshot(fresh=True), {"pacte": PACT})


@pytest.fixture(scope="module", params=[4, 5])
def view(request, tmp_path_factory):
    with pytest.MonkeyPatch.context() as patch:
        url = f"sqlite:///{tmp_path_factory.mktemp('accord') / 'monitor.db'}"
        patch.setenv("MONITOR_DATABASE", url)
        yield request.param, rated(url, request.param)


def test_the_cells_of_two_readings_are_the_rows_of_the_file(view):
    officials, shown = view
    rows = [*PICTURE.table(shown, "").itertuples(index=False, name=None)]
    figure = PICTURE.draw(shown, "", False)
    if officials < 5:
        assert (rows, figure) == ([], None)
        return
    assert rows == [("implemented", "decided", 1), ("decided", "decided", 14)]
    assert sorted(word for trace in figure.traces for word in trace["text"]) == ["1", "14"]


def test_a_picture_of_two_readings_says_how_many_agree_and_that_both_can_be_wrong(view):
    officials, shown = view
    sentence = PICTURE.sentence(shown, "").replace("\u00a0", " ").replace("\u202f", " ")
    assert ("le même statut à 14 (93 %) et le même bilan" in sentence) is (officials == 5)
    assert ("le plus fréquent : « mis en œuvre »" in sentence) is (officials == 5)
    assert chart_title(shown, "accord").startswith("Engagements lus deux fois à l’aveugle")
    figure = standalone_chart(shown, "accord", "", "https://exemple.fr/accord")
    if officials == 5:
        read_by_plotly(figure)
        assert "se tromper ensemble" in str(figure.to_dict()["layout"])
