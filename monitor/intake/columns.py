"""What the cells of each column may hold, and every code that a refused one may carry."""

#: Columns that a file of refused rows carries: taken, and not read. The last has the cells of a row
#: that has more of them than its header.
REJECTED = ("rejected_line", "rejected_reason", "rejected_extra")
IGNORED = frozenset(REJECTED)
IDENTIFIERS = frozenset({"signatory_id", "action_id", "supersedes", "code"})
DATES = frozenset({"signed_on", "started_on", "ended_on", "happened_on", "checked_on"})
DAYS = frozenset({"due_on"})
ADDRESSES = frozenset({"source_url", "archive_url"})
#: Texts that are shown as they are.
TEXTS = frozenset(
    {"name", "list", "summary", "source_title", "source_publisher", "quote", "reason"}
)
MULTILINE = frozenset({"summary", "quote", "reason"})

#: Every code that a refused cell may carry. Each has a sentence, `row_error.<code>`, in both languages.
CODES = (
    # the file
    "empty_file",
    "not_a_table",
    "not_text",
    "other_workbook",
    "unreadable_encoding",
    "mojibake",
    "xlsx_damaged",
    "xlsx_too_large",
    "xlsx_too_many_texts",
    "xlsx_too_many_tags",
    "xlsx_too_many_sheets",
    "xlsx_too_much_at_once",
    "too_many_columns",
    "unterminated_quote",
    "stray_quote",
    "tab_separated",
    "wrong_separator",
    "separator_line",
    "no_known_title",
    "untitled_column",
    "misspelt_column",
    "missing_column",
    "unknown_column",
    "duplicate_column",
    # the row
    "ragged_row",
    "duplicate_id",
    "duplicate_mandate",
    # the cell
    "required",
    "malformed_id",
    "too_long",
    "control_character",
    "direction_character",
    "line_break",
    "formula_cell",
    "error_cell",
    "boolean_cell",
    "merged_cell",
    "date_cell",
    "number_format",
    "number_rounded",
    "totals_line",
    "not_a_date",
    "no_such_day",
    "year_out_of_range",
    "two_digit_year",
    "serial_date",
    "ambiguous_date",
    "day_needed",
    "future_date",
    "due_out_of_term",
    "ends_before_start",
    "end_reason_without_end",
    "mandate_overlaps",
    "url_scheme",
    "url_password",
    "url_malformed",
    "unknown_code",
    "not_a_number",
    "not_whole",
    # what the cell names
    "unknown_commune",
    "no_such_commune",
    "commune_name",
    "no_such_name",
    "retired_commune",
    "lost_zero",
    "lost_zero_retired",
    "decimal_code",
    "spaced_code",
    "code_in_text",
    "siren_code",
    "district",
    "postcode",
    "unknown_signatory",
    "unknown_measure",
    "ambiguous_measures",
    "unknown_status",
    "packaged_commune",
    "not_committed",
    # what a link checker says
    "link_status_unreadable",
    "not_json",
    # the rules of actions
    "status_needed",
    "status_not_allowed",
    "evidence_needed",
    "search_needed",
    "summary_needed",
    "target_needed",
    "reason_needed",
    "supersedes_itself",
    "unknown_supersedes",
    "supersedes_later",
    "supersedes_other",
    "superseded_by_other",
    # the log already says something else
    "conflict_edited",
    "conflict_older_version",
    "conflict_other_person",
    "conflict_other_commune",
    "conflict_other_signatory",
    "conflict_other_measure",
    "conflict_retracted",
    "conflict_row_retracted",
    "conflict_signatory_retracted",
    "conflict_signatory_gone",
    "ids_moved",
    # pact.toml
    "pact_not_utf8",
    "not_toml",
    "missing_key",
    "unknown_key",
    "wrong_type",
    "duplicate_measure",
    "no_measures",
    "term_order",
    "no_offices",
    "measure_removed",
    "fictional_changed",
    # what a decision needs
    "reason_missing",
    "words_needed",
)
