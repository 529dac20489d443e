"""Names of communes as people abbreviate them: proposed first, and never read in silence."""

import pytest

from monitor import areas, intake
from monitor.intake.commune_lists import commune_lists
from monitor.intake.near_communes import NearCommunes

ABBREVIATED = {
    "Clermont-Fd": "Clermont-Ferrand",
    "Clermont Fnd": "Clermont-Ferrand",
    "Clermont-F.": "Clermont-Ferrand",
    "Chalon s/ Saône": "Chalon-sur-Saône",
    "Chalon s/Saône": "Chalon-sur-Saône",
    "Boulogne s/s Mer": "Boulogne-sur-Mer",
    "Fontenay s/s Bois": "Fontenay-sous-Bois",
    "Asnières s/ Seine": "Asnières-sur-Seine",
    "La Roche/Yon": "La Roche-sur-Yon",
    "Chalon/Saône": "Chalon-sur-Saône",
    "Aix-en-P.": "Aix-en-Provence",
    "Aix en Pce": "Aix-en-Provence",
    "Bourg-en-B.": "Bourg-en-Bresse",
    "Châlons en Ch.": "Châlons-en-Champagne",
    "Villeneuve d'A.": "Villeneuve-d'Ascq",
    "St Germain en L.": "Saint-Germain-en-Laye",
    "Ste Foy-lès-L.": "Sainte-Foy-lès-Lyon",
    "Évry-Courc.": "Évry-Courcouronnes",
}


@pytest.fixture(scope="module")
def communes():
    return intake.Communes(areas.insee_areas(), areas.retired_codes())


@pytest.mark.parametrize(("name_in_file", "name"), ABBREVIATED.items())
def test_what_a_name_abbreviates_is_proposed_first(communes, name_in_file, name):
    assert communes.commune_meant(name_in_file) is None
    code, details = communes.explain_unknown(name_in_file)
    assert code == "commune_name" and f"({name}," in dict(details)["near"].split(" ; ")[0]


@pytest.mark.parametrize("name", ["Vile de Lile", "Le Plessix", "Tout le monde", "A B", "s/"])
def test_other_words_abbreviate_nothing(name):
    communes = areas.insee_areas()
    near = NearCommunes(communes, commune_lists(communes))
    assert near.find_by_abbreviation(name) == []


#: The beginning of a name -> the one commune that it may be, None where several or none begin so, or
#: where it is the name of one.
BEGUN = {
    "Cherbourg": "Cherbourg-en-Cotentin",
    "CHERBOURG": "Cherbourg-en-Cotentin",
    "Boulogne": None,
    "Villeneuve": None,
    "Lille": None,
    "Lil": None,
    "Cherbour": None,
    "Paris 11": None,
    "50129": None,
}


@pytest.mark.parametrize(("name_in_file", "name"), BEGUN.items())
def test_the_beginning_of_one_name_alone_is_read_as_that_commune_with_a_doubt(
    communes, name_in_file, name
):
    found = communes.part_meant(name_in_file)
    assert (found and dict(found.details)["name"]) == name
    assert found is None or found.doubt == "part_of_name"
