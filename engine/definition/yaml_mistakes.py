"""What the author did wrong, told from what the YAML parser stumbled over.

The parser names tokens and states; an author needs the mistake and the cure. Every branch here ends in a sentence of ours.
"""

from __future__ import annotations

import re

from ruamel.yaml.error import MarkedYAMLError

from engine.definition.problems import Place, Problem, problem

_CLOSING = {"{": "}", "[": "]"}
_SIGN = re.compile(r"(?:got|found) (?:character )?['\"](.+)['\"]")


def mistake(error: MarkedYAMLError, text: str, file: str) -> Problem:
    """The problem behind a parser's error, at the place where the author should look."""
    stumble = _Stumble(error, text, file)
    said = stumble.said
    for words, explain in _EXPLANATIONS:
        if words in said:
            return explain(stumble)
    return problem("P121", stumble.here)


class _Stumble:
    """The parser's error with the text around it."""

    def __init__(self, error: MarkedYAMLError, text: str, file: str) -> None:
        self.said = f"{error.context or ''} / {error.problem or ''}"
        mark = error.problem_mark or error.context_mark
        start = error.context_mark or mark
        self.lines = text.split("\n")
        self.here = self._place(mark, file)
        self.start = self._place(start, file)
        found = _SIGN.search(self.said)
        self.sign = found[1] if found else ""

    def _place(self, mark: object, file: str) -> Place:
        line = min(int(getattr(mark, "line", 0)), len(self.lines) - 1)
        return Place(file, line + 1, int(getattr(mark, "column", 0)) + 1)

    def line(self, place: Place) -> str:
        return self.lines[place.line - 1]

    def before(self, place: Place) -> str:
        """What stands in the line before this place."""
        return self.line(place)[: place.column - 1]

    def at(self, place: Place) -> str:
        return self.line(place)[place.column - 1 : place.column]

    def last_bracket(self) -> Place | None:
        """The last bracket that was opened before the parser stumbled."""
        for number in range(self.here.line, 0, -1):
            column = max(self.lines[number - 1].rfind(bracket) for bracket in _CLOSING)
            if column >= 0:
                return Place(self.here.file, number, column + 1)
        return None

    def wide_colon_above(self) -> Place | None:
        """The line above, when a Chinese colon stands behind its name: to the parser the text just goes on here."""
        above = next((n for n in range(self.here.line - 1, 0, -1) if self.lines[n - 1].strip()), 0)
        wide = re.match(r"\s*[\w.]+\s*：", self.lines[above - 1]) if above else None
        return self.first_in_line(Place(self.here.file, above, 1)) if wide else None

    def first_in_line(self, place: Place) -> Place:
        line = self.line(place)
        return place._replace(column=len(line) - len(line.lstrip()) + 1)


def _bad_start(stumble: _Stumble) -> Problem:
    character = stumble.at(stumble.here)
    if character == "\t":
        return problem("P103", stumble.here)
    return problem("P106", stumble.here, character=character or stumble.sign)


def _colon(stumble: _Stumble) -> Problem:
    """A second colon in a line is a colon in a text; the first one of its line was indented too deep."""
    if ":" in stumble.before(stumble.here):
        return problem("P102", stumble.here)
    if (wide := stumble.wide_colon_above()) is not None:
        return problem("P109.wide", wide, text=stumble.line(wide).strip()[:40])
    return problem("P104.deeper", stumble.first_in_line(stumble.here))


def _no_colon(stumble: _Stumble) -> Problem:
    line = stumble.line(stumble.start).strip()
    if "：" in line:
        return problem("P109.wide", stumble.start, text=line[:40])
    if re.match(r"[\w.]+:\S", line):
        return problem("P109.space", stumble.start, text=line[:40])
    return problem("P109", stumble.start, text=line[:40])


def _block_text(stumble: _Stumble) -> Problem:
    """`|` and `>` announce a text on the following lines; after a closing quote they are just text."""
    if stumble.before(stumble.start).rstrip().endswith(("'", '"')):
        return problem("P107.after", stumble.start)
    return problem("P106.block", stumble.start, character=stumble.at(stumble.start))


def _in_brackets(stumble: _Stumble) -> Problem:
    """Expected a comma or a closing bracket: it was never closed, or a sign inside ended the text."""
    opened = stumble.at(stumble.start)
    if stumble.sign == "<stream end>" or (stumble.sign == ":" and _begins_a_line(stumble)):
        return problem("P118", stumble.start, bracket=opened, closing=_CLOSING.get(opened, "}"))
    if stumble.sign == ":":
        return problem("P102", stumble.here)
    if stumble.before(stumble.here).rstrip().endswith(("'", '"')):
        return problem("P107.after", stumble.here)
    closing = "]" if opened == "[" else "}"
    return problem("P105", stumble.here, closing=closing, sign=stumble.at(stumble.here) or stumble.sign)


def _begins_a_line(stumble: _Stumble) -> bool:
    return stumble.here.line > stumble.start.line and not set(":{[,") & set(stumble.before(stumble.here))


def _end_of_block(stumble: _Stumble) -> Problem:
    before = stumble.before(stumble.here).rstrip()
    if stumble.sign in {"}", "]", ","}:
        return problem("P105.extra", stumble.here, sign=stumble.sign)
    if before.endswith(("'", '"')):
        return problem("P107.after", stumble.here)
    if before.endswith(("}", "]")):
        return problem("P105.after", stumble.here)
    if stumble.sign in {"?", "-"}:
        return problem("P104.mixed", stumble.here)
    return problem("P104", stumble.here)


def _no_content(stumble: _Stumble) -> Problem:
    character = stumble.at(stumble.here)
    opened = stumble.last_bracket() if stumble.sign == "<stream end>" else None
    if opened is not None:
        return problem("P118", opened, bracket=stumble.at(opened), closing=_CLOSING[stumble.at(opened)])
    return problem("P106", stumble.here, character=character) if character.strip() else problem("P121", stumble.here)


def _outside(stumble: _Stumble) -> Problem:
    before = stumble.before(stumble.here).rstrip()
    if before.endswith(("'", '"')):
        return problem("P107.after", stumble.here)
    return problem("P105.after" if before else "P104", stumble.here)


_EXPLANATIONS = (
    ("scanning an anchor", lambda s: problem("P110.anchor", s.start, name=s.line(s.start)[s.start.column :][:20])),
    ("scanning an alias", lambda s: problem("P110.alias", s.start, name=s.line(s.start)[s.start.column :][:20])),
    ("tag", lambda s: problem("P111", s.start)),
    ("directive", lambda s: problem("P112", s.start)),
    ("incompatible YAML document", lambda s: problem("P112", s.start)),
    ("that cannot start any token", _bad_start),
    ("mapping values are not allowed", _colon),
    ("could not find expected ':'", _no_colon),
    ("sequence entries are not allowed", lambda s: problem("P104.list", s.here)),
    ("mapping keys are not allowed", lambda s: problem("P106", s.here, character="?")),
    ("double-quoted scalar / ", lambda s: problem("P108", s.here)),
    ("scanning a quoted scalar", lambda s: problem("P107", s.start, quote=s.at(s.start))),
    ("more indented follow up line", lambda s: problem("P104.block", s.here)),
    ("scanning a block scalar", _block_text),
    ("expected ',' or", _in_brackets),
    ("expected <block end>", _end_of_block),
    ("expected the node content", _no_content),
    ("expected '<document start>'", _outside),
    ("after document end marker", lambda s: problem("P116", s.here)),
)
