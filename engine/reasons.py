"""Why a rule refuses, in the words of its author with the names in it filled, as far as the person who pressed may read
them. Must not know which rule was broken, or when."""

from __future__ import annotations

import re

from engine.confidential import is_hidden
from engine.definition.compiled import Compiled
from engine.definition.texts import Text
from engine.draft import Draft
from engine.facts import CaseFacts
from engine.people import Person
from engine.writing import NAME, fill

_SPACES = re.compile(r" {2,}")


def reason(written: Text, process: Compiled, draft: Draft, facts: CaseFacts, person: Person | None) -> Text:
    """`because: "{{ new_unit.number }} is in use"` as a sentence; a field that is not for this person is left out."""
    english, chinese = (
        _SPACES.sub(" ", fill(_readable(written.say(x), process, draft, person), process, facts, x)).strip()
        for x in ("en", "zh-Hans")
    )
    return Text(english, chinese)


def _readable(text: str, process: Compiled, draft: Draft, person: Person | None) -> str:
    def kept(found: re.Match[str]) -> str:
        name = found[1].partition(".")[0]
        hidden = bool(process.fields[name].visible_to) if name in process.fields else False
        return "" if hidden and (person is None or is_hidden(process, draft, name, person)) else found[0]

    return NAME.sub(kept, text)
