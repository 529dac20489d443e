"""Every command, in English: nothing of what it says is in French."""

import re
import sys

from click.testing import CliRunner

from monitor.cli.main import main
from tests.support.command_lines import WITHOUT_A_DATABASE

#: What only French has; the files and names of this test have none of it.
FRENCH = re.compile(r"[«»À-ÿŒœ]|[\u00a0\u202f][:;!?%]|\s(?:le|la|les|des|du|une|est|et|aux|par)\s")
PACT = """
id = "p"
title = "Open town halls"
promoter = "Open data"
election = "Municipal election"
election_on = 2014-03-30
term_start = 2014-04-05
term_end = 2020-07-05
binding_offices = ["mayor"]
language = "en"
fictional = true

[[measures]]
id = "1"
objective = "Transparency"
wording = "The budget is published."
title_fr = "Budget"
title_en = "Budget"
criterion_fr = "Budget online"
criterion_en = "Budget online"
"""
FILES = {
    "pact.toml": PACT,
    "signatories.csv": "signatory_id,name,commune,outcome\na,Ann Poe,75056,elected\n"
    "b,Ann Poe,75056,elected\nc,Bob Roe,69123,elected\n",
    "again.csv": "signatory_id,name,commune,outcome\na,Ann Poe,75056,defeated\n",
    "mandates.csv": "signatory_id,office,started_on,ended_on,end_reason\n"
    "c,mayor,2014-04,2019,resignation\n",
    "actions.csv": "action_id,signatory_id,measure,happened_on,status,source_kind,source_title,"
    "source_url\nf,c,1,2015-03,decided,press,An article,https://x.invalid/1\n"
    "g,c,1,2016,no_evidence,,,\nh,c,1,2031,decided,press,N/A,\n",
    "areas.csv": "code,name\nX1,Valley\n",
    "maires_2014-04-25.csv": "insee,nom,prenom,sexe,date_debut_fonction\n75056,POE,Ann,F,2014-04-05\n"
    "69123,ROE,Bob,M,2019-01-01\n69123,ROE,Bob,M,0013-01-01\n69123,DOE,Jo,M,un jour\n"
    "13055,LOE,Jo,M,2014-12-25\n13055,MOE,Jo,M,2014-05-04\n",
    "links.csv": "url,status,checked_on,more\nhttps://x.invalid/1,404,2026-03-02,x\n"
    "https://x.invalid/2,404,2026-03-02,x\n",
}
NAMED = ("--pact", "p")
NEW = {
    "--title": "Open squares",
    "--promoter": "Open data",
    "--election": "Municipal election",
    "--election-on": "2014-03-30",
    "--term-end": "2020-07-05",
    "--language": "en",
    "--level": "parliament",
    "--licence": "CC-BY-4.0",
}
#: In the order in which they are called.
CALLS = [
    ("init", "--empty"),
    ("new", "mine", *(part for option in NEW.items() for part in option)),
    ("load", "pact", "pact.toml"),
    ("load", "mine", "--dry-run"),
    ("load", "pact.toml", "--dry-run"),
    ("load", "signatories", "signatories.csv"),
    ("load", "signatories", "again.csv"),
    ("load", "mandates", "mandates.csv"),
    ("load", "actions", "actions.csv", "--skip-rejected", "--rejects", "refused.csv"),
    ("load", "areas", "areas.csv", "--dry-run"),
    ("demo", "--signatories", "2"),
    ("elected", "maires_2014-04-25.csv", *NAMED, "--to", "proposed"),
    ("elected", "maires_2014-04-25.csv", *NAMED, "--to", "proposed", "--format", "json"),
    ("elected", "signatories.csv", *NAMED),
    ("elected", "mandates.csv", "--state", "2014-04-25", *NAMED),
    ("links", "--list"),
    ("links", "links.csv"),
    *(("status", *NAMED, "--format", form) for form in ("table", "json")),
    ("indicators", *NAMED, "--by", "measure"),
    ("analysis", "incidence", *NAMED),
    ("export", *NAMED, "--to", "out"),
    ("sample", "plan", *NAMED, "--dice", "The lottery of 4 December 2026", "--officials", "2"),
    ("sample", "seed", "1", "4 12 23", *NAMED),
    ("sample", "verify", "1", *NAMED),
    ("sample", "universe", "1", *NAMED),
    ("sample", "status", *NAMED),
    ("sample", "abandon", "1", "--reason", "r", *NAMED),
    ("user", "add", "Robin", "--role", "volunteer"),
    ("user", "link", "Robin"),
    ("user", "list"),
    ("user", "disable", "Robin"),
    ("user", "enable", "Robin"),
    ("user", "vouch", "Robin"),
    ("user", "erase", "Robin"),
    ("user", "erase", "Robin", "--yes"),
    ("request", "list"),
    ("redact", "file", "signatories.csv", "--column", "name", "--reason", "r", "--dry-run"),
    ("redact", "entry", "4", "--reason", "r", "--dry-run"),
    ("retract", "mandate", "c", "mayor", "2014-04", *NAMED, "--reason", "r"),
    ("retract", "signatory", "b", *NAMED, "--reason", "r", "--dry-run"),
    ("retract", "signatory", "b", *NAMED, "--reason", "r"),
    ("retract", "file", "actions.csv", *NAMED, "--reason", "r"),
    ("verify",),
    ("backup", "copy.db"),
    ("restore", "copy.db"),
    ("copy", "--from", "sqlite:///{0}/copy.db", "--to", "sqlite:///{0}/other.db"),
    ("wipe",),
    ("accept-rewrite", "--reason", "r"),
    ("confirm-clock", "2026-01-01"),
    ("init",),
]


def test_no_command_that_speaks_english_says_anything_in_french(url, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    for module in [one for name, one in sys.modules.items() if name.startswith("monitor")]:
        if hasattr(module, "LANG"):
            monkeypatch.setattr(module, "LANG", "en")
    for name, text in FILES.items():
        (tmp_path / name).write_text(text, "utf-8")
    results = {
        call: CliRunner().invoke(main, [part.format(tmp_path) for part in call]) for call in CALLS
    }
    assert {call[0] for call in CALLS} == {*WITHOUT_A_DATABASE, "init", "new"}
    assert {
        call: found for call, one in results.items() if (found := FRENCH.findall(one.output))
    } == {}
    refused = ("mine", "elected", "actions.csv", "erase", "accept-rewrite", "confirm-clock")
    assert not [call for call, one in results.items() if one.exit_code and not {*refused} & {*call}]
