"""What is known of pacts of other shapes, counted by hand: loaded at once from their folder, every page,
the API and the exported files say it."""

import csv
import io
from collections import Counter
from typing import NamedTuple

import pytest

from monitor.commands import PactChoices
from monitor.export import publish_pact
from monitor.store import open_store
from tests.support.app import open_page, words
from tests.support.shapes import all_routes, load_shape_folder


class Oracle(NamedTuple):
    """`statuses`: of the commitments that bind; `said`: what the overview says; `choices`:
    what is said of the pact beyond its files."""

    pact: str
    statuses: dict[str, int]
    said: tuple[str, ...]
    choices: PactChoices = PactChoices()


ORACLES = {
    "candidats-et-reponses": Oracle(
        "essai-reponses",
        {"not_assessed": 399},
        ("oui 1 170, non 152, aucune réponse connue 78", "élus 13", "en vigueur 399"),
    ),
    "un-elu-174-mesures": Oracle(
        "essai-president",
        {
            "no_evidence": 84,
            "in_progress": 18,
            "partly_implemented": 8,
            "implemented": 21,
            "abandoned": 43,
        },
        ("en vigueur 174", "mis en œuvre 21 (en partie 8)"),
    ),
    "partis-329-mesures": Oracle(
        "essai-partis",
        {"no_evidence": 238, "in_progress": 33, "stalled": 30, "announced": 23, "implemented": 5},
        ("en vigueur 329", "mis en œuvre 5"),
    ),
    "409-conseils": Oracle(
        "essai-conseils",
        {"implemented": 168, "partly_implemented": 2_307, "no_evidence": 1_206},
        ("mis en œuvre 168 (en partie 2 307)",),
    ),
    "maire-et-adjoints": Oracle(
        "essai-adjoints",
        {"not_assessed": 50, "implemented": 1},
        ("en vigueur 51", "mis en œuvre 1"),
        PactChoices(in_charge="deputy_mayor"),
    ),
}
pytestmark = pytest.mark.usefixtures("browser_of", "opened")


@pytest.fixture(scope="module", params=ORACLES)
def loaded(request, tmp_path_factory):
    """(name, address) of a database with a pact of a folder."""
    url = f"sqlite:///{tmp_path_factory.mktemp('oracle') / 'monitor.db'}"
    oracle = ORACLES[request.param]
    assert load_shape_folder(url, request.param, choices=oracle.choices) == oracle.pact
    return request.param, url


@pytest.fixture
def opened(loaded, monkeypatch):
    monkeypatch.setenv("MONITOR_DATABASE", loaded[1])


def rows_of(body: str) -> list[dict]:
    return list(csv.DictReader(io.StringIO(body.removeprefix("\ufeff"))))


def of_status(rows: list[dict]) -> dict[str, int]:
    return dict(Counter(row["status"] for row in rows if row["binding"] in ("True", "true")))


def test_the_api_says_what_is_known(loaded):
    oracle = ORACLES[loaded[0]]
    asked = all_routes().get("/api/v1/commitments.csv", {"pacte": oracle.pact})
    assert of_status(rows_of(asked.text)) == oracle.statuses


def test_the_files_say_what_is_known(loaded, tmp_path):
    oracle = ORACLES[loaded[0]]
    publish_pact(open_store(loaded[1]), oracle.pact, tmp_path / "out", "csv")
    rows = rows_of((tmp_path / "out" / "commitments.csv").read_text("utf-8"))
    assert of_status(rows) == oracle.statuses


def test_the_pages_say_what_is_known(loaded):
    oracle = ORACLES[loaded[0]]
    page = open_page(pacte=oracle.pact)
    page_text = words(page).replace("*", "")
    assert not page.exception and all(one in page_text for one in oracle.said)
