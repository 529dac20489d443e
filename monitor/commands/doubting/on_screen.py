"""Which doubts `load` says on the screen, by their codes, and which it leaves to the file of all."""

#: What will be published of people, or is counted of them, and does not stand so in the file; what is
#: lost if nobody decides; what no later load takes back.
ON_SCREEN = frozenset(
    (
        # Answers and statuses that somebody has read.
        *("answer_in_words", "answer_word_published", "mark_presumed", "minus_silent"),
        "inapplicable_silent",
        *(
            "answer_of_former_day",
            "answer_of_earlier_day",
            "answers_of_two_days",
            "taken_back_after_vote",
            "status_of_values",
            *("refused_abandoned", "broken_abandoned"),
            "coloured_cells",
        ),
        *("column_of_check", "later_answers", "measure_in_other_words"),
        *("titles_by_number", "number_of_measure", "loose_number", "measure_of_sheet"),
        *("answers_beside", "answers_left_out", "nothing_answered", "refused_known"),
        # Words that are published as those of somebody, and those that are not.
        *("words_published", "remark_published", "wording_of_note", "shared_by_answers"),
        *("words_stay", "whose_comment", "remark_left_out", "contact_quoted"),
        # Who somebody is.
        *("signatory_by_surname", "signatory_of_place", "elected_of_place", "only_signatory"),
        *("same_person_in_file", "same_person_in_log", "person_twice", "person_named_otherwise"),
        *("same_person_signed_again", "same_person_signed_before", "same_person_signed_twice"),
        *("name_in_two_places", "name_and_place", "named_by_place", "part_of_name"),
        "cell_read",
        *("more_than_name", "two_names", "id_names_person", "name_removed_there"),
        *("renamed_commune", "retired_commune"),
        *("other_person", "other_commune", "other_signatory", "other_measure", "other_fact"),
        *("inherits", "ids_moved", "kind_of_title", "kind_of_name"),
        *("kind_against_mandate", "office_of_a_person"),
        # Who signed what, and when.
        *("day_of_signature", "undated_signature", "signed_unanswered", "signed_above"),
        *("row_unsigned", "signed_again"),
        *("signed_after_due", "withdrawn_before_signature", "far_before", "after_term"),
        *("month_first", "day_of_sheet", "no_offices_said"),
        *("measures_of_titles", "measures_of_rows", "measures_added", "measure_reworded"),
        *("promises_gained", "promises_lost", "criterion_changed", "due_moved"),
        # Who was elected, who lost, and who holds an office.
        *("winners_read", "winners_near", "winners_rival", "winners_unlisted", "winners_denied"),
        *("winners_at_other_times", "winners_elsewhere", "winners_instead", "winners_defeat"),
        *("outcome_by_office", "outcome_of_head", "outcome_before_vote", "two_elected"),
        *("outcome_against_mandate", "outcome_unknown_in_office", "outcome_elected_unbound"),
        *("mandate_of_defeated", "mandate_of_unknown", "mandate_of_next_term", "two_holders"),
        *("elected_to_no_office", "term_ended_early"),
        # Facts that count twice, no longer or not at all.
        "fact_of_each",
        *("same_fact", "same_fact_in_log", "search_in_place", "fact_withdrawn"),
        *("assessment_in_place", "reply_in_place"),
        *("already_corrected", "corrected_again"),
        *("fact_before_term", "fact_before_signature", "fact_after_withdrawal"),
        *("fact_outside_office", "facts_stopped", "facts_retracted", "unpromised_left"),
        *("source_in_words", "hidden_rows", "hidden_columns", "struck_rows"),
        # What the log has and the file no longer.
        *("row_gone", "rows_gone", "entry_gone", "area_gone", "file_emptied"),
        *("silenced_stay", "silenced_facts"),
    )
)
#: How the file is laid out and was read, what of it is no matter of people, what it could say besides,
#: and what whoever loads has said.
IN_FILE = frozenset(
    (
        *("mark_read", "mark_silent", "empty_read", "said_where", "source_marks"),
        *("status_read", "status_emptied", "empty_status_read", "status_unrated"),
        "opposite_noted",
        *("lines_above", "merged_cells", "merged_read", "notes_unread", "two_title_lines"),
        *("titles_again", "table_turned", "choice_columns", "markup_read", "says_nothing"),
        *("row_of_sums", "column_of_sums", "note_left_out", "rows_unanswered", "example_row"),
        *("unrated_left_out", "unanswered_unsigned", "mended_again", "text_stays"),
        *("column_of_form", "column_of_tracker", "column_of_consent", "column_withheld"),
        *("column_wider", "list_with_answers", "kept_with_answers", "themes_below"),
        *("themes_carried", "measures_numbered", "same_wording", "no_criterion", "no_licence"),
        *("no_term_end", "level_alone", "level_near", "civility_left_out", "name_in_capitals"),
        *(
            "address_completed",
            "address_paged",
            "several_addresses",
            "source_to_title",
            "source_kind_unsaid",
        ),
        *("district_unsaid", "postcode_of_district"),
        *("joined_region", "place_of_sheet", "other_area", "population_changed", "population_far"),
        *("two_digit_year_read", "outcome_asked", "outcome_untold", "outcome_elsewhere"),
        *("outcome_score", "winners_agreed", "winners_silent", "winners_days", "winners_unsigned"),
        *("elected_without_mandate", "office_presumed", "withdrawn_twice"),
        *("mandate_before_term", "mandate_before_signature", "mandate_after_withdrawal"),
        "mandate_outside_office",
    )
)
