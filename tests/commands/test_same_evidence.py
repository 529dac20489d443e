"""Two people judge the same evidence: the second is given what the first kept, and not what the first
made of it."""

from dataclasses import replace

import pytest

from monitor.commands.raters import draw_raters, order_raters
from monitor.commands.rating_cells import JUDGED
from monitor.commands.ratings import NewRating, accept_rating, rate_blind
from monitor.errors import InvalidRow, InvalidValue, NotAllowed
from monitor.queries.ratings import KeptEvidence, find_pair, kept_evidence, own_rating
from monitor.queries.samples import sample_plans
from monitor.read.agreement_tables import agreement_table, public_pairs
from monitor.samples import content_of
from monitor.store.journal import verify_store
from tests.support.blind_ratings import NAMES, SEED, draw_sample, give_rating
from tests.support.sample_plans import draft
from tests.support.team import LATER, action

PACT, PARIS = "mouves-2014", ("hidalgo-paris", "2")
ORDER = order_raters(SEED, NAMES, *PARIS)


@pytest.fixture
def plan_id(store, team):
    return draw_sample(store, PACT, LATER, evidence="same")


def awaited(store, plan_id):
    with store.reading() as session:
        plan = next(one for one in sample_plans(session, PACT) if one.plan_id == plan_id)
        return list(draw_raters(session, plan, [PARIS])[PARIS].awaited)


def rate(store, team, name, plan_id, searched="Le registre.", **values):
    request = f"{ORDER.index(name)}" * 32
    entry = action(request_id=request, signatory_id=PARIS[0], measure=PARIS[1], **values)
    new = NewRating(plan_id, entry, searched)
    return rate_blind(store, getattr(team, NAMES[name]), new, [PARIS], LATER)


def evidence(store, plan_id):
    with store.reading() as session:
        return kept_evidence(session, PACT, plan_id, *PARIS)


def pair_of(store, plan_id):
    with store.reading() as session:
        return find_pair(session, PACT, plan_id, *PARIS)


@pytest.mark.parametrize("url", ["sqlite", "postgres"], indirect=True)
def test_the_second_judges_what_the_first_kept_whatever_else_is_sent(store, team, plan_id):
    assert awaited(store, plan_id) == ORDER[:1] and evidence(store, plan_id) is None
    with pytest.raises(NotAllowed, match="rating_of_others"):
        rate(store, team, ORDER[1], plan_id)
    texts = {"quote": "Vote à l’unanimité.", "source_url": "https://exemple.invalid/acte"}
    rate(store, team, ORDER[0], plan_id, status="decided", **texts)
    assert awaited(store, plan_id) == ORDER[1:2]
    forged = {"source_url": "https://exemple.invalid/autre", "happened_on": "2015", "quote": ""}
    why = {"status": "implemented", "summary": "Le vote suffit."}
    rate(store, team, ORDER[1], plan_id, searched="", **why, **forged)
    pair = pair_of(store, plan_id)
    assert pair and evidence(store, plan_id) is None
    for name in KeptEvidence._fields:
        assert getattr(pair.second, name) == getattr(pair.first, name), name
    assert (pair.second.searched, pair.second.summary) == (JUDGED, "Le vote suffit.")
    assert pair.is_counted and pair.has_same_source and verify_store(store).intact


def test_what_the_second_is_given_says_neither_the_status_nor_why_nor_who(store, team, plan_id):
    rate(store, team, ORDER[0], plan_id, status="decided", summary="Zwiebel.", searched="Zwiebel.")
    shown = evidence(store, plan_id)
    assert shown and set(shown._fields).isdisjoint(
        {"status", "summary", "searched", "author", "seq"}
    )
    assert not {"decided", "Zwiebel.", ORDER[0]} & set(shown)
    with store.reading() as session:
        assert own_rating(session, ORDER[1], PACT, plan_id, *PARIS) is None


def test_where_each_looks_for_themselves_nothing_of_the_first_is_given(store, team):
    apart = draw_sample(store, PACT, LATER)
    give_rating(store, ORDER[0], apart, PARIS, LATER)
    assert evidence(store, apart) is None


@pytest.mark.parametrize(
    ("summary", "code"), [(" ", "judgement_needed"), ("é" * 126, "rating_too_long")]
)
def test_whoever_judges_says_why_in_few_words(store, team, plan_id, summary, code):
    rate(store, team, ORDER[0], plan_id)
    with pytest.raises(InvalidRow) as refused:
        rate(store, team, ORDER[1], plan_id, summary=summary)
    assert [one.code for one in refused.value.errors] == [code]


def test_two_who_agree_make_one_entry_with_one_source(store, team, plan_id):
    first = rate(store, team, ORDER[0], plan_id)
    rate(store, team, ORDER[1], plan_id)
    third = next(name for name in ("Sacha", "Maxime", "Claude") if name not in ORDER[:2])
    accept_rating(store, getattr(team, NAMES[third]), PACT, plan_id, PARIS, first, LATER)
    with store.reading() as session:
        assert session.rows("SELECT count(*) FROM source_text") == [(0,)]


def test_a_pair_without_a_source_is_listed_and_counted_nowhere(store, team, plan_id):
    nothing = {"source_kind": "", "source_title": "", "source_url": ""}
    rate(store, team, ORDER[0], plan_id, status="no_evidence", **nothing)
    shown = evidence(store, plan_id)
    assert shown and shown.is_nothing
    with pytest.raises(InvalidRow):
        rate(store, team, ORDER[1], plan_id, status="decided")
    rate(store, team, ORDER[1], plan_id, status="no_evidence")
    pair = pair_of(store, plan_id)
    assert pair and pair.is_blind and not pair.is_counted
    cited = pair._replace(first=pair.first._replace(source_title="Un acte"))
    judged = [cited._replace(signatory_id=f"s{n}") for n in range(5)]
    assert not len(public_pairs({"1": [pair] * 5}))
    (whole, _) = agreement_table(public_pairs({"1": [*judged, pair]})).to_dict("records")
    assert (whole["pairs"], whole["not_blind"], whole["evidence"]) == (5, 1, "same")


def test_a_plan_in_which_each_looks_for_themselves_keeps_its_content_to_the_byte(store):
    apart = draft(store, PACT)
    assert "evidence" not in content_of(apart)
    assert '"evidence":"same"' in content_of(replace(apart, evidence="same"))
    with pytest.raises(InvalidValue, match="sample_content"):
        replace(apart, evidence="other")
