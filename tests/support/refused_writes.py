"""Writes that the database itself must refuse, each with the guard that must refuse it.

Every write is lawful but for one thing: what another guard refuses as well proves nothing.
"""

from monitor.store.guards import sqlite_rules
from tests.support.derived_refused_writes import made
from tests.support.raw_writes import (
    ASSESSED,
    AT,
    FILE,
    LYON,
    OF_LYON,
    OF_PARIS,
    OPERATORS,
    PARIS,
    PARISIAN,
    Attack,
    change,
    commitment,
    entry,
    file_of,
    following,
    numbered,
    opened,
    row,
    seq_of,
    texts,
    write,
)

#: A file of an account that is to be written in parts: the first may follow.
IN_PARTS = write("load_step")


#: A plan of which the second rating judges the evidence of the first, and that first rating.
BEFORE_JUDGING = [
    *write("sample_plan", content="""'{"evidence":"same"}'"""),
    entry("sample_seed", "operator"),
    row("sample_seed"),
    *write("rating", plan_id="'next'"),
    row("rating_text"),
]


def second_rating(**values: str) -> list[str]:
    """A rating by another person of that plan."""
    return write("rating", "Claude", plan_id="'next'", **values)


def going_on(author: str = "Dominique", **values: str) -> list[str]:
    """How a file in parts goes on, or ends."""
    return [entry("load_step", author), row("load_step", **values)]


MANUAL = {
    # The chain
    "a gap in the chain": Attack("entry_continues_the_chain", [entry(after=2)]),
    "a fork of the chain": Attack("entry_continues_the_chain", [entry(after=0)], sqlite=True),
    "an entry before the one before": Attack(
        "entry_clock", [entry(at="2026-03-02T09:59:59.999999Z")]
    ),
    "another entry of the same request": Attack(
        "entry_no_replace",
        [entry(request="'r'"), entry(request="'r'").replace("INSERT", "REPLACE")],
        sqlite=True,
    ),
    "a second head": Attack(
        "head_once", [f"INSERT INTO head VALUES (2, 0, '{'0' * 64}')"], sqlite=True
    ),
    "move the head": Attack("head_follows", ["UPDATE head SET seq = 3"]),
    "another hash of the head": Attack("head_follows", [f"UPDATE head SET hash = '{'2' * 64}'"]),
    "an unknown author": Attack("entry_author", [entry(author="nobody")]),
    "an unknown subject": Attack("entry_subject", [entry("rumour")]),
    "a time that is none": Attack("entry_time", [entry(at="z" * 27)]),
    "a time of a day that is none": Attack("entry_time", [entry(at=f"2027-02-30{AT[10:]}")]),
    "an hour that is none": Attack("entry_time", [entry(at="2026-03-03T24:00:00.000000Z")]),
    "a time of the future": Attack("entry_not_ahead", [entry(at=f"2099-01-01{AT[10:]}")]),
    "a request with too long a name": Attack(
        "entry_request_length", [entry(request=f"'{'x' * 101}'")]
    ),
    "a NUL in the name of a request": Attack(
        "entry_plain", [entry(request="'a' || char(0)")], sqlite=True
    ),
    "an action replaced by its revision": Attack(
        "action_no_replace",
        [entry(), row("action", rev="1").replace("INSERT", "REPLACE")],
        sqlite=True,
    ),
    "an action replaced by its version": Attack(
        "action_no_replace",
        [entry(), row("action", action_id="'lyo-005'").replace("INSERT", "REPLACE")],
        sqlite=True,
    ),
    # Files
    **{
        f"a row of {subject} without a file": Attack("entry_comes_with_a_file", [entry(subject)])
        for subject in FILE
        if subject != "action"
    },
    "an entry of another in the operator's file": Attack(
        "entry_of_its_file", [*opened(), entry(author="Dominique", load="seq")]
    ),
    "an entry in a file of long ago": Attack("entry_of_its_file", [entry(load=OPERATORS)]),
    "an entry in one's file of long ago": Attack(
        "entry_of_its_file", [entry(author="Dominique", load=file_of("waiting"))]
    ),
    "an entry in a file after another one": Attack(
        "entry_of_its_file", [*opened(), entry(load="seq"), entry(), entry(load="seq - 2")]
    ),
    "an entry in a file, later": Attack(
        "entry_of_its_file", [*opened(), entry(load="seq", at="2026-03-02T11:00:00.000000Z")]
    ),
    "an entry in what is no file": Attack("entry_of_its_file", [entry(), entry(load="seq")]),
    "a pact in a file of actions": Attack(
        "entry_of_its_file", [*opened(), entry("pact", load="seq")]
    ),
    "a pact among the actions of a file": Attack(
        "entry_of_its_file", [*opened(), entry(load="seq"), entry("pact", load="seq - 1")]
    ),
    "a review in a file": Attack("entry_of_its_file", [*opened(), entry("review", load="seq")]),
    "a file gone on with after another entry": Attack(
        "entry_of_its_file",
        [*IN_PARTS, entry(author="Dominique"), entry(author="Dominique", load="seq - 2")],
    ),
    "a part of another file": Attack(
        "entry_of_its_file",
        [*IN_PARTS, entry(author="Dominique", load=file_of("waiting"))],
    ),
    "a file gone on with that is whole": Attack(
        "entry_of_its_file",
        [
            *IN_PARTS,
            *going_on(step="'whole'", load_seq="seq - 2"),
            entry(author="Dominique", load="seq - 2"),
        ],
    ),
    "a part of a pact in a file of actions": Attack(
        "entry_of_its_file", [*IN_PARTS, entry("pact", "Dominique", load="seq - 1")]
    ),
    "a part of the file of another": Attack(
        "load_step_by_its_author", [*IN_PARTS, *going_on("Maxime", load_seq="seq - 2")]
    ),
    **{
        f"a part of {what}": Attack(
            "load_step_of_an_open_file", [*before, *going_on(load_seq=load_seq)]
        )
        for what, before, load_seq in (
            ("a file that came whole", [], file_of("waiting")),
            (
                "a file that is whole",
                [*IN_PARTS, *going_on(step="'whole'", load_seq="seq - 2")],
                "seq - 3",
            ),
            (
                "a file that was given up",
                [*IN_PARTS, *going_on(step="'abandoned'", load_seq="seq - 2")],
                "seq - 3",
            ),
            (
                "a file that was taken back",
                [
                    *IN_PARTS,
                    *(entry("withdrawal", "Dominique"), row("withdrawal", load_seq="seq - 2")),
                ],
                "seq - 3",
            ),
        )
    },
    "a part of the operator's file": Attack(
        "load_step_of_an_open_file", write("load_step", "operator")
    ),
    **{
        f"a decision on a file that is {what}": Attack(
            "load_review_of_what_waits",
            [*before, entry("load_review", "Maxime"), row("load_review", load_seq=load_seq)],
        )
        for what, before, load_seq in (
            ("not whole", IN_PARTS, "seq - 2"),
            (
                "given up",
                [*IN_PARTS, *going_on(step="'abandoned'", load_seq="seq - 2")],
                "seq - 3",
            ),
        )
    },
    # Actions
    "an assessment without evidence": Attack(
        "action_needs_evidence", [*write("action", **ASSESSED), row("action_text")]
    ),
    "a search without where": Attack(
        "action_needs_evidence",
        [
            *write("action", **ASSESSED | {"status": "'no_evidence'"}),
            row("action_text", summary="NULL"),
        ],
    ),
    "texts before what they are the texts of": Attack(
        "action_text_after_its_row", [entry(), row("action_text")]
    ),
    "a correction without a reason": Attack(
        "action_needs_reason", [*write("action", supersedes=OF_LYON), row("action_text")]
    ),
    "an action about no commitment": Attack(
        "action_of_a_commitment", write("action", commitment_id="9999")
    ),
    "an action about a commitment of another pact": Attack(
        "action_of_a_commitment", write("action", pact_id="'p'")
    ),
    "a version of another action": Attack(
        "action_follows_its_version",
        write("action", version="2", action_id="'lyo-006'", first=OF_LYON),
    ),
    "a version of nothing": Attack(
        "action_follows_its_version", write("action", version="2", first=OF_LYON)
    ),
    "a version too far": Attack(
        "action_follows_its_version",
        write("action", version="3", action_id="'lyo-005'", first=OF_LYON),
    ),
    "no version": Attack("action_follows_its_version", write("action", version="0")),
    "a correction of somebody else's": Attack(
        "action_supersedes_the_same", write("action", supersedes=OF_PARIS)
    ),
    "a retraction of somebody else's": Attack(
        "action_supersedes_the_same", write("action", kind="'retraction'", supersedes=OF_PARIS)
    ),
    "a retraction of what is about another measure": Attack(
        "action_supersedes_the_same",
        write(
            "action",
            kind="'retraction'",
            supersedes=OF_LYON,
            commitment_id=commitment("collomb-lyon", "2"),
        ),
    ),
    "a correction of what is no action": Attack(
        "action_supersedes_the_same", write("action", supersedes="1")
    ),
    "a correction of a later version": Attack(
        "action_supersedes_the_same",
        [
            *write("action", action_id="'lyo-005'", version="2", first=OF_LYON),
            entry(),
            row("action", rev="51", supersedes="seq - 1"),
        ],
    ),
    # Commitments
    "a negative commitment": Attack(
        "commitment_numbered", [*write("signatory"), numbered("new", "1", "-1")]
    ),
    "a commitment too far": Attack(
        "commitment_numbered", [*write("signatory"), numbered("new", "1", f"{2**62}")]
    ),
    "a commitment before its signatory": Attack("commitment_of_a_signatory", [numbered("f", "1")]),
    "a commitment to no measure": Attack(
        "commitment_to_a_measure", [numbered("collomb-lyon", "4")]
    ),
    "a commitment to no pact": Attack(
        "commitment_of_a_signatory", [numbered("collomb-lyon", "1", pact="p")]
    ),
    "a mandate of nobody": Attack(
        "mandate_of_a_signatory", write("mandate", signatory_id="'nobody'")
    ),
    "a mandate in an office that nobody named": Attack(
        "mandate_in_an_office", write("mandate", office="'king'")
    ),
    "a signatory of no known kind": Attack(
        "signatory_kind_known", write("signatory", kind="'ghost'")
    ),
    **{
        f"{table} of nobody": Attack(
            f"{table}_of_a_signatory", write(table, signatory_id="'nobody'")
        )
        for table in ("answer", "detail")
    },
    **{
        f"{table} about no measure": Attack(f"{table}_to_a_measure", write(table, measure="'4'"))
        for table in ("answer", "detail")
    },
    "an answer that is none": Attack("answer_answer_known", write("answer", answer="'maybe'")),
    "a former answer that is none": Attack(
        "answer_former_answer_known", write("answer", former_answer="'maybe'")
    ),
    "a source of nothing": Attack("source_of_an_action", write("source", action_id="'nothing'")),
    "a source of no known kind": Attack(
        "source_source_kind_known", write("source", source_kind="'rumour'")
    ),
    "a source of what is in one's commune": Attack(
        "source_conflict_of_interest",
        write("source", "Camille", action_id="'lyo-005'", source_no="'9'"),
    ),
    "a file of something else": Attack("load_content_known", opened("bribes")),
    "a reply asked for about nothing": Attack(
        "reply_request_of_a_commitment", write("reply_request", commitment_id="9999")
    ),
    "a check of no address": Attack("link_check_says_of_what", texts("link_check", url="NULL")),
    "a check that says nothing": Attack(
        "link_check_says_of_what", texts("link_check", status="NULL")
    ),
    "a retraction of what is neither a signatory nor a mandate": Attack(
        "row_withdrawal_of_a_row", write("row_withdrawal", target_seq=OF_LYON)
    ),
    "a signatory retracted twice": Attack(
        "row_withdrawal_once",
        write(
            "row_withdrawal",
            target_seq="(SELECT seq FROM signatory WHERE signatory_id = 'mistake')",
        ),
    ),
    "a mandate retracted twice": Attack(
        "row_withdrawal_once",
        [
            *write("row_withdrawal", target_seq="(SELECT max(seq) FROM mandate)"),
            *write("row_withdrawal", target_seq="(SELECT max(seq) FROM mandate)"),
        ],
    ),
    "an answer retracted twice": Attack(
        "row_withdrawal_once",
        [
            *write("row_withdrawal", target_seq="(SELECT max(seq) FROM answer)"),
            *write("row_withdrawal", target_seq="(SELECT max(seq) FROM answer)"),
        ],
    ),
    "a source retracted twice": Attack(
        "row_withdrawal_once",
        [
            *write("row_withdrawal", target_seq="(SELECT max(seq) FROM source)"),
            *write("row_withdrawal", target_seq="(SELECT max(seq) FROM source)"),
        ],
    ),
    "a retraction without a reason": Attack(
        "row_withdrawal_says_why", texts("row_withdrawal", reason="NULL")
    ),
    # Samples
    **{
        f"{table} by a reviewer": Attack(f"{table}_by_admin", write(table, "Maxime"))
        for table in ("sample_plan", "sample_seed", "sample_end")
    },
    "a sample of no pact": Attack("sample_plan_of_a_pact", write("sample_plan", pact_id="'p'")),
    "two plans for one throw of the dice": Attack(
        "sample_plan_waits_alone", [*write("sample_plan"), *write("sample_plan", plan_id="'other'")]
    ),
    "a plan that names no dice": Attack("sample_plan_says_dice", texts("sample_plan", dice="NULL")),
    "a seed before its plan": Attack(
        "sample_seed_of_a_plan", [entry("sample_seed"), row("sample_seed")]
    ),
    "a seed of a plan of another pact": Attack(
        "sample_seed_of_a_plan", write("sample_seed", pact_id="'p'")
    ),
    "a seed of a plan that was given up": Attack(
        "sample_seed_of_no_abandoned_plan",
        [*write("sample_end"), entry("sample_seed"), row("sample_seed")],
    ),
    "a plan given up that is none": Attack(
        "sample_end_of_a_plan", [entry("sample_end"), row("sample_end")]
    ),
    "a plan given up for no reason": Attack(
        "sample_end_says_why", texts("sample_end", reason="NULL")
    ),
    "a second seed": Attack(
        "sample_seed_no_replace",
        [*write("sample_seed"), entry("sample_seed"), row("sample_seed", seed="'5 6 7'")],
        sqlite=True,
    ),
    # Blind ratings
    "a rating by the operator": Attack("rating_by_member", write("rating", "operator")),
    "a rating of no known status": Attack(
        "rating_status_known", write("rating", status="'not_assessed'")
    ),
    "a rating by no known kind of source": Attack(
        "rating_source_kind_known", write("rating", source_kind="'rumour'")
    ),
    "a rating of no sample": Attack("rating_of_a_drawn_sample", write("rating", plan_id="'9'")),
    "a rating of a sample that was given up": Attack(
        "rating_of_a_drawn_sample", write("rating", plan_id="'1'")
    ),
    "a rating of a sample before its dice": Attack(
        "rating_of_a_drawn_sample", [*write("sample_plan"), *write("rating", plan_id="'next'")]
    ),
    "a third rating": Attack(
        "rating_two_at_most", write("rating", commitment_id=commitment(PARISIAN, "3"))
    ),
    "both ratings by one person": Attack(
        "rating_by_another", [*write("rating"), *write("rating", status="'announced'")]
    ),
    "a rating by who has rated it in public": Attack(
        "rating_by_who_did_not_rate", write("rating", "Dominique", commitment_id=LYON)
    ),
    "a rating with a conflict of interest": Attack(
        "rating_conflict_of_interest", write("rating", "Camille", commitment_id=LYON)
    ),
    "a rating of no commitment": Attack(
        "rating_of_a_commitment", write("rating", commitment_id="9999")
    ),
    "a rating without evidence": Attack(
        "rating_needs_evidence", texts("rating", source_title="NULL")
    ),
    "a rating that does not say where": Attack(
        "rating_says_where", texts("rating", searched="NULL")
    ),
    "a second rating of evidence of another day": Attack(
        "rating_same_evidence", [*BEFORE_JUDGING, *second_rating(happened_on="'2017'")]
    ),
    "a second rating of another kind of evidence": Attack(
        "rating_same_evidence", [*BEFORE_JUDGING, *second_rating(source_kind="NULL")]
    ),
    **{
        f"a second rating of another {name}": Attack(
            "rating_same_sources",
            [
                *BEFORE_JUDGING,
                *second_rating(),
                row("rating_text", **{"source_title": "'t'", name: "'other'"}),
            ],
        )
        for name in ("source_title", "source_publisher", "source_url", "archive_url", "quote")
    },
    "the end of one rating": Attack(
        "rating_end_of_two", [*write("rating"), *write("rating_end", commitment_id=PARIS)]
    ),
    "the end of ratings that came after": Attack(
        "rating_end_of_two", write("rating_end", action_seq=OF_PARIS)
    ),
    "the end of ratings by one of the two": Attack(
        "rating_end_by_another", write("rating_end", "Claude")
    ),
    "ratings taken by a volunteer": Attack("rating_end_by_role", write("rating_end", "Camille")),
    "ratings taken that say something else": Attack(
        "rating_end_agreed",
        write("rating_end", action_seq="(SELECT max(action_seq) FROM rating_end)"),
    ),
    "ratings taken by what another wrote of it": Attack(
        "rating_end_agreed",
        [
            *write(
                "action",
                "Camille",
                commitment_id=commitment(PARISIAN, "3"),
                **ASSESSED,
            ),
            *write("rating_end", action_seq="seq - 1"),
        ],
    ),
    "an arbitration of ratings that agree": Attack(
        "rating_end_arbitrated", write("rating_end", way="'arbitrated'")
    ),
    "the end of ratings with a conflict of interest": Attack(
        "rating_end_conflict_of_interest", write("rating_end", "Sacha", commitment_id=LYON)
    ),
    # Two pairs of eyes
    "a file accepted by a volunteer": Attack(
        "load_accepted_by_operator", [entry("load", "Dominique"), row("load")]
    ),
    "a file accepted by an admin": Attack(
        "load_accepted_by_operator", [entry("load", "Claude"), row("load")]
    ),
    "a pact by a volunteer": Attack("pact_by_operator", write("pact", "Dominique")),
    "a pact by an admin": Attack("pact_by_operator", write("pact", "Claude")),
    "a check of a link by a volunteer": Attack(
        "link_check_by_operator", write("link_check", "Dominique")
    ),
    "a signatory retracted by a volunteer": Attack(
        "row_withdrawal_by_admin", write("row_withdrawal", "Dominique")
    ),
    "a signatory retracted by a reviewer": Attack(
        "row_withdrawal_by_admin", write("row_withdrawal", "Maxime")
    ),
    "texts removed by a volunteer": Attack("redaction_by_admin", write("redaction", "Dominique")),
    "texts removed by a reviewer": Attack("redaction_by_admin", write("redaction", "Maxime")),
    "texts removed of what has none": Attack(
        "redaction_of_texts", write("redaction", target_seq="1")
    ),
    "a review of one's own action": Attack("review_by_another", write("review", "Dominique")),
    "a review of what corrects one's own": Attack(
        "review_by_another", write("review", "Dominique", action_seq=seq_of(f"web-{'2' * 16}"))
    ),
    "a review by a volunteer": Attack("review_by_reviewer", write("review", "Camille")),
    "a review of a file's action": Attack(
        "review_of_no_file", write("review", action_seq=seq_of("waiting"))
    ),
    "a review of what is no action": Attack("review_of_an_action", write("review", action_seq="1")),
    "a decision on one's own file": Attack(
        "load_review_by_another", write("load_review", "Dominique")
    ),
    "a reviewer's decision on what the operator writes in parts": Attack(
        "load_review_by_another",
        [
            *(entry("load"), row("load", accepted="0")),
            *(entry("load_review", "Maxime"), row("load_review", load_seq="seq - 1")),
        ],
    ),
    "a decision on a file by a volunteer": Attack(
        "load_review_by_reviewer", write("load_review", "Camille")
    ),
    "a decision on the operator's file": Attack(
        "load_review_of_what_waits", write("load_review", load_seq=OPERATORS)
    ),
    "a decision on a file that was taken back": Attack(
        "load_review_of_what_waits", write("load_review", load_seq=file_of("wrong"))
    ),
    "the operator's file taken back by a volunteer": Attack(
        "withdrawal_by_reviewer", write("withdrawal", "Dominique", load_seq=OPERATORS)
    ),
    "the file of another taken back by a volunteer": Attack(
        "withdrawal_by_reviewer", write("withdrawal", "Camille")
    ),
    "one's own file taken back once decided on": Attack(
        "withdrawal_by_reviewer", write("withdrawal", "Dominique", load_seq=file_of("decided"))
    ),
    "a pact taken back": Attack("withdrawal_of_no_pact", write("withdrawal", load_seq="1")),
    # Accounts
    "a second operator": Attack(
        "account_one_operator", ["INSERT INTO account VALUES ('evil', 'operator', '2026')"]
    ),
    "an operator that is one no more": Attack(
        "account_change_not_of_operator", [change("account_change", name="'operator'")]
    ),
    "an admin that a volunteer makes": Attack(
        "account_change_by_admin",
        [change("account_change", role="'admin'", changed_by="'Dominique'")],
    ),
    "an account opened again by its owner": Attack(
        "account_change_by_admin",
        [change("account_change", name="'Ancien'", changed_by="'Ancien'")],
    ),
    "a tie that a volunteer makes": Attack(
        "account_tie_by_admin", [change("account_tie", changed_by="'Camille'")]
    ),
    "a tie of one's own": Attack(
        "account_tie_by_another", [change("account_tie", name="'Claude'")]
    ),
    "an erased account opened again": Attack(
        "account_change_of_who_is_there",
        [change("account_change", name="'Partie'", role="'volunteer'")],
    ),
    "a change of an account out of order": Attack(
        "account_change_numbered", [change("account_change", id=f"{2**62}")]
    ),
    "a tie out of order": Attack("account_tie_numbered", [change("account_tie", id="-1")]),
    "a tie forgotten": Attack("account_commune_no_delete", ["DELETE FROM account_commune"]),
    "a tie moved": Attack(
        "account_commune_no_update", ["UPDATE account_commune SET commune = 'x'"]
    ),
    "a tie that nobody made": Attack(
        "account_commune_says_a_tie", ["INSERT INTO account_commune VALUES ('Maxime', '69123')"]
    ),
    "an entry by a closed account": Attack("entry_author_is_active", [entry(author="Ancien")]),
    "a review by a closed account": Attack("entry_author_is_active", [entry("review", "Ancienne")]),
    # Two people: request 1 was stopped, 2 is Claude's and waits
    "a request out of order": Attack("request_numbered", [following("request", id="-1")]),
    "an act out of order": Attack("team_act_numbered", [following("team_act", id="-1")]),
    "an act at no time": Attack(
        "team_act_time", [following("team_act", happened_at=f"'{'z' * 27}'")]
    ),
    "an act of before": Attack(
        "team_act_clock", [following("team_act", happened_at="'2020-01-01T00:00:00.000000Z'")]
    ),
    "a request of a volunteer": Attack(
        "request_by_role", [following("request", asked_by="'Dominique'")]
    ),
    "texts that a reviewer wants removed": Attack(
        "request_by_role", [following("request", kind="'redaction'")]
    ),
    "a request by a closed account": Attack(
        "request_by_role", [following("request", asked_by="'Ancienne'")]
    ),
    "a request without a reason": Attack("request_says_why", [following("request", reason="NULL")]),
    "the same request again": Attack("request_once", [following("request"), following("request")]),
    "a request at no time": Attack(
        "request_times", [following("request", asked_at=f"'{'z' * 27}'")]
    ),
    "a request due at no time": Attack(
        "request_times", [following("request", due_at=f"'{'z' * 27}'")]
    ),
    "a request that waits an hour": Attack(
        "request_waits_a_day", [following("request", due_at="'2026-03-02T11:00:00.000000Z'")]
    ),
    "a request of the day before": Attack(
        "request_clock",
        [
            following(
                "request",
                asked_at="'2026-03-01T09:00:00.000000Z'",
                due_at="'2026-03-02T09:00:00.000000Z'",
            )
        ],
    ),
    "an end at no time": Attack(
        "request_end_time", [following("request_end", ended_at=f"'{'z' * 27}'")]
    ),
    "a request that its author confirms": Attack(
        "request_end_by_another", [following("request_end", ended_by="'Claude'")]
    ),
    "a request that the account of its author's making confirms": Attack(
        "request_end_by_another", [following("team_act"), following("request_end")]
    ),
    "a request that the maker of its author's account confirms": Attack(
        "request_end_by_another",
        [following("team_act", actor="'Maxime'", about="'Claude'"), following("request_end")],
    ),
    "a request that an account made at two steps confirms": Attack(
        "request_end_by_another",
        [
            following("team_act", about="'Dominique'"),
            following("team_act", actor="'Dominique'"),
            following("request_end"),
        ],
    ),
    "a request that a volunteer confirms": Attack(
        "request_end_by_role", [following("request_end", ended_by="'Dominique'")]
    ),
    "a request that a closed account stops": Attack(
        "request_end_of_a_member",
        [following("request_end", way="'stopped'", ended_by="'Ancienne'", why="'x'")],
    ),
    "a request whose day has not passed": Attack(
        "request_end_after_a_day", [following("request_end", way="'elapsed'", ended_by="NULL")]
    ),
    "an order that has no reference": Attack(
        "request_end_by_order", [following("request_end", way="'order'", ended_by="'Claude'")]
    ),
    "an order that a reviewer tells of": Attack(
        "request_end_by_order",
        [
            following("request", order_reference="'TJ'"),
            following("request_end", id="3", way="'order'"),
        ],
    ),
    "a request emptied while it waits": Attack(
        "request_no_update",
        ["UPDATE request SET reason = NULL, order_reference = NULL WHERE id = 2"],
    ),
    "a request about something else": Attack(
        "request_no_update",
        ["UPDATE request SET reason = NULL, order_reference = NULL, target_seq = 22 WHERE id = 1"],
    ),
    "the operator's file taken back by one reviewer": Attack(
        "withdrawal_agreed", write("withdrawal", "Maxime", load_seq=OPERATORS)
    ),
    "the operator's file taken back by one who asked": Attack(
        "withdrawal_agreed",
        [following("request"), *write("withdrawal", "Maxime", load_seq=OPERATORS)],
    ),
    "an accepted file taken back by one reviewer": Attack(
        "withdrawal_agreed", write("withdrawal", "Maxime", load_seq=file_of("decided"))
    ),
    "a signatory retracted by one admin": Attack(
        "row_withdrawal_agreed", write("row_withdrawal", "Claude")
    ),
    "texts removed by one admin": Attack("redaction_agreed", write("redaction", "Claude")),
    "an admin that one admin makes": Attack(
        "account_change_agreed", [change("account_change", role="'admin'")]
    ),
    "a review by an account of the author's making": Attack(
        "review_by_no_made_account", [following("team_act", actor="'Dominique'"), *write("review")]
    ),
    "a file accepted by an account of its author's making": Attack(
        "load_review_by_no_made_account",
        [following("team_act", actor="'Dominique'"), *write("load_review")],
    ),
    # Conflicts of interest: Camille and Sacha are tied to Lyon
    "a signatory of one's commune": Attack(
        "signatory_conflict_of_interest", write("signatory", "Camille", commune="'69123'")
    ),
    "a signatory moved from one's commune": Attack(
        "signatory_conflict_of_interest",
        write("signatory", "Camille", signatory_id="'collomb-lyon'", rev="2"),
    ),
    "a mandate in one's commune": Attack(
        "mandate_conflict_of_interest", write("mandate", "Camille", signatory_id="'collomb-lyon'")
    ),
    **{
        f"{table} in one's commune": Attack(
            f"{table}_conflict_of_interest",
            write(table, "Camille", signatory_id="'collomb-lyon'"),
        )
        for table in ("answer", "detail")
    },
    "an action about one's commune": Attack(
        "action_conflict_of_interest", write("action", "Camille")
    ),
    "a version that takes an action away from one's commune": Attack(
        "action_conflict_of_interest",
        write(
            "action",
            "Camille",
            action_id="'lyo-005'",
            version="2",
            first=OF_LYON,
            commitment_id=PARIS,
        ),
    ),
    "a correction of what was about one's commune": Attack(
        "action_conflict_of_interest",
        [
            *write(
                "action", action_id="'lyo-005'", version="2", first=OF_LYON, commitment_id=PARIS
            ),
            *write(
                "action",
                "Camille",
                supersedes=OF_LYON.replace("max", "min"),
                commitment_id=PARIS,
                rev="51",
            ),
        ],
    ),
    "a review of one's commune": Attack("review_conflict_of_interest", write("review", "Sacha")),
    "what another noted of the right of reply, dropped by a volunteer": Attack(
        "reply_request_dropped_by_reviewer",
        write("reply_request", "Dominique", way="'dropped'"),
    ),
    "a reply asked for in one's commune": Attack(
        "reply_request_conflict_of_interest", write("reply_request", "Camille")
    ),
    **{
        f"a {table} of one's commune retracted": Attack(
            "row_withdrawal_conflict_of_interest",
            [
                change("account_tie", name="'Claude'", commune="'69123'", changed_by="'operator'"),
                "INSERT INTO account_commune VALUES ('Claude', '69123')",
                *write(
                    "row_withdrawal",
                    "Claude",
                    target_seq=f"(SELECT max(seq) FROM {table} WHERE {about})",
                ),
            ],
        )
        for table, about in {
            "signatory": "signatory_id = 'collomb-lyon'",
            "mandate": "signatory_id = 'collomb-lyon'",
            "source": "action_id = 'lyo-005'",
        }.items()
    },
    "a file about one's commune accepted": Attack(
        "load_review_conflict_of_interest", write("load_review", "Sacha")
    ),
    "a file about one's commune taken back": Attack(
        "withdrawal_conflict_of_interest", write("withdrawal", "Sacha")
    ),
    "a file that takes an action away from one's commune accepted": Attack(
        "load_review_conflict_of_interest",
        [
            *opened(author="Dominique"),
            entry(author="Dominique", load="seq"),
            row("action", action_id="'lyo-005'", version="2", first=OF_LYON, commitment_id=PARIS),
            entry("load_review", "Sacha"),
            row("load_review", load_seq="seq - 2"),
        ],
    ),
    "a file that corrects what was about one's commune accepted": Attack(
        "load_review_conflict_of_interest",
        [
            *write(
                "action", action_id="'lyo-005'", version="2", first=OF_LYON, commitment_id=PARIS
            ),
            *opened(author="Dominique"),
            entry(author="Dominique", load="seq"),
            row(
                "action",
                commitment_id=PARIS,
                rev="51",
                supersedes="seq - 3 - seq + " + OF_LYON.replace("max", "min") + " + 3",
            ),
            entry("load_review", "Sacha"),
            row("load_review", load_seq="seq - 2"),
        ],
    ),
    "a file that moves a signatory from one's commune accepted": Attack(
        "load_review_conflict_of_interest",
        [
            *write("signatory", "Dominique", signatory_id="'collomb-lyon'", rev="2"),
            entry("load_review", "Sacha"),
            row("load_review", load_seq="seq - 2"),
        ],
    ),
    "a file of mandates in one's commune accepted": Attack(
        "load_review_conflict_of_interest",
        [
            *write("mandate", "Dominique", signatory_id="'collomb-lyon'"),
            entry("load_review", "Sacha"),
            row("load_review", load_seq="seq - 2"),
        ],
    ),
}

HOSTILE = {**made(), **MANUAL}
#: What the trigger of PostgreSQL on whole statements refuses in the same words.
SHARED = {"entry_continues_the_chain", "entry_clock"}
SQLITE_ONLY = {guard.name for guard in sqlite_rules()} - SHARED
