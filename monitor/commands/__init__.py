"""Every write: one transaction each, in which the right to write is checked; a refusal has reasons."""

from monitor.commands.absent_signatories import Absence, absent_people, absent_rows
from monitor.commands.backup import back_up, copy_database, count_entries, restore_backup
from monitor.commands.column_match import (
    find_answers_across,
    find_column_match,
    find_title_line,
    guess_content,
    keep_column_match,
)
from monitor.commands.consequences import Figures, changes_in_words, consequences
from monitor.commands.court import CourtOrder
from monitor.commands.doubting.pacts import retraction_doubts
from monitor.commands.drafts import drop_draft, save_draft
from monitor.commands.heads import (
    Proof,
    accept_rewriting,
    compare_heads,
    confirm_clock,
    give_head,
)
from monitor.commands.identities import (
    admit_identity,
    attach_person,
    detach_identities,
    forget_refusal,
    refuse_person,
)
from monitor.commands.links import load_links
from monitor.commands.load_options import PactChoices
from monitor.commands.loading import load
from monitor.commands.matches import (
    forget_judgements,
    judge_match,
    judge_matches,
    load_matches,
)
from monitor.commands.more_sources import add_source
from monitor.commands.own_account import (
    activate_and_sign_in,
    change_password,
    choose_sign_in_name,
    end_other_sessions,
    new_recovery_codes,
    reset_factor,
)
from monitor.commands.pacts import load_pact
from monitor.commands.people import (
    add_account,
    change_account,
    erase_account,
    new_link,
    vouch_for_account,
)
from monitor.commands.people_with_answers import (
    holds_people_with_answers,
    load_people_with_answers,
)
from monitor.commands.proposed_pacts import (
    ProposedPact,
    accept_pact,
    drop_pact,
    preview_pact,
    propose_pact,
    proposed_pacts,
)
from monitor.commands.redacting import redact_entry
from monitor.commands.replying import request_reply
from monitor.commands.report import Report, UnpromisedFact
from monitor.commands.requests import (
    carry_out_due_requests,
    confirm_request,
    request_redaction,
    request_retraction,
    request_withdrawal,
    stop_request,
)
from monitor.commands.retracting import (
    entries_taken,
    retract_row,
    signatory_meant,
)
from monitor.commands.reviewing import (
    abbreviate_entries,
    review_action,
    review_load,
    send_message,
    withdraw_load,
)
from monitor.commands.setup import PACKAGED, init_database, load_demo, set_example_aside
from monitor.commands.unfinished_files import abandon_file
from monitor.commands.unpromised import unpromised_in_words
from monitor.commands.whole_beyond import check_beyond_titles
from monitor.commands.whole_pact import WholeReport, load_whole_pact
from monitor.commands.wiping import WipeReport, wipe_removed_texts
from monitor.commands.writing import NewAction, WrittenEntry, log_action

__all__ = [
    "PACKAGED",
    "Absence",
    "CourtOrder",
    "Figures",
    "NewAction",
    "PactChoices",
    "Proof",
    "ProposedPact",
    "Report",
    "UnpromisedFact",
    "WholeReport",
    "WipeReport",
    "WrittenEntry",
    "abandon_file",
    "abbreviate_entries",
    "absent_people",
    "absent_rows",
    "accept_pact",
    "accept_rewriting",
    "activate_and_sign_in",
    "add_account",
    "add_source",
    "admit_identity",
    "attach_person",
    "back_up",
    "carry_out_due_requests",
    "change_account",
    "change_password",
    "changes_in_words",
    "check_beyond_titles",
    "choose_sign_in_name",
    "compare_heads",
    "confirm_clock",
    "confirm_request",
    "consequences",
    "copy_database",
    "count_entries",
    "detach_identities",
    "drop_draft",
    "drop_pact",
    "end_other_sessions",
    "entries_taken",
    "erase_account",
    "find_answers_across",
    "find_column_match",
    "find_title_line",
    "forget_judgements",
    "forget_refusal",
    "give_head",
    "guess_content",
    "holds_people_with_answers",
    "init_database",
    "judge_match",
    "judge_matches",
    "keep_column_match",
    "load",
    "load_demo",
    "load_links",
    "load_matches",
    "load_pact",
    "load_people_with_answers",
    "load_whole_pact",
    "log_action",
    "new_link",
    "new_recovery_codes",
    "preview_pact",
    "propose_pact",
    "proposed_pacts",
    "redact_entry",
    "refuse_person",
    "request_redaction",
    "request_reply",
    "request_retraction",
    "request_withdrawal",
    "reset_factor",
    "restore_backup",
    "retract_row",
    "retraction_doubts",
    "review_action",
    "review_load",
    "save_draft",
    "send_message",
    "set_example_aside",
    "signatory_meant",
    "stop_request",
    "unpromised_in_words",
    "vouch_for_account",
    "wipe_removed_texts",
    "withdraw_load",
]
