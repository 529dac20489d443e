"""A file is reviewed row by row: what changes a status is read before it is accepted."""

import io
from datetime import date

import pytest

from monitor import commands
from monitor.models import Decision, Role
from monitor.queries import team as backlog
from monitor.read.pact_state import PactState
from monitor.read.selection import View
from monitor.snapshot import Snapshots
from monitor.store.sqlite_session import SQLiteSession
from monitor.ui.team import detail, preview
from monitor.ui.team.file_rows import FileRow, rows_of_file
from tests.support.app import open_page, words
from tests.support.team import LYON, action
from tests.support.team_pages import field

PACT, PARIS = "mouves-2014", "hidalgo-paris"
HEAD = (
    "action_id,signatory_id,measure,happened_on,status,summary,source_kind,source_title,"
    "source_url,recorded_by\n"
)
ACT = "report,Bilan 2019,https://{host}/bilan{n},{by}\n"


def row(
    n: int,
    status: str = "implemented",
    who: str = LYON,
    measure: str = "1",
    host: str = "neuf.invalid",
    by: str = "Alix",
    day: str = "2019-05",
) -> str:
    return f"g{n},{who},{measure},{day},{status},Fait {n}.," + ACT.format(host=host, n=n, by=by)


def loaded(store, people, *rows: str, content: str = "actions", head: str = HEAD) -> int:
    commands.load(
        store,
        content,
        io.BytesIO((head + "".join(rows)).encode()),
        pact_id=PACT,
        name="bilan.csv",
        who=people[Role.VOLUNTEER],
    )
    with store.reading() as database:
        ((seq,),) = database.rows("SELECT max(seq) FROM load")
    return seq


def opened(browser_of, people, seq: int, **query: str):
    browser_of(people[Role.REVIEWER])
    return open_page("relecture", fichier=str(seq), **query)


def state(store, seq: int) -> str:
    with store.reading() as database:
        return next(one.state for one in backlog.recent_files(database, PACT) if one.seq == seq)


def can_accept(app) -> bool:
    return not field(app.button, "Accepter le fichier").disabled


def test_each_row_says_where_which_promise_what_it_does_and_on_what_evidence(
    store, people, browser_of
):
    page_text = words(opened(browser_of, people, loaded(store, people, row(1))))
    for what in (
        "Lyon",
        "Gérard Collomb",
        "Faciliter la création",
        "décidé → ● mis en œuvre",
        "Fait 1",
        "Bilan 2019",
        "https://neuf.invalid/bilan1",
        "source nouvelle",
        "Alix",
    ):
        assert what in page_text.replace("\\", ""), what


def test_what_is_not_read_is_not_accepted(store, people, browser_of):
    moves = (
        row(n, ("implemented", "in_progress")[n % 2], day=f"2019-05-{n:02}") for n in range(1, 26)
    )
    seq = loaded(store, people, *moves)
    app = opened(browser_of, people, seq)
    assert "25 lignes restent à lire" in words(app) and not can_accept(app)
    field(app.button, "J’ai lu ces 20 lignes").click().run()
    assert "5 lignes restent à lire" in words(app) and not can_accept(app)
    again = opened(browser_of, people, seq)  # another day: what was read is still read
    assert "5 lignes restent à lire" in words(again)
    field(again.button, "J’ai lu ces 5 lignes").click().run()
    assert can_accept(again)
    field(again.button, "Accepter le fichier").click().run()
    assert state(store, seq) == "accepted"


def test_what_changes_no_status_is_accepted_together_by_a_tick_of_its_own(
    store, people, browser_of
):
    seq = loaded(store, people, row(1), row(2, "decided", measure="2", day="2020-01"))
    app = opened(browser_of, people, seq)
    assert "1 ligne reste à lire" in words(app)
    field(app.button, "J’ai lu cette ligne").click().run()
    assert not can_accept(app)
    field(app.checkbox, "J’accepte avec elles").check().run()
    assert can_accept(app)


def test_a_reply_is_read_before_it_is_published(store, people, browser_of):
    head = "action_id,signatory_id,measure,happened_on,kind,summary,source_title\n"
    reply = f"g9,{LYON},1,2019-06,reply,Nous avons voté le budget.,Courrier\n"
    seq = loaded(store, people, reply, head=head)
    app = opened(browser_of, people, seq)
    assert "1 ligne reste à lire" in words(app) and not can_accept(app)
    field(app.button, "J’ai lu cette ligne").click().run()
    assert can_accept(app)


def test_what_lowers_a_status_is_said_counted_and_listed(store, people, browser_of):
    seq = loaded(store, people, row(1, "abandoned"), row(2, measure="2"))
    page_text = words(opened(browser_of, people, seq, lignes="baisses"))
    assert "1 abaisse un statut" in page_text and "abaisse le statut" in page_text
    assert "Fait 1" in page_text and "Fait 2" not in page_text


def file_rows_of(store, seq: int) -> tuple[View, list[FileRow]]:
    snapshot = Snapshots(store).current()
    view = View("fr", PactState(snapshot, PACT), date(2020, 7, 5))
    with store.reading() as database:
        file = next(one for one in backlog.recent_files(database, PACT) if one.seq == seq)
    return view, rows_of_file(view, file)


def test_each_row_says_what_it_does_itself_once_the_rows_above_it_are_accepted(
    store, people, browser_of
):
    three = [("in_progress", "2019-05"), ("abandoned", "2019-07"), ("announced", "2018-01")]
    seq = loaded(
        store, people, *(row(n, page_text, day=day) for n, (page_text, day) in enumerate(three, 1))
    )
    _, found = file_rows_of(store, seq)
    assert [(one.before, one.after, one.lowers, one.follows) for one in found] == [
        ("decided", "in_progress", False, None),
        ("in_progress", "abandoned", True, seq + 1),
        ("abandoned", "abandoned", False, seq + 2),
    ]
    page_text = words(opened(browser_of, people, seq, lignes="baisses"))
    assert (
        "1 abaisse un statut" in page_text and "Fait 2" in page_text and "Fait 1" not in page_text
    )
    assert (
        f"✕ abandonné** :red-badge[abaisse le statut] :small[une fois le n° {seq + 1} a"
        in page_text
    )


def test_rows_have_the_effects_that_accepting_them_one_after_the_other_has(store, people):
    """Corrections, by the id and by `supersedes`, of what the log says and of a row above."""
    commands.load(
        store,
        "actions",
        io.BytesIO((HEAD + row(1) + row(2, measure="2")).encode()),
        pact_id=PACT,
        name="a.csv",
    )
    lines = [
        (row(3, "in_progress"), ""),
        (row(4, "abandoned", measure="2"), ""),
        (row(1, "announced"), ""),
        (row(5, "partly_implemented", day="2019-06"), "g3,Erreur"),
        (row(6, "stalled", measure="2", day="2019-08"), "g4,Erreur"),
        (row(7, "no_evidence", day="2019-09"), ""),
        (row(8, measure="3"), ""),
    ]
    seq = loaded(
        store,
        people,
        *(line.replace("Alix", more or ",") for line, more in lines),
        head=HEAD.replace("recorded_by", "supersedes,reason"),
    )
    view, found = file_rows_of(store, seq)
    numbers = view.log.commitments.reset_index().set_index(["signatory_id", "measure"])
    for one in found:
        number = numbers.loc[(LYON, one.values["measure"])].iloc[0]
        without, with_it = (
            preview.effect_of_file(view, [LYON], seq, last).at[number, "after"]
            for last in (one.seq - 1, one.seq)
        )
        assert (one.before, one.after) == (without, with_it), one.values
    assert len({(one.before, one.after) for one in found}) > 4


@pytest.mark.parametrize(
    "listed, shown, hidden",
    [
        ("sources", "Fait 2", "Fait 1"),
        ("toutes", "Fait 1", "Fait 9"),
        ("doutes", "Fait 3", "Fait 1"),
    ],
)
def test_rows_are_listed_by_what_a_reviewer_looks_for(
    store, people, browser_of, listed, shown, hidden
):
    seq = commands.log_action(
        store,
        people[Role.VOLUNTEER],
        action(source_url="https://connu.invalid/x", happened_on="2018"),
    ).seq
    commands.review_action(store, people[Role.REVIEWER], seq, Decision.ACCEPTED)
    load = loaded(
        store,
        people,
        row(1, host="www.connu.invalid"),
        row(2, measure="2"),
        row(3, measure="3", day="2022"),
    )
    page_text = words(opened(browser_of, people, load, lignes=listed))
    assert shown in page_text and hidden not in page_text


def test_rows_are_listed_by_who_recorded_them(store, people, browser_of):
    seq = loaded(store, people, row(1, by="Alix"), row(2, measure="2", by="Noa"))
    page_text = words(opened(browser_of, people, seq, de="Noa"))
    assert "Fait 2" in page_text and "Fait 1" not in page_text


def test_a_possible_duplicate_names_the_entry_that_it_repeats(store, people, browser_of):
    twice = row(1).replace("g1", "g2", 1)
    seq = loaded(store, people, row(1), twice)
    assert f"double possible du n° {seq + 1}" in words(opened(browser_of, people, seq))


def test_a_row_whose_effect_changed_meanwhile_must_be_read_again(store, people, browser_of):
    seq = loaded(store, people, row(1, "in_progress"))
    app = read_whole_of(opened(browser_of, people, seq))
    assert can_accept(app)
    other = commands.log_action(
        store, people[Role.VOLUNTEER], action(status="implemented", happened_on="2019-01")
    ).seq
    commands.review_action(store, people[Role.REVIEWER], other, Decision.ACCEPTED)
    app = opened(browser_of, people, seq)
    assert not can_accept(app) and "abaisse le statut" in words(app)


def read_whole_of(app):
    while marks := [one for one in app.button if one.key == "_file_read"]:
        marks[0].click().run()
    return app


def test_a_correction_shows_what_it_changes_old_and_new(store, people, browser_of):
    commands.load(
        store, "actions", io.BytesIO((HEAD + row(1)).encode()), pact_id=PACT, name="a.csv"
    )
    seq = loaded(store, people, row(1).replace("Fait 1.", "Fait autrement."))
    page_text = words(opened(browser_of, people, seq)).replace("\\", "")
    assert "~~Fait 1.~~ → Fait autrement." in page_text


def test_people_of_a_file_are_read_by_the_names_of_their_communes(store, people, browser_of):
    head = "signatory_id,name,commune,outcome\n"
    seq = loaded(store, people, "n1,Jeanne Élue,93048,elected\n", content="signatories", head=head)
    app = opened(browser_of, people, seq)
    table = app.table[0].value.to_string().replace("\\", "")
    assert "Montreuil (93048)" in table and "3 engagements en vigueur changent" in table
    assert not can_accept(app) and can_accept(read_whole_of(app))


def test_a_file_of_mandates_says_how_many_commitments_it_moves(store, people, browser_of):
    head = "signatory_id,office,started_on,ended_on,end_reason\n"
    seq = loaded(store, people, f"{LYON},mayor,2020-06-01,,\n", content="mandates", head=head)
    assert not opened(browser_of, people, seq).exception


def test_areas_are_read_as_a_table(store, people, browser_of):
    seq = loaded(store, people, "X1,Vallée\n", content="areas", head="code,name\n")
    assert not opened(browser_of, people, seq).exception


def test_refusing_a_file_asks_for_no_reading_but_for_a_reason(store, people, browser_of):
    seq = loaded(store, people, row(1))
    app = opened(browser_of, people, seq)
    field(app.button, "Refuser le fichier").click().run()
    assert state(store, seq) == "pending"
    field(app.text_input, "Votre raison").set_value("Sans rapport.")
    field(app.button, "Refuser le fichier").click().run()
    assert state(store, seq) == "refused"


def test_one_s_own_file_cannot_be_reviewed_by_its_address(store, people, browser_of):
    own = io.BytesIO((HEAD + row(1)).encode())
    commands.load(store, "actions", own, pact_id=PACT, name="b.csv", who=people[Role.REVIEWER])
    with store.reading() as database:
        ((seq,),) = database.rows("SELECT max(seq) FROM load")
    app = opened(browser_of, people, seq)
    assert "est de vous : quelqu’un d’autre le relira" in words(app)
    assert not [one for one in app.button if one.label.startswith("Accepter")]


def test_what_is_odd_of_a_row_is_said_to_its_reviewer(store, people, browser_of):
    head = "signatory_id,name,commune\n"
    twice = ("n1,Jeanne Le Goff,93048\n", "n2,LE GOFF Jeanne,93048\n")
    app = opened(
        browser_of, people, loaded(store, people, *twice, content="signatories", head=head)
    )
    assert "doutes" in app.table[0].value.columns and "douteuse" in words(app)
    assert app.table[0].value.columns[0] == "doutes"  # in sight on a phone, whose tables scroll


def test_what_does_not_count_is_told_of_many_rows_as_of_each(store):
    snapshot = Snapshots(store).current()
    view = View("fr", PactState(snapshot, PACT), date(2020, 7, 5))
    days = ("2012", "2014-03-29", "2014-04", "2017-06-02", "2019", "2020-07-04", "2021-01")
    people = (*view.known.signatories["signatory_id"].head(8), LYON, "nobody")
    facts = [
        (who, day, status)
        for who in people
        for day in days
        for status in ("decided", "no_evidence", None)
    ]
    recorded_on = date(2020, 1, 1)
    each = [detail.why_uncounted(view, who, day, recorded_on, status) for who, day, status in facts]
    assert detail.reasons_uncounted(view, facts, recorded_on) == each
    assert len(set(each)) > 1
    assert detail.reasons_uncounted(view, [], recorded_on) == []
    assert detail.reasons_uncounted(view, [("nobody", "2019", None)], recorded_on) == [None]


def test_a_mandate_of_the_next_term_of_who_was_defeated_is_doubted_where_it_is_reviewed(
    store, people, browser_of
):
    """By the rule it binds from its first day: whoever accepts it reads what it would do."""
    seq = loaded(
        store,
        people,
        "havard-lyon,mayor,2020-07-04\n",
        content="mandates",
        head="signatory_id,office,started_on\n",
    )
    page_text = words(opened(browser_of, people, seq))
    assert "est-ce le mandat suivant" in page_text
    assert "Le journal note une défaite de « Michel Havard » à l’élection" in page_text


def test_the_rows_of_a_file_are_read_once_a_few_at_a_time(store, people, monkeypatch):
    """Each reading keeps others from saving for as long as it lasts."""
    seq = loaded(store, people, *(row(n) for n in range(1, 31)))
    snapshot = Snapshots(store).current()
    view = View("fr", PactState(snapshot, PACT), date(2020, 7, 5))
    with store.reading() as database:
        (file,) = backlog.find_files(database, str(seq))
    few = 7
    for name in ("base.ROWS_AT_ONCE", "base.KEYS_AT_ONCE"):
        monkeypatch.setattr(f"monitor.store.{name}", few)
    monkeypatch.setattr("monitor.queries.file_rows.ROWS_AT_ONCE", few)
    counts, every = [], SQLiteSession.rows

    def counted(session, sql, **params):
        rows = every(session, sql, **params)
        if any(str(one).startswith("https://neuf.invalid/") for row in rows for one in row):
            counts.append((len(rows), "load_seq = :load" in sql))
        return rows

    monkeypatch.setattr(SQLiteSession, "rows", counted)
    assert [one.seq for one in rows_of_file(view, file)] == list(range(seq + 1, seq + 31))
    assert sum(n for n, of_file in counts if of_file) == 30
    assert max(n for n, of_file in counts if of_file) == few


def test_a_row_that_corrects_or_withdraws_says_which_entry_and_why(store, people, browser_of):
    known = loaded(store, people, row(1), row(2, measure="2"))
    commands.review_load(store, people[Role.REVIEWER], known, Decision.ACCEPTED)
    head = HEAD.replace("recorded_by", "kind,supersedes,reason")
    corrects = row(3, "announced", by=",g1,Un discours")
    withdraws = f"g4,{LYON},2,2019-06,,,,,,retraction,g2,Une autre ville\n"
    page_text = words(
        opened(browser_of, people, loaded(store, people, corrects, withdraws, head=head))
    )
    assert (
        f"Corrige l’entrée n° [{known + 1}](" in page_text and "Raison : Un discours" in page_text
    )
    assert (
        f"Retire l’entrée n° [{known + 2}](" in page_text
        and "Raison : Une autre ville" in page_text
    )


def test_an_id_that_was_once_of_somebody_else_hides_no_other_entry(store, people):
    for one in (row(1, who=PARIS), row(2, measure="2"), row(1)):
        commands.load(
            store,
            "actions",
            io.BytesIO((HEAD + one).encode()),
            pact_id=PACT,
            name="a.csv",
            newer=True,
        )
    moved = row(3, "abandoned", measure="2", day="2019-06")
    _, (found,) = file_rows_of(store, loaded(store, people, moved))
    assert (found.before, found.after) == ("implemented", "abandoned")


PEOPLE_HEAD = "signatory_id,name,commune,signed_on,list,outcome\n"
MANDATE_HEAD = "signatory_id,office,started_on,ended_on,end_reason\n"
ANSWER_HEAD = "signatory_id,measure,answer,answered_on\n"
FORMER = {
    "signatories": (PEOPLE_HEAD, "n,Luc Neuf,33063,2014-01-01,{},elected\n"),
    "mandates": (MANDATE_HEAD, "n,mayor,2014-04-05,2016-0{}-01,resignation\n"),
    "answers": (ANSWER_HEAD, "n,1,yes,2014-01-0{}\n"),
    "actions": (HEAD, "z,n,1,2015-0{}-01,decided,Voté.,report,Bilan,,\n"),
}


@pytest.mark.parametrize("content", FORMER)
@pytest.mark.parametrize(
    ("versions", "overtaken"),
    [
        # What the operator loads, and what the volunteer's file says: who comes last in the log counts.
        (("operator 1", "waits 2", "operator 3"), True),
        (("waits 2", "operator 3"), True),
        (("operator 1", "waits 2"), False),
        (("waits 2",), False),
        (("operator 1", "operator 3", "waits 2"), False),
    ],
)
def test_a_row_that_a_later_version_has_overtaken_is_said_to_change_nothing(
    store, people, browser_of, content, versions, overtaken
):
    head, line = FORMER[content]
    signed = PEOPLE_HEAD + FORMER["signatories"][1].format("0")
    if content != "signatories":
        commands.load(store, "signatories", io.BytesIO(signed.encode()), pact_id=PACT, name="s.csv")
    seq = 0
    for version in versions:
        who, said = version.split()
        if who == "waits":
            seq = loaded(store, people, line.format(said), content=content, head=head)
        else:
            file = io.BytesIO((head + line.format(said)).encode())
            assert commands.load(store, content, file, pact_id=PACT, name="o.csv").loaded
    page = words(opened(browser_of, people, seq, lignes="toutes"))
    assert ("1 ligne ne changerait rien" in page) == overtaken
    assert ("1 corrige ce que dit le journal" in page) == (
        not overtaken and versions[0] != "waits 2"
    )
