"""Signs that people put before a word, and that are good or bad news: « 🟢 Oui », « ❌ Abandonné »."""

import re

#: The columns of which the words may have one.
MOODY = ("status", "answer")
_MOODS = re.compile(
    "(?:(?P<good>[✅✔☑🟢👍💚])|(?P<bad>[❌✖✗✘🔴⛔🚫👎])|[🟡🟠⚪⚫🔵🟣🟤⏸⏳⌛🚧🔄🔁🛑💤📢🗳📌🔎🔍❓❔➖⏯▶⏹⭕🟩🟨🟧🟥🟦⬜⬛])\ufe0f?\\s*"
)
_GOOD = frozenset(("implemented", "partly_implemented", "in_progress", "decided", "yes"))
_BAD = frozenset(("abandoned", "stalled", "not_started", "no_evidence", "no"))


def split_mood(text: str) -> tuple[str, str]:
    """(what the sign before a word can only be: "good", "bad", or "" where it may be either or there is
    none; the word alone)."""
    if not (found := _MOODS.match(text)):
        return "", text
    return found.lastgroup or "", text[found.end() :]


def contradicts(mood: str, code: str) -> bool:
    """Whether a sign says another thing than the word behind it: a red light before a « oui »."""
    return (mood == "bad" and code in _GOOD) or (mood == "good" and code in _BAD)
