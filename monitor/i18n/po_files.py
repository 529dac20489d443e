"""The messages of a gettext catalogue, as its `.po` files hold them. Babel, which reads more of them,
takes four times as long, at the start of each command."""

import re
from collections.abc import Iterator

from monitor.errors import InvalidValue

#: `msgid "…"`, `msgstr[1] "…"`, or `"…"`, which goes on.
_LINE = re.compile(r'(?:(msgid|msgid_plural|msgstr)(?:\[\d+\])? )?"(.*)"')
#: What a backslash stands before, and what both mean.
_ESCAPED = re.compile(r"\\(.)")
_MEANT = {"n": "\n", "t": "\t", "r": "\r"}


def read_messages(content: str, name: str) -> Iterator[tuple[str, str | tuple[str, ...]]]:
    """(key, text) of each message but the header, the texts of its plural forms where it has any.
    Raises InvalidValue (`no_message`) where a line of the file `name` is no part of one."""
    read: dict[str, list[str]] = {}
    word = ""
    for line in (*content.split("\n"), 'msgid ""'):
        if not line.strip() or line.startswith("#"):
            continue
        found = _LINE.fullmatch(line.strip())
        if found is None:
            raise InvalidValue("no_message", value=line, file=name)
        if found[1] == "msgid":
            if key := "".join(read.get("msgid", ())):
                texts = tuple(read["msgstr"])
                yield key, texts if "msgid_plural" in read else texts[0]
            read = {}
        words = _ESCAPED.sub(lambda one: _MEANT.get(one[1], one[1]), found[2])
        if found[1]:
            word = found[1]
            read.setdefault(word, []).append(words)
        else:
            read[word][-1] += words
