"""Every filter is declared once: pages, programs and words follow the table."""

from datetime import date

import numpy as np
import pandas as pd
import pytest

from monitor import i18n, status
from monitor.models import Lateness, Status
from monitor.read import query
from monitor.read.filters import FILTERS, LASTING, NAMES, PLACE_FILTERS, STANDING
from monitor.read.selection import rows_matching
from monitor.sizes import SIZES, is_within
from monitor.snapshot import Snapshots
from monitor.web import openapi

#: An address that was given away shows the same view for good.
ADDRESSES = (
    "pacte",
    "region",
    "departement",
    "commune",
    "mesure",
    "statut",
    "fonction",
    "taille",
    "retard",
    "au",
    "connu",
    "lang",
)
COLUMNS = {
    "region": "region_code",
    "departement": "department_code",
    "commune": "commune",
    "mesure": "measure",
    "statut": "status",
    "fonction": "office",
    "taille": "size",
    "retard": "lateness",
}


def test_the_names_of_an_address_keep_their_order_and_their_meaning():
    assert tuple(name for name in NAMES if name in ADDRESSES) == ADDRESSES
    assert {name: FILTERS[name].column for name in COLUMNS} == COLUMNS


def test_the_filters_keep_what_they_kept():
    assert {"statut", "retard"} <= set(STANDING)
    assert {"region", "departement", "commune", "taille"} <= set(PLACE_FILTERS)
    assert {*PLACE_FILTERS, "mesure"} <= set(LASTING) and not {*STANDING, "fonction"} & set(LASTING)
    codes = {"statut": Status, "retard": Lateness, "taille": SIZES}
    for name, known in codes.items():
        assert FILTERS[name].codes == tuple(known)


@pytest.mark.parametrize("lang", i18n.LANGUAGES)
@pytest.mark.parametrize("name", FILTERS)
def test_every_filter_has_its_words_and_is_described_to_programs(name, lang):
    one = FILTERS[name]
    assert i18n.text(f"filter.{one.label}", lang)
    if one.codes or one.list_options:
        assert i18n.text(f"filter.all_{one.label}", lang)
    described = openapi.api_description(lang)["components"]["parameters"][name]
    assert described["description"] == i18n.text(f"api.name_{name}", lang)
    assert described["schema"].get("enum") == (list(one.codes) if one.codes else None)
    for code in one.codes or ():
        assert i18n.text(f"{one.label}.{code}", lang)


def test_every_filter_chooses_by_a_column_that_the_tables_have(full_store):
    known = status.what_is_known(Snapshots(full_store).current().log(None))
    day = date(2018, 1, 1)
    commitments, people = status.fold(known, day), status.fold_people(known, day)
    for name, one in FILTERS.items():
        for table in (commitments, people) if name in PLACE_FILTERS else (commitments,):
            dtype = table[one.column].dtype
            fits = pd.api.types.is_float_dtype(dtype) if one.examples else False
            assert fits or isinstance(dtype, pd.CategoricalDtype), name


@pytest.mark.parametrize(
    ("bounds", "kept"),
    [
        ("1000-9999", [1000, 9999]),
        ("1000-", [1000, 9999, 10_000]),
        ("-999", [0, 999]),
        ("999-1000", [999, 1000]),
        ("0-0", [0]),
    ],
)
def test_bounds_of_population_keep_what_lies_within_both_included(bounds, kept):
    people = np.array([0, 999, 1000, 9999, 10_000, np.nan])
    assert people[is_within(people, bounds)].tolist() == kept


def viewed(store, **asked: str):
    view = query.read_view(Snapshots(store).current(), asked)
    assert view is not None
    return view


@pytest.mark.parametrize(
    "bounds", ["", "-", "1000", "9-1", "1e3-", "-1-5", "01-5", "1.5-", "a-b", "1000 -"]
)
def test_what_is_no_bounds_is_said_to_mean_nothing(full_store, bounds):
    view = viewed(full_store, habitants=bounds)
    assert "habitants" not in view.filters
    assert (("habitants", bounds) in view.unknown) is bool(bounds)


def test_sizes_together_are_the_bounds_around_them(full_store):
    views = [viewed(full_store, taille=size) for size in ("50000_199999", "ge_200000")]
    together = viewed(full_store, habitants="50000-")
    assert len(together.commitments) == sum(len(view.commitments) for view in views) > 0
    assert len(together.people) == sum(len(view.people) for view in views)
    assert together.canonical()["habitants"] == "50000-"


def test_a_filter_chooses_among_texts_as_among_categories():
    texts = pd.Series(["elected", None, "defeated", "elected"])
    for column in (texts, texts.astype("str"), texts.astype("category")):
        table = pd.DataFrame({"outcome": column})
        assert rows_matching(table, {"outcome": "elected"}).tolist() == [0, 3]
        assert rows_matching(table, {"outcome": "unknown"}).tolist() == []
