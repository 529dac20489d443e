"""Departments, regions and inter-municipal bodies, as people write them, in a pact of such places; and
what is proposed for the name of a commune that there is not."""

import pandas as pd
import pytest

from monitor import areas
from monitor.export.known_places import list_known_places
from monitor.intake import Communes
from monitor.intake.own_places import OwnPlaces


def places_of(level: str, *left_out: str) -> OwnPlaces:
    table = pd.DataFrame(list_known_places(level)).set_index("code")
    table["population"] = table["population"].astype(float)
    for column in ("department_code", "department"):
        table[column] = table.get(column, pd.Series(dtype="str"))
    return OwnPlaces(table.assign(**dict.fromkeys(left_out)))


@pytest.mark.parametrize(
    ("level", "written", "code"),
    [
        ("department", "Isère", "38"),
        ("department", "isere", "38"),
        ("department", "L’Isère", "38"),
        ("department", "Isère (38)", "38"),
        ("department", "Isère, 38", "38"),
        ("department", "38 - Isère", "38"),
        ("department", "Isère (69)", None),
        ("department", "Département du Rhône", "69"),
        ("department", "Conseil départemental de l’Isère", "38"),
        ("department", "Bouches du Rhône", "13"),
        ("department", "Corse-du-Sud (2a)", "2A"),
        ("department", "Côtes-du-Nord", None),
        ("department", "Val", None),
        ("region", "Bretagne", "53"),
        ("region", "Région Île-de-France", "11"),
        ("region", "Conseil régional d’Ile de France", "11"),
        ("region", "Nouvelle Aquitaine", "75"),
        ("region", "Région Bretagne", "53"),
        ("region", "Bretagne (région)", "53"),
        ("region", "PACA", "93"),
        ("region", "Région Sud", "93"),
        ("region", "IDF", "11"),
        ("region", "Centre", "24"),
        ("region", "Rhône-Alpes", "84"),
        ("region", "Conseil régional d’Alsace", "44"),
        ("region", "Nord-Pas de Calais", "32"),
        ("department", "PACA", None),
        ("department", "Alsace", None),
        ("intercommunal", "Communauté de communes de la Dombes", "200069193"),
        ("intercommunal", "CC de la Dombes", "200069193"),
        ("intercommunal", "CC Dombes (01)", "200069193"),
        ("intercommunal", "CC Dombes (38)", None),
        ("intercommunal", "Métropole de Lyon", "200046977"),
        ("intercommunal", "CA de la Dombes", None),
    ],
)
@pytest.mark.parametrize("left_out", [(), ("department_code",)], ids=["departments", "none"])
def test_a_place_is_meant_by_its_name_with_or_without_its_kind_and_its_code(
    level, written, code, left_out
):
    """A code that is not that of the place is taken only where nobody says in which department it is."""
    meant = places_of(level, *left_out).commune_meant(written)
    if left_out and written == "CC Dombes (38)":
        code = "200069193"
    assert (meant and meant.code) == code


@pytest.mark.parametrize(
    ("level", "written", "why", "near"),
    [
        ("department", "Côtes-du-Nord", "unknown_place", "22 (Côtes-d'Armor)"),
        ("department", "Isère (69)", "unknown_place", "38 (Isère)"),
        ("region", "Auvergne-Alpes", "unknown_place", "84 (Auvergne-Rhône-Alpes)"),
        ("region", "Qzwx", "no_such_place", ""),
    ],
)
def test_a_place_that_is_none_is_refused_without_a_word_of_communes(level, written, why, near):
    code, details = places_of(level).explain_unknown(written)
    assert code == why and near in dict(details).get("near", "").replace("’", "'")


@pytest.mark.parametrize(
    ("written", "doubt"), [("PACA", ""), ("Île de France", ""), ("Lorraine", "joined_region")]
)
def test_a_region_of_before_is_taken_for_that_of_today_and_that_is_doubted(written, doubt):
    meant = places_of("region").commune_meant(written)
    assert meant and meant.doubt == doubt


def test_a_name_of_several_places_is_refused_with_their_codes():
    twice = pd.DataFrame(
        {"name": ["CC du Lac", "CC Lac"], "department_code": ["01", "74"], "department": ["", ""]},
        index=["a", "b"],
    ).assign(population=1.0)
    assert OwnPlaces(twice).commune_meant("CC du Lac") is None
    assert OwnPlaces(twice).explain_unknown("CC du Lac")[0] == "several_places"
    meant = OwnPlaces(twice).commune_meant("CC du Lac (74)")
    assert meant and meant.code == "b"


@pytest.fixture(scope="module")
def communes():
    return Communes(areas.insee_areas(), areas.retired_codes())


@pytest.mark.parametrize(
    ("written", "near"),
    [
        ("Cherbourg", "50129 (Cherbourg-en-Cotentin"),
        ("Bourg-en", "01053 (Bourg-en-Bresse"),
        ("Paris 11", "75111"),
        ("Lyon 3", "69383"),
        ("Le Fresne-sur-Loire (44)", "49160 (Ingrandes"),
        ("Marsielle", "13055 (Marseille"),
    ],
)
def test_what_may_be_meant_is_proposed_first(communes, written, near):
    assert communes.commune_meant(written) is None
    _, details = communes.explain_unknown(written)
    assert dict(details)["near"].startswith(near)


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("Abergement-de-Varey", "01002"),
        ("Havre (76)", "76351"),
        ("Marolle-en-Sologne", "41127"),
        ("Le Lyon", None),
    ],
)
def test_a_commune_is_meant_without_its_article(communes, written, code):
    meant = communes.commune_meant(written)
    assert (meant and meant.code) == code


@pytest.mark.parametrize(
    "written",
    [
        "Le Fresne-sur-Loire",
        "Le Fresne-sur-Loire (commune déléguée)",
        "Le Fresne-sur-Loire, commune déléguée",
        "Commune déléguée de Le Fresne-sur-Loire",
        "Ancienne commune du Fresne-sur-Loire",
    ],
)
def test_a_part_of_a_commune_is_taken_for_the_commune_and_that_is_doubted(communes, written):
    meant = communes.commune_meant(written)
    if written.startswith("Ancienne"):
        assert meant is None
    else:
        assert meant and (meant.code, meant.doubt) == ("49160", "renamed_commune")


@pytest.mark.parametrize(("level", "count"), [("department", 101), ("region", 18), ("commune", 0)])
def test_the_places_of_a_level_are_known_with_their_inhabitants(level, count):
    places = list_known_places(level)
    assert len(places) == count and all(int(one["population"]) > 0 for one in places)
    assert len({one["name"] for one in places}) == count


@pytest.mark.parametrize(
    ("written", "code", "doubt"),
    [
        ("59000 LILLE", "59350", ""),
        ("Lille 59000", "59350", ""),
        ("LYON CEDEX 03", "69123", ""),
        ("75011 Paris", "75056", "district_unsaid"),
        ("Paris (75011)", "75056", "district_unsaid"),
        ("69003 Lyon", "69123", "district_unsaid"),
        ("13001 Marseille", "13055", "district_unsaid"),
        ("13100 Aix-en-Provence", "13001", ""),
        ("Paris", "75056", ""),
        ("Paris 75", "75056", ""),
        ("Paris 11ème arr.", "75111", ""),
        ("75011", "75111", "postcode_of_district"),
        ("13000 Lille", None, None),
    ],
)
def test_a_city_with_its_postcode_is_read_and_an_arrondissement_is_doubted(
    communes, written, code, doubt
):
    meant = communes.commune_meant(written)
    assert (meant and meant.code, meant and meant.doubt) == (code, doubt)
