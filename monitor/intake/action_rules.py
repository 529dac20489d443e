"""What an action must obey."""

import re
from collections import Counter
from collections.abc import Iterator

from monitor.intake.cells import abbreviate_cell
from monitor.intake.people import derive_action_id
from monitor.intake.rules import Problem, RowValues, Rules
from monitor.intake.status_words import is_unrated, near_statuses, says_refused
from monitor.intake.vocabulary import word_key
from monitor.models import WITHOUT_EVIDENCE, WRITABLE, Kind, SourceKind, Status
from monitor.schema import POSITIONS

#: Where an action has each of its cells.
_AT = POSITIONS["actions"]
#: Words for a promise that was given up, or of which the opposite was done.
_BROKEN = re.compile(r"\b(?:rompu|brise|trahi|broken)\w*")
#: What fills the sentence about a source that is lacking.
SOURCE_NEEDED = (("family", "source_kind"), ("known", ", ".join(SourceKind)))


class ActionRules(Rules):
    content = "actions"

    def __init__(self, context):
        super().__init__(context)
        self.statuses = {status.value for status in WRITABLE}
        self.kinds = {kind.value for kind in Kind}
        self.sources = {source.value for source in SourceKind}
        #: Entries without an id of their own, by what identifies them.
        self.alike: Counter[tuple[str, ...]] = Counter()
        self.unsourced = {status.value for status in WITHOUT_EVIDENCE}

    def check(self, values, orders):
        """A million rows are checked so: no rule is called for a cell that has nothing for it."""
        if values[_AT.action_id]:
            yield from self.identifier(values, "action_id")
        if values[_AT.signatory_id] not in self.context.signatories:
            yield from self.known_signatory(values)
        if values[_AT.measure] not in self._measures:
            yield from self.measure(values)
        yield from self.past_date(values, "happened_on", orders)
        if (word := values[_AT.status]) and word not in self.statuses and is_unrated(word):
            values[_AT.status] = None
            self.doubt_once(("unrated",), (_AT.status, "status_unrated", ()))
        if values[_AT.kind] is None:
            values[_AT.kind] = "assessment" if values[_AT.status] else "note"
        elif values[_AT.kind] not in self.kinds:
            yield from self.one_of(values, "kind", list(Kind))
        if not values[_AT.action_id]:
            self.identify(values)
        if values[_AT.status] and values[_AT.status] not in self.statuses:
            yield from self.status(values)
        if values[_AT.source_kind] and values[_AT.source_kind] not in self.sources:
            yield from self.one_of(values, "source_kind", list(SourceKind))
        if values[_AT.source_url]:
            self.words_of_source(values)
            yield from self.url(values, "source_url")
        if values[_AT.archive_url]:
            yield from self.url(values, "archive_url")
        yield from self.evidence(values)
        yield from self.later(values, orders)

    def identify(self, values: RowValues) -> None:
        """The id of an entry that has none in the file: it follows from whom and what it is about, its
        day and its kind; of several such, from their order."""
        identity = (
            values[_AT.signatory_id] or "",
            values[_AT.measure] or "",
            values[_AT.happened_on] or "",
            values[_AT.kind] or "",
        )
        self.alike[identity] += 1
        values[_AT.action_id] = derive_action_id(*identity, str(self.alike[identity]))

    def status(self, values: RowValues) -> Iterator[Problem]:
        """A status, or a word for it; of another one, how to say once for a file what it means."""
        word = values[_AT.status] or ""
        for place, code, details in self.one_of(values, "status", WRITABLE, "unknown_status"):
            near = near_statuses(word)
            mark = ("mark", abbreviate_cell(word))
            if len(near) == 1:
                yield place, "near_status", (*details, mark, ("status", near[0]))
            elif near:
                code = "refused_status" if says_refused(word) else "likely_status"
                yield place, code, (*details, mark, ("likely", ", ".join(near)))
            else:
                yield place, code, (*details, mark)
        if values[_AT.status] == Status.ABANDONED and _BROKEN.search(word_key(word)):
            said = ("mark", abbreviate_cell(word))
            self.doubt_once(("broken", word), (_AT.status, "broken_abandoned", (said,)))

    def evidence(self, values: RowValues) -> Iterator[Problem]:
        """What each kind of entry must say, and rest on."""
        kind, status, summary = values[_AT.kind], values[_AT.status], values[_AT.summary]
        if kind == "assessment":
            if not status:
                yield _AT.status, "status_needed", ()
            elif status == "no_evidence":
                if not summary:
                    yield _AT.summary, "search_needed", ()
            elif status in self.statuses - self.unsourced:
                yield from self.source(values)
        elif status:
            yield _AT.status, "status_not_allowed", ()
        if kind in ("note", "reply") and not summary:
            yield _AT.summary, "summary_needed", ()
        if values[_AT.supersedes] or kind == "retraction":
            yield from self.superseded_entry(values)

    def source(self, values: RowValues) -> Iterator[Problem]:
        """A kind, and a title or an address. Of a file that has no kinds at all, « other »."""
        named = values[_AT.source_title] or values[_AT.source_url]
        if named and not values[_AT.source_kind] and _AT.source_kind in self.absent:
            values[_AT.source_kind] = SourceKind.OTHER.value
            self.doubt_once(("source_kind",), (_AT.source_kind, "source_kind_unsaid", ()))
        elif not (named and values[_AT.source_kind]):
            is_said = values[_AT.source_kind] or _AT.source_kind in self.absent
            lacking = _AT.source_title if is_said else _AT.source_kind
            if is_said and lacking in self.absent and _AT.source_url not in self.absent:
                lacking = _AT.source_url
            yield lacking, "evidence_needed", SOURCE_NEEDED

    def superseded_entry(self, values: RowValues) -> Iterator[Problem]:
        if not values[_AT.supersedes]:
            yield _AT.supersedes, "target_needed", ()
        elif values[_AT.supersedes] == values[_AT.action_id]:
            yield _AT.supersedes, "supersedes_itself", ()
        else:
            yield from self.identifier(values, "supersedes")
        if not values[_AT.reason]:
            yield _AT.reason, "reason_needed", ()
