"""Every text of the interface in both languages, by key. Must not know pages; a page asks for a key.

Texts of processes (labels, help, refusals) come with their own languages and are not listed here.
"""

from __future__ import annotations

from typing import Any

from engine.definition.texts import Text
from web.words.case import WORDS as CASE
from web.words.desk import WORDS as DESK
from web.words.figures import WORDS as FIGURES
from web.words.forms import WORDS as FORMS
from web.words.frame import WORDS as FRAME
from web.words.help import WORDS as HELP
from web.words.processes import WORDS as PROCESSES
from web.words.records import WORDS as RECORDS
from web.words.staff import WORDS as STAFF

CATALOGUE: dict[str, Text] = {
    **FRAME,
    **FORMS,
    **DESK,
    **CASE,
    **RECORDS,
    **PROCESSES,
    **FIGURES,
    **STAFF,
    **HELP,
}


def say(key: str, language: str, **values: Any) -> str:
    """The text of `key` with `values` put in. An unknown key is a mistake of ours and fails loudly."""
    text = CATALOGUE[key].say(language)
    return text.format(**values) if values else text
