"""Who answered measures signed nothing: a count of them says what they are."""

import re

import pandas as pd
import pytest

from monitor.i18n import CHOICES, Choice, catalogue, plural, text
from monitor.intake import read_pact
from monitor.read.wording import common_wording, pact_wording, signatory_wording
from tests.support.pacts import GOOD

#: Of two signatories: kinds, days of signature, whether measures were answered -> how they are counted.
COUNTED = [
    ((None, None), (None, None), False, "2 signataires", "2 signatories"),
    ((None, None), ("2026-02-01", "2026-02-02"), True, "2 signataires", "2 signatories"),
    ((None, "person"), (None, None), True, "2 personnes engagées", "2 committed people"),
    (("list", "list"), (None, None), True, "2 listes engagées", "2 committed lists"),
    (("party", "party"), (None, None), True, "2 partis engagés", "2 committed parties"),
    (("body", "body"), (None, None), True, "2 instances engagées", "2 committed bodies"),
    (("body", "list"), (None, None), True, "2 acteurs engagés", "2 committed actors"),
    ((None, None), ("2026-02-01", None), True, "2 personnes engagées", "2 committed people"),
]


@pytest.mark.parametrize(("kinds", "days", "answered", "french", "english"), COUNTED)
def test_who_only_answered_is_not_counted_as_a_signatory(kinds, days, answered, french, english):
    people = pd.DataFrame({"kind": kinds, "signed_on": days, "withdrawn_on": (None, None)})
    pact, _ = read_pact(GOOD.encode())
    assert pact
    words = pact_wording(pact, people, communes=False, answered=answered)
    counts = [plural("count.signatories", 2, lang, **words) for lang in ("fr", "en")]
    assert counts == [french, english]


#: Kinds of those who answered yes, of a message and a number -> what it says.
FITTING = [
    (None, "sentence.elected_mayor", 2, "2 des 5 personnes engagées ont été élues maires."),
    ("party", "sentence.elected_mayor", 2, "2 des 5 partis engagés ont été élus maires."),
    ("mixed", "sentence.elected_mayor", 1, "1 des 5 acteurs engagés a été élu maire."),
    (None, "sentence.others_defeated", 2, "2 autres ont été battues."),
    (None, "sentence.others_defeated", 1, "Une autre a été battue."),
    ("list", "sentence.others_defeated", 1, "Une autre ne l’a pas obtenue."),
    ("party", "sentence.others_defeated", 3, "3 autres ne l’ont pas obtenue."),
    (None, "sentence.of_them_defeated", 1, "L’une d’elles a été battue."),
    ("party", "sentence.of_them_defeated", 1, "L’un d’eux ne l’a pas obtenue."),
    ("list", "sentence.defeated", 2, "2 listes engagées n’ont pas obtenu la fonction visée."),
    ("list", "sentence.result_unknown", 1, "Pour une autre, ce suivi ne donne pas le résultat."),
    ("party", "sentence.result_unknown", 1, "Pour un autre, ce suivi ne donne pas le résultat."),
    ("list", "funnel.withdrawn", 1, "cette liste reste comptée parmi les listes engagées."),
    (
        "body",
        "funnel.presumed",
        2,
        "2 instances n’ont aucun mandat au journal : elles sont réputées",
    ),
    ("list", "city.count", 2, "Une liste engagée au moins dans 2"),
    ("body", "sentence.whom_all", 3, "ces 3 instances"),
    ("list", "sentence.whom_all", 1, "cette liste"),
    ("list", "count.none_elected", 1, "qui n’a pas obtenu la fonction visée"),
    ("list", "count.none_elected", 2, "dont aucune n’a obtenu la fonction visée"),
]


@pytest.mark.parametrize(("kind", "message", "n", "expected"), FITTING)
def test_what_is_said_of_who_committed_has_their_gender(kind, message, n, expected):
    kinds = ("party", "list") if kind == "mixed" else (kind, kind)
    people = pd.DataFrame({"kind": kinds, "signed_on": (None,) * 2, "withdrawn_on": (None,) * 2})
    pact, _ = read_pact(GOOD.encode())
    assert pact
    words = pact_wording(pact, people, communes=False, answered=True)
    words |= {"signers": Choice(kind is not None)}
    sentence = plural(message, n, "fr", signed=5, **words)
    assert expected in sentence.replace("\N{NO-BREAK SPACE}", " ").replace(
        "\N{NARROW NO-BREAK SPACE}", " "
    )


#: Kinds of signatories, whether they are of communes -> what a code says of any of them.
CODES = [
    ((None, "person"), True, "élu(e)"),
    ((None, "list"), True, "fonction obtenue"),
    (("list", "list"), True, "élection gagnée"),
    (("party", "party"), False, "fonction obtenue"),
    (("body", "body"), False, "dans la fonction visée"),
    (("body", "list"), False, "fonction obtenue"),
    (("person", "person"), False, "élu(e)"),
    ((None, "person"), False, "fonction obtenue"),
    (("", None), False, "fonction obtenue"),
]


@pytest.mark.parametrize(("kinds", "communes", "expected"), CODES)
def test_a_code_is_in_words_that_fit_everybody_it_may_be_said_of(kinds, communes, expected):
    words = common_wording(pd.DataFrame({"kind": kinds}), communes)
    assert text("outcome.elected", "fr", **words) == expected


@pytest.mark.parametrize("given", [True, False])
def test_a_criterion_is_said_to_be_met_only_where_the_pact_has_one(given):
    people = pd.DataFrame({"kind": [None], "signed_on": [None], "withdrawn_on": [None]})
    pact, _ = read_pact(re.sub("criterion_.*\n", "", GOOD).encode() if not given else GOOD.encode())
    assert pact
    words = pact_wording(pact, people, communes=True, answered=False)
    for lang, criterion in (("fr", "critère"), ("en", "criterion")):
        assert (criterion in text("overview.how_text", lang, **words)) == given


class _Any(dict):
    """A value for whatever a message names."""

    def __missing__(self, name):
        return "5"


@pytest.mark.parametrize("kind", ["list", "party", "body"])
def test_no_list_party_or_body_is_who_or_they(kind):
    people = pd.DataFrame({"kind": [kind], "signed_on": [None], "withdrawn_on": [None]})
    pact, _ = read_pact(GOOD.encode())
    assert pact
    words = pact_wording(pact, people, communes=False, answered=True)
    words |= signatory_wording(kind, communes=False)
    wrong = re.compile(
        rf"\b(?:an?|the|this|one) {kind}(?: [^ .;:]+){{0,6}} (?:who|whom|they|their)\b"
    )
    for key, message in catalogue("en").items():
        for one in (message,) if isinstance(message, str) else message:
            if "{committed:" in one or "{one:" in one:
                found = wrong.search(one.format_map(_Any(CHOICES | words)))
                assert not found, (key, found)
