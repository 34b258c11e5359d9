"""Every way in which a file can fail to be YAML is told at the right place, in both languages, and in good time."""

from __future__ import annotations

import random
import time

import pytest

from engine.definition.problems import Place, Problem
from engine.definition.yaml_limits import MAX_BYTES, MAX_COLUMNS, MAX_LINES
from engine.definition.yaml_text import read_tree
from engine.definition.yaml_tree import Tree

GOOD = """\
# A process in small.
process: tea_round      # the id
label: Tea round | 茶水
version: 1
fields:
  sn: {type: text, label: 'Number, please | 请填编号', max: 1.10}
steps:
  pouring:
    label: "Pour | 倒茶"
    task: {role: [technician, workshop], form: {ask: [sn, sn]}}
    next:
      - {when: sn is set, then: done}
      - otherwise: done
  done: {end: success, label: Done | 完成}
mails:
  hello:
    body: |
      Dear {{ customer.contact }},
      here it is.
"""


def problems_of(text: str | bytes) -> list[Problem]:
    found = read_tree(text, "tea.yaml")
    assert isinstance(found, list), "the file was accepted"
    return found


def tree_of(text: str | bytes) -> Tree:
    found = read_tree(text, "tea.yaml")
    assert isinstance(found, Tree), [each.line() for each in found]
    return found


BAD: list[tuple[str, str | bytes, str, int, int]] = [
    ("a file that is too large", ("# " + "x" * 100 + "\n") * (MAX_BYTES // 100), "P100", 1, 1),
    ("a key written twice", "due: 1 day\nlabel: A\ndue: 2 days\n", "P101", 3, 1),
    ("a key written twice inside braces", "a: {due: 1, x: 2, due: 3}\n", "P101", 1, 19),
    ("a colon in a text", "label: Note: read me\n", "P102", 1, 12),
    ("a colon in a text inside braces", "a: {label: Note: read me}\n", "P102", 1, 16),
    ("a tab as indentation", "a:\n\tb: 1\n", "P103", 2, 1),
    ("a tab before a comment", "a: 1\t# why\n", "P103", 1, 5),
    ("a line that fits no block", "a:\n   b: 1\n  c: 2\n", "P104", 3, 3),
    ("a line under a value", "a: 1\n  b: 2\n", "P104", 2, 3),
    ("a list behind a colon", "a: - b\n", "P104", 1, 4),
    ("rows and names mixed", "- a\nb: 1\n", "P104", 2, 1),
    ("an unsteady text block", "a: |\n   \n     x\n  y\n", "P104", 3, 6),
    ("a bracket in a text inside braces", "a: {x: b, pattern: A-[Z]}\n", "P105", 1, 22),
    ("a comma in a text inside braces", "a: {label: Yes, please}\n", "P105", 1, 17),
    ("a bracket too many", "a: {b: 1}}\n", "P105", 1, 10),
    ("a text after a bracket", "a: [A-Z]{8}\n", "P105", 1, 9),
    ("a text that begins with @", "a: @home\n", "P106", 1, 4),
    ("a text that begins with |", "label: | 中文\n", "P106", 1, 8),
    ("a text that begins with {{", "subject: {{ sn }} came\n", "P106", 1, 10),
    ("a text that begins with a question mark", "a: ? b\n", "P106", 1, 4),
    ("an open quote", "a: 1\nb: 'open\nc: d\n", "P107", 2, 4),
    ("a text after a quote", "a: 'it's\n", "P107", 1, 8),
    ("a second language outside the quotes", 'a: "Yes" | 是\n', "P107", 1, 10),
    ("an unknown backslash", 'a: "C:\\quick"\n', "P108", 1, 8),
    ("a line without a colon", "a: 1\nb\nc: 2\n", "P109", 2, 1),
    ("a colon without a space", "a: 1\nlabel:Tea\nc: 2\n", "P109", 2, 1),
    ("a colon without a space inside braces", "a: {label:Tea}\n", "P109", 1, 5),
    ("a wide colon", "a: 1\nlabel：茶\nc: 2\n", "P109", 2, 1),
    ("a wide colon over other names", "a:\n  label：茶\n  b: 1\n", "P109", 2, 3),
    ("a wide colon inside braces", "a: {label：茶}\n", "P109", 1, 5),
    ("an anchor", "a: &tea 1\n", "P110", 1, 4),
    ("a reference", "a: *tea\n", "P110", 1, 4),
    ("bold text", "a: **tea**\n", "P110", 1, 4),
    ("a merge key", "a:\n  <<: {b: 1}\n", "P110", 2, 3),
    ("a tag", "a: !!str 1\n", "P111", 1, 4),
    ("a tag of our own", "a: !tea\n", "P111", 1, 4),
    ("a directive", "# old\n%YAML 1.1\n---\na: 1\n", "P112", 2, 1),
    ("too many lines", "a: 1\n" + "#\n" * MAX_LINES, "P113", MAX_LINES + 1, 1),
    ("a line that is too long", "a: 1\n#" + "x" * MAX_COLUMNS, "P113", 2, MAX_COLUMNS + 1),
    ("too many entries", "a:\n" + ("  - [" + "a, " * 600 + "a]\n") * 40, "P113", 35, 396),
    ("too deep a nesting", "a: " + "[" * 21 + "]" * 21, "P113", 1, 23),
    ("UTF-16", "a: 1\n".encode("utf-16"), "P114", 1, 1),
    ("GBK", "a: 1\nlabel: 茶\n".encode("gbk"), "P114", 2, 8),
    ("a control character", "a: 1\nb: x\x07y\n", "P115", 2, 5),
    ("a zero byte", b"a: 1\nb: x\x00y\n", "P115", 2, 5),
    ("a mark that turns the reading direction", "a: x\u202ey\n", "P115", 1, 5),
    ("a half character", "a: \ud800\n", "P115", 1, 4),
    ("an escaped half character", 'a: "\\ud800"\n', "P115", 1, 4),
    ("an escaped zero byte", 'a: "x\\0y"\n', "P115", 1, 4),
    ("an escaped bell as a key", '"\\a": 1\n', "P115", 1, 1),
    ("an escaped mark that turns the reading direction", 'a: ["x\\u202ey"]\n', "P115", 1, 5),
    ("a second document", "a: 1\n---\nb: 2\n", "P116", 2, 1),
    ("a list as a key", "a: {[b]: 1}\n", "P117", 1, 5),
    ("an empty key", ": b\n", "P117", 1, 1),
    ("an open brace", "a: {b: 1\nc: 2\n", "P118", 1, 4),
    ("an open bracket at the end", "a: 1\nb: [1, 2\n", "P118", 2, 4),
    ("an empty file", "", "P120", 1, 1),
    ("nothing but a comment", "# later\n", "P120", 1, 1),
]


@pytest.mark.parametrize(("what", "text", "code", "line", "column"), BAD, ids=[each[0] for each in BAD])
def test_a_mistake_is_told_with_its_code_and_place(
    what: str, text: str | bytes, code: str, line: int, column: int
) -> None:
    found = problems_of(text)[0]
    assert (found.code, found.place) == (code, Place("tea.yaml", line, column)), found.line()


@pytest.mark.parametrize(("what", "text", "code", "line", "column"), BAD, ids=[each[0] for each in BAD])
def test_every_mistake_has_a_sentence_and_a_cure_in_both_languages(
    what: str, text: str | bytes, code: str, line: int, column: int
) -> None:
    for found in problems_of(text):
        assert all((found.message.en, found.message.zh, found.hint.en, found.hint.zh))
        assert any("\u4e00" <= sign <= "\u9fff" for sign in found.message.zh)


def test_a_key_written_twice_names_the_line_of_the_first() -> None:
    (found,) = problems_of("due: 1 day\nlabel: A\ndue: 2 days\n")
    assert "line 1" in found.hint.en
    assert "第 1 行" in found.hint.zh


def test_several_mistakes_are_told_at_once() -> None:
    found = problems_of("a: &x 1\nb: *x\na: !y 2\n")
    assert [(each.code, each.place.line) for each in found] == [("P110", 1), ("P110", 2), ("P111", 3), ("P101", 3)]


def test_a_question_mark_inside_braces_is_only_a_warning() -> None:
    (found,) = tree_of("a: {label: Is it hot?}\n").warnings
    assert (found.code, found.level, found.place[1:]) == ("P119", "warning", (1, 21))


# -- what is read -----------------------------------------------------------------------------------------------------


def test_values_follow_yaml_1_2() -> None:
    plain = tree_of(
        "{i: 10, f: 1.10, t: true, n: null, e: , clock: 12:30, day: 2026-03-02, y: yes, off: off, q: '7', big: 1e999}"
    ).plain()
    assert plain == {
        "i": 10, "f": 1.1, "t": True, "n": None, "e": None, "clock": "12:30", "day": "2026-03-02", "y": "yes",
        "off": "off", "q": "7", "big": "1e999",
    }  # fmt: skip
    assert type(plain["day"]) is str


def test_a_number_remembers_how_it_was_written() -> None:
    plain = tree_of("{a: 010, b: 1.10, c: +5, d: 0x1F}").plain()
    assert [str(value) for value in plain.values()] == ["010", "1.10", "+5", "0x1F"]
    assert plain == {"a": 10, "b": 1.1, "c": 5, "d": 31}


def test_keys_are_always_text() -> None:
    assert list(tree_of("{1: a, true: b, no: c, 2026-01-01: d}").plain()) == ["1", "true", "no", "2026-01-01"]


def test_every_key_and_value_knows_its_place_also_inside_braces() -> None:
    tree = tree_of(GOOD)
    assert tree.key_place_of(("fields", "sn", "max")) == Place("tea.yaml", 6, 52)
    assert tree.place_of(("fields", "sn", "max")) == Place("tea.yaml", 6, 57)
    assert tree.place_of(("steps", "pouring", "task", "role", 1)) == Place("tea.yaml", 10, 31)
    assert tree.key_place_of(("steps", "pouring", "next", 0, "then")) == Place("tea.yaml", 12, 27)
    assert tree.key_place_of(("steps", "pouring", "next", 1)) == Place("tea.yaml", 13, 9)
    assert tree.key_place_of(("steps", "done")) == Place("tea.yaml", 14, 3)


def test_a_path_that_leads_nowhere_has_the_place_of_its_last_known_part() -> None:
    tree = tree_of(GOOD)
    assert tree.key_place_of(("steps", "pouring", "due", "x")) == tree.key_place_of(("steps", "pouring"))
    assert tree.walk(("steps", "pouring", "tag", "next", 0, "then", "0")) == ("steps", "pouring", "next", 0, "then")


def test_line_ends_and_byte_order_mark_change_no_place() -> None:
    windows = b"\xef\xbb\xbf" + GOOD.replace("\n", "\r\n").encode()
    assert tree_of(windows) == tree_of(GOOD)
    assert tree_of("\ufeff" + GOOD) == tree_of(GOOD)


# -- monsters ---------------------------------------------------------------------------------------------------------

LAUGHS = "a: &a [x, x]\n" + "".join(
    f"{b}: &{b} [*{a}, *{a}, *{a}]\n" for a, b in zip("abcdefgh", "bcdefghi", strict=True)
)
MERGES = "a: &a {k: 1}\n" + "".join(
    f"{b}: &{b} {{<<: [{', '.join(['*' + a] * 9)}]}}\n" for a, b in zip("abcdefg", "bcdefgh", strict=True)
)
MONSTERS = {
    "billion laughs": LAUGHS,
    "merge-key bomb": MERGES,
    "100,000 brackets in a line": "[" * 100_000,
    "100,000 brackets in lines": "[" * 1_000 + "\n" + "[" * 1_000,
    "brackets down the page": "[\n" * 4_900,
    "braces down the page": "{a:\n" * 4_900,
    "rows in rows": "- " * 900,
    "16,000 merge keys": "a: &a {k: 1}\nb:\n" + "  <<: *a\n" * 16_000,
    "as many merge keys as there may be lines": "a: &a {k: 1}\nb:\n" + "  <<: *a\n" * 4_900,
    "a python object": "a: !!python/object/apply:os.system ['true']\n",
    "a python name": "!!python/name:os.system\n",
    "a key that is a list of lists": "? " + "[" * 1_900,
    "a key without an end": "a: 1\n" + ("b" * 1_900 + "\n") * 60,
    "quotes without an end": "'\n" * 4_999,
    "tags on tags": "!a " * 600,
}


@pytest.mark.parametrize("name", MONSTERS)
def test_a_monster_is_refused_within_a_second_of_work(name: str) -> None:
    before = time.process_time()
    found = problems_of(MONSTERS[name])
    assert time.process_time() - before < 1.0
    assert all(each.place.line >= 1 for each in found)


def test_two_thousand_damaged_files_never_raise_and_always_have_a_line() -> None:
    chance = random.Random(2026)
    lines = GOOD.count("\n") + 5
    refused = 0
    for _ in range(2_000):
        found = read_tree(damaged(GOOD, chance), "tea.yaml")
        if isinstance(found, list):
            refused += 1
            assert found
            assert all(1 <= each.place.line <= lines and each.place.column >= 1 for each in found)
            assert "P121" not in {each.code for each in found}, "a mistake that nobody explains"
    assert refused > 500


SCRAPS = [*"{}[]:,'\"-?|>&*!%@`#\t\n \\<~=.$", "  ", "\n  ", "\n- ", ": ", "- ", "{{", "}}", "---\n", "...\n", "&a ",
          "*a ", "!!x ", "<<: ", "\r\n", "：", "null", "\u2028", "%YAML 1.1\n", "\x00", "? "]  # fmt: skip


def damaged(text: str, chance: random.Random) -> str:
    for _ in range(chance.randint(1, 3)):
        at = chance.randrange(len(text))
        if chance.random() < 0.6:
            text = text[:at] + chance.choice(SCRAPS) + text[at:]
        else:
            text = text[:at] + text[at + chance.randint(1, 6) :]
    return text
