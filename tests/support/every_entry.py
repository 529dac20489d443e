"""A small pact with every kind of entry that a reader can meet, for what each surface says of them."""

from datetime import date, timedelta

from monitor import commands
from monitor.commands.loading import file_in_memory
from monitor.models import Decision, Kind, Way
from tests.support.clock import NOW
from tests.support.team import SOURCE, action, team_of

PACT = "every"
#: The day of the views: the term is not over, so that nothing depends on today.
DAY = "2026-03-05"
#: Where somebody has four commitments and everything was said of them; where somebody has all of them.
RICH, LONG = "69123", "75056"
#: Entries that are read in full: a later version from another file, a correction with a reply, a reply,
#: one that the team wrote.
SHOWN_WHOLE = (39, 23, 25, 46)
MEASURES = 17
EVIL = "<mark>gras</mark> [lien](https://exemple.invalid) *x* & $y$ :red[z]"

_PACT = f"""
id = "{PACT}"
title = "A pact in English"
promoter = "Somebody"
election = "Elections"
election_on = 2014-03-30
term_start = 2014-03-30
term_end = 2028-03-30
language = "en"
fictional = false
licence = "CC0-1.0"
binding_offices = ["mayor"]
"""
_DUE = {1: "2017-12-31", 2: "2027-01-01"}
_SIGNATORIES = """signatory_id,name,commune,signed_on,list,outcome,measures,source_url
a,Anne Avril,69123,2014-07-01,Ensemble,elected,1;2;3;4,https://exemple.invalid/signature
d,Denis Dur,69123,2014-02,,defeated,1,
g,Gaëlle Grand,75056,,,elected,,
"""
_MANDATES = """signatory_id,office,started_on,ended_on,end_reason
a,mayor,2014-04-05,2016-06-30,resignation
a,deputy_mayor,2016-07,2017-12-31,other
a,mayor,2018-01-02,,
g,mayor,2014-04-05,2020-05-27,resignation
"""
_COLUMNS = (
    "action_id,signatory_id,measure,kind,happened_on,status,summary,source_kind,source_title,"
    "source_publisher,source_url,archive_url,quote,supersedes,reason\n"
)
_SITE, _COPY = "https://exemple.invalid", "https://web.archive.org/web/2018/https://exemple.invalid"
#: Every status, every kind of source; what counts and what does not.
_ACTIONS = f"""before,a,1,,2014-02-10,not_started,Nothing yet,press,An article,The Paper,{_SITE}/1,,,,
announced,a,1,,2014-06,announced,Said so,city_statement,A leaflet,,,,,,
decided,a,1,,2015-01-20,decided,Voted,council_act,Minutes,City,{_SITE}/2,{_COPY}/2,The council decides.,,
started,a,1,,2015-05,in_progress,Work began,contract,A contract,,{_SITE}/3,,,,
partly,a,1,,2016,partly_implemented,One part,budget,The budget,City,{_SITE}/4,,,,
outside,a,1,,2017-03,stalled,Stopped,association,A blog,,{_SITE}/5,,,,
done,a,1,,2018-05-04,implemented,Opened,field_visit,A visit,Us,{_SITE}/dead,,,,
looked,a,1,,2019-02,no_evidence,Looked in the minutes,,,,,,,,
early,a,1,reply,2015-02-01,,We have voted.,,,,,,,,
wrong,a,2,,2018-03-02,decided,Voted,report,A report,City,{_SITE}/gone,{_COPY}/gone,Word for word.,,
right,a,2,,2018-03-02,announced,Announced,report,A report,City,{_SITE}/gone,{_COPY}/gone,,wrong,A speech
noted,a,2,note,2018-06,,Seen from afar,other,,,{_SITE}/6,,,,
late,a,2,reply,2019-09-01,,It is under way.,,,,,,,,
false,a,3,,2018-02-01,abandoned,Given up,press,Rumours,The Paper,{_SITE}/7,,,,
gone,a,3,retraction,2018-02-03,,,,,,,,,false,Another city
none,a,3,,2018-04-01,not_applicable,Another body decides,,,,,,,,
court,a,4,,2018-07-01,decided,A name,press,A name,The Paper,{_SITE}/8,,A name,,
evil,a,4,,2018-08-01,announced,{EVIL},press,{EVIL},{EVIL},{_SITE}/9?a=(1)&b=*,,{EVIL},,
beaten,d,1,,2018-01-10,decided,Voted by others,press,An article,,{_SITE}/10,,,,
long1,g,1,,2015-01-01,decided,Voted,press,An article,,{_SITE}/11,,,,
long2,g,2,,2015-01-01,decided,Voted,press,An article,,{_SITE}/12,,,,
long3,g,3,,2016-01-01,implemented,Done,press,An article,,{_SITE}/13,,,,
answer,g,3,reply,2016-02-01,,Thank you.,,,,,,,,
"""
_WITHDRAWN = f"file,a,2,,2019-03-01,stalled,Stopped,press,An article,,{_SITE}/14,,,,\n"
#: A later version of an entry that a file had brought.
_AGAIN = f"started,a,1,,2015-05,in_progress,Work began in May,contract,A contract,,{_SITE}/3,,,,\n"
_LINKS = f"""url,status,checked_on,archive_url
{_SITE}/dead,404,2026-03-01,
{_SITE}/gone,410,2026-03-01,
{_SITE}/4,200,2026-03-01,{_COPY}/4
"""


def _actions_file(rows: str) -> str:
    """A file with these rows; those that end before the last column have nothing in the others."""
    columns = _COLUMNS.count(",")
    filled = (row + "," * (columns - row.count(",")) for row in rows.splitlines())
    return _COLUMNS + "".join(f"{row}\n" for row in filled)


def fill(store):
    """Everything of the above, then what a team writes: one entry that was accepted, and one of each
    kind that waits. Returns the team."""
    store.create()
    now = NOW
    pact = file_in_memory(_PACT + "".join(_measure(n) for n in range(1, MEASURES + 1)))
    assert commands.load_pact(store, pact, name="pact.toml", now=now).loaded
    for content, name, text in (
        ("signatories", "signatories.csv", _SIGNATORIES),
        ("mandates", "mandates.csv", _MANDATES),
        ("actions", "actions.csv", _actions_file(_ACTIONS)),
        ("actions", "withdrawn.csv", _actions_file(_WITHDRAWN)),
        ("actions", "again.csv", _actions_file(_AGAIN)),
    ):
        now += timedelta(minutes=1)
        report = commands.load(
            store, content, file_in_memory(text), pact_id=PACT, name=name, now=now
        )
        assert report.loaded, report.errors
    seqs = _seqs(store)
    commands.withdraw_load(store, None, _load_of(store, seqs["file"]), "The wrong city", now)
    commands.redact_entry(store, None, seqs["court"], "By order", now)
    links = commands.load_links(store, file_in_memory(_LINKS), name="links.csv", now=now)
    assert links.loaded, links.errors
    team = team_of(store, now)
    commands.request_reply(
        store, team.volunteer, PACT, "a", "2", Way.CLAIMED, date(2019, 8, 1), "Letter", now
    )
    write(store, team, "1", measure="3", status="in_progress", quote="Being built")
    seq = _seqs(store)["web-1" + "0" * 15]
    commands.review_action(store, team.reviewer, seq, Decision.ACCEPTED, "Seen.", now)
    return team


def write_pending(store, team) -> list[int]:
    """One entry of each kind that waits for a decision; returns their numbers."""
    write(store, team, "2", measure="3", status="implemented", summary=EVIL, quote="A\n\nB")
    write(store, team, "3", supersedes="none", measure="3", reason="It is theirs after all")
    write(
        store,
        team,
        "4",
        kind=Kind.RETRACTION,
        status="",
        summary="",
        supersedes="right",
        measure="2",
        reason="Said of another",
        **dict.fromkeys(SOURCE, ""),
    )
    write(store, team, "5", kind=Kind.REPLY, status="", measure="2", summary="We deny it.")
    seqs = _seqs(store)
    return [seqs[f"web-{n}" + "0" * 15] for n in "2345"]


def write(store, team, number: str, **values) -> None:
    values = {"pact_id": PACT, "signatory_id": "a", "happened_on": "2018-09", **values}
    entry = action(request_id=number + "0" * 31, **values)
    commands.log_action(store, team.volunteer, entry, NOW + timedelta(hours=int(number)))


def _measure(n: int) -> str:
    due = f"due_on = {_DUE[n]}\n" if n in _DUE else ""
    return f"""
[[measures]]
id = "{n}"
objective = "Objective {n}"
wording = "Do thing {n}."
title_fr = "Chose {n}"
title_en = "Thing {n}"
criterion_fr = "La chose {n} est faite."
criterion_en = "Thing {n} is done."
{due}"""


def _seqs(store) -> dict[str, int]:
    """The last version of each action, by its id."""
    with store.reading() as session:
        return dict(session.rows("SELECT action_id, seq FROM action ORDER BY seq"))


def _load_of(store, seq: int) -> int:
    with store.reading() as session:
        ((load,),) = session.rows("SELECT load_seq FROM entry WHERE seq = :seq", seq=seq)
    return load
