"""What people write of the result of an election: who won, an office in place of it, or what does not
say it."""

import re
from collections.abc import Collection, Mapping
from typing import NamedTuple

from monitor.areas import search_key
from monitor.intake.vocabulary import code_of, word_key
from monitor.models import Office, Outcome

#: What asks or denies nothing: « élu ? », « ≠ élu » say something else.
_CERTAIN = re.compile(r"[\w\s«»\"“”()'’ʼ.,;:·•/%‐‑–-]*")
#: What people write where they do not know it yet.
_ASKING = "?¿ \u00a0\u202f"
#: What became of a candidate or a list before the end of an election, as keys of words: the result is
#: not known by it; and what says another thing.
_UNTOLD = re.compile(
    r"(?:(?:liste?|candidature|candidacy|candidate?s?) (?:(?:a|ete|s|est|was) )*"
    r"(?:retiree?|withdr[ae]w\w*)"
    r"|(?:(?:liste?|a|en|s|est|se|was) )*(?:fusion\w*|merged?|desist\w*|ballott?age|runoff|maintenue?s?"
    r"|qualifiee?s?|(?:(?:au|in the) )?(?:second|deuxieme|2e|2eme|2nd) (?:tour|round)"
    r"|n est (?:plus|pas) (?:candidate?|en lice)))\b"
)
_TOLD = re.compile(
    r"\b(?:(?:re)?elue?s?|battue?s?|eliminee?s?|elected|defeated|lost|signatures?)\b"
)
#: Who held or holds an office whoever won, and who only stood.
_HELD = r"(?:sortante?|en place|actuel(?:le)?)"
_FORMER = r"(?:outgoing|incumbent|sitting|current|former|ex|ancien(?:ne)?)"
_NO_OFFICE = re.compile(rf"\b(?:{_HELD}|{_FORMER}|candidate?|tete de listee?|lead candidate)\b")
_WHO = r"(?:maire|president|depute|adjoint|conseiller|elu|tete|de|liste|municipal|premier)\w{0,2}"
_IN_PLACE = re.compile(
    rf"(?:(?:{_WHO} ){{0,3}}{_HELD}|{_FORMER}"
    r"(?: (?:mayor|maire|president|deputy|councill?or|adjointe?))?|candidate?|tete de listee?"
    r"|lead candidate|colistiere?)\b"
)
_ROUND = (
    r"(?:au|a l issue du|des le|le|des|en|in(?: the)?|at(?: the)?)? ?"
    r"(?:1er|premier|1|2e|2eme|2nd|2d|2|second|deuxieme|1st|first) (?:tour|round)"
)
_SCORE = (
    r"(?:(?:avec|with|by|a|par) )?[0-9]{1,3}(?: [0-9]{1,2})? ?%"
    r"(?: (?:des (?:voix|suffrages(?: exprimes)?)|of (?:the )?votes?))?"
)
_WON = (
    r"(?:re ?)?elue?s?|(?:re ?)?elected|a (?:gagne|remporte l election)|gagne|gagnante?|vainqueure?"
    r"|victoire|won|wins|winner"
)
_LOST = (
    r"(?:non|pas) (?:re)?elue?s?|not (?:re ?)?elected|battue?s?|a perdu|perdue?|perdante?|defaite"
    r"|defeated|beaten|lost|eliminee?s?"
)
_RESULT = re.compile(
    rf"(?:(?P<won>{_WON}|oui|yes)|(?P<lost>{_LOST}))(?P<more>(?: (?:{_ROUND}|{_SCORE}))*)"
)
#: « Élue maire », “elected as mayor”; « maire réélue », “mayor elect”.
_ELECTED_AS = re.compile(r"(?:re ?)?(?:elue?s?|elected)(?: comme| as| to)? (?P<office>.+)")
_AS_ELECTED = re.compile(r"(?P<office>.+?) (?:(?:re ?)?elue?s?|elect|(?:re ?)?elected)")
#: « Tête de liste élue »: who leads a list that lost may sit in the council as well.
_HEAD = re.compile(r"(?:tete de liste|lead candidate)e? (?:(?:re ?)?elue?s?|elected)")
#: Who sits in a council: on which side, or on none that is said.
_SIDE = re.compile(
    r"(?:(?:re ?)?elue?s? |elected |siege |sits )?"
    r"(?:(?:d |dans |de |a |in |to |on )?(?:l |la |the )?)"
    r"(?P<side>opposition|minorite|majorite|majority|minority)(?: municipale?| councill?or| member)?"
)
_COUNCILLOR = re.compile(
    r"(?:(?:re ?)?elue?s? |elected )?(?:conseill(?:er|ere)s?(?: municip(?:al|ale|aux))?(?: simple)?"
    r"|(?:a |to |as )?(?:a |au |the )?(?:conseil municipal|(?:city |town )?council(?:lor|or)?)"
    r"|elue? municipale?)"
)
_COUNCIL = {Office.MAJORITY_COUNCILLOR, Office.OPPOSITION_COUNCILLOR}


class Offices(NamedTuple):
    """The words for the offices of a pact's own (`index_words`), and those that it binds."""

    own: Mapping[str, str]
    binding: Collection[str]

    def code_in(self, word: str) -> str | None:
        return code_of("office", word, self.own)


class Result(NamedTuple):
    """What a cell says of the result, None where nobody can tell or it says it by a code or a word of
    its own. `doubt`: what is told of it; `is_of_office`: it names an office, and the result may be
    any."""

    outcome: Outcome | None = None
    doubt: str = ""
    is_of_office: bool = False


def read_result(cell: str, offices: Offices, before_vote: bool) -> Result:
    """The result that the words of a cell say. `before_vote`: an office is that of before."""
    if not cell.strip(_ASKING):
        return Result(Outcome.UNKNOWN, "outcome_asked")
    if code_of("outcome", cell) or not _CERTAIN.fullmatch(cell):
        return Result()
    key, plain = word_key(cell), search_key(cell)
    if any(_UNTOLD.match(one) and not _TOLD.search(one) for one in (key, plain)):
        return Result(Outcome.UNKNOWN, "outcome_untold")
    if _HEAD.fullmatch(key):
        return Result(Outcome.ELECTED, "outcome_of_head")
    if found := _told_result(key):
        return found
    if (match := _IN_PLACE.match(key)) and not offices.code_in(key):
        return _after_place(match[0], key[match.end() :].strip(), offices)
    return _read_office(key, plain, offices, before_vote)


def _told_result(key: str) -> Result | None:
    if match := _RESULT.fullmatch(key):
        outcome = Outcome.ELECTED if match["won"] else Outcome.DEFEATED
        return Result(outcome, "outcome_score" if "%" in match["more"] else "")
    return None


def _after_place(before: str, then: str, offices: Offices) -> Result:
    """The result that stands after who somebody was before the vote: « maire sortante, réélue ». A
    running mate or a councillor is elected to the council, if nothing else is said."""
    if not then:
        return Result(Outcome.UNKNOWN, "outcome_untold")
    if _ELECTED_AS.fullmatch(then) and not _told_result(then):
        return _read_office(then, then, offices, before_vote=False)
    code = code_of("outcome", then)
    found = _told_result(then) or Result(Outcome(code) if code else None)
    office = _NO_OFFICE.sub("", before).strip()
    is_other = bool(office) and offices.code_in(office) not in offices.binding
    if found.outcome is Outcome.ELECTED and is_other:
        return Result(is_of_office=True)
    return found


def _read_office(key: str, plain: str, offices: Offices, before_vote: bool) -> Result:
    """The result by the office that a cell names, in which somebody is said to be elected or not."""
    for one in dict.fromkeys((key, plain)):
        if side := _SIDE.fullmatch(one):
            is_majority = side["side"].startswith("majori")
            office = Office.MAJORITY_COUNCILLOR if is_majority else Office.OPPOSITION_COUNCILLOR
            return _by_office(office, offices)
        if _COUNCILLOR.fullmatch(one):
            # On which side, nobody can tell.
            return Result(is_of_office=True) if _COUNCIL & {*offices.binding} else _ELSEWHERE
        if match := _ELECTED_AS.fullmatch(one) or _AS_ELECTED.fullmatch(one):
            office = offices.code_in(match["office"])
            return _by_office(office, offices) if office else Result(is_of_office=True)
        if office := offices.code_in(one):
            if before_vote:
                return Result(Outcome.UNKNOWN, "outcome_untold")
            found = _by_office(office, offices)
            is_won = found.outcome is Outcome.ELECTED
            return found._replace(doubt="outcome_by_office") if is_won else found
    return Result()


#: An office that the pact does not bind: who sits there may have lost, or not have stood for another.
_ELSEWHERE = Result(Outcome.UNKNOWN, "outcome_elsewhere")


def _by_office(office: str, offices: Offices) -> Result:
    return Result(Outcome.ELECTED) if office in offices.binding else _ELSEWHERE
