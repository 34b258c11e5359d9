"""Every key and value that the language does not know is told at its place, with the key or word that was meant."""

from __future__ import annotations

import random

import pytest

from engine.definition.model import LibraryFile, ProcessFile, SiteFile
from engine.definition.problems import Problem
from engine.definition.reading import Reading, read_library, read_process, read_site
from engine.definition.texts import Text

TEA = """\
process: tea_round
version: 1
label: Tea round | 茶水
calendar: office
fields:
  sn: {type: text, label: Number | 编号, max: 20}
  hot: {type: yes_no, label: Is it hot | 是否够热}
milestones: {open: Open | 未处理}
permissions: {see: [technician], cancel: service_agent}
start:
  role: service_agent
  form: {ask: [sn]}
steps:
  pouring:
    label: Pour | 倒茶
    task:
      role: technician
      form: {show: [sn], ask: [hot]}
      may_pause: true
    due: 1 working day
    timers:
      - {at: due, remind: assignee}
    on_done:
      - set: {sn: '7'}
    next:
      - {when: hot, then: done}
      - otherwise: pouring
  done: {end: success, label: Done | 完成}
rules:
  - never: done before pouring
scenarios:
  - scenario: Hot at once
    given: {start_at: 2026-03-02 09:00, sn: 0123}
    steps:
      - {when: service_agent starts, then: {at: pouring}}
"""

SITE = """\
site: acme
timezone: Asia/Shanghai
roles: {technician: Technician | 技师}
calendars:
  office: {days: mon-fri, hours: [09:00-12:00, 13:30-18:00], closed: [2026-10-01]}
records:
  customer: {name: text, outside: true}
"""

LIBRARY = """\
library: shared
version: 1
ladders:
  standard:
    - {at: due, remind: assignee}
  settled: {with: {l1: technician}, rows: [{at: due, task: $l1}]}
"""


def problems_of(old: str, new: str, text: str = TEA) -> tuple[Problem, ...]:
    assert text.count(old) >= 1, f"{old!r} is not in the file"
    bad = text.replace(old, new, 1)
    reading: Reading[ProcessFile] | Reading[SiteFile] | Reading[LibraryFile]
    if text == SITE:
        reading = read_site(bad, "tea.yaml")
    elif text == LIBRARY:
        reading = read_library(bad, "tea.yaml")
    else:
        reading = read_process(bad, "tea.yaml")
    assert reading.model is None
    return reading.problems


# what is wrong, replace this, by that, code, line, column, words of the message or hint
BAD: list[tuple[str, str, str, str, int, int, str]] = [
    ("a misspelt key", "calendar:", "calender:", "P201", 4, 1, "did you mean 'calendar'?"),
    ("a misspelt key in a task", "      may_pause", "      may_puase", "P201", 19, 7, "task of step 'pouring'"),
    ("a misspelt kind", "    task:", "    taks:", "P201", 16, 5, "did you mean 'task'?"),
    ("a key on the wrong level", "    due: 1", "      due: 1", "P201", 20, 7, "belongs in: process, mail, step (check the ind"),
    ("a key of a form in a step", "    due: 1 working day", "    ask: [hot]", "P201", 20, 5, "belongs in: form"),
    ("a misspelt key of another part", "    due: 1 working day", "    optionl: []", "P201", 20, 5, "belongs in: column, form"),
    ("a key nobody knows", "calendar: office", "标签: x", "P201", 4, 1, "possible here: process, version"),
    ("a name that only the program uses", "start:\n", "start:\n  with_: {a: 1}\n", "P201", 11, 3, "'with_'"),
    ("a missing label", "    label: Pour | 倒茶\n", "", "P202", 14, 3, "'label' is missing in step 'pouring'"),
    ("a missing type", "type: yes_no, ", "", "P202", 7, 3, "'type' is missing in field 'hot'"),
    ("no steps", "process: tea_round\n", "", "P202", 1, 1, "'process' is missing in this process"),
    ("yes for true", "may_pause: true", "may_pause: yes", "P203", 19, 18, "write true"),
    ("off for false", "may_pause: true", "may_pause: off", "P203", 19, 18, "write false"),
    ("a flag in quotes", "may_pause: true", "may_pause: 'true'", "P203", 19, 18, "true or false"),
    ("two kinds", "    due: 1 working day", "    waiting_for: customer", "P204", 20, 5, "task, waiting_for"),
    ("no kind", "{end: success, label", "{label", "P204", 28, 3, "step 'done' does not say what it is"),
    ("a word for a block", "  form: {ask: [sn]}", "  form: sn", "P205", 12, 9, "a block of 'name: …' lines is needed here"),
    ("a word for the steps of a branch", "{end: success, ", "{parallel: {a: b}, ", "P205", 28, 24, "block"),
    ("a block for a list", "  - never: done before pouring", "  never: done", "P205", 30, 3, "a list is needed here"),
    ("a block for a text", "calendar: office", "calendar: {a: b}", "P205", 4, 11, "a single value"),
    ("a block in a list of roles", "see: [technician]", "see: [{a: b}]", "P205", 9, 21, "a single value"),
    ("a list for a number", "max: 20", "max: [20]", "P205", 6, 45, "a single value"),
    ("a list for a flag", "may_pause: true", "may_pause: [true]", "P205", 19, 18, "a single value"),
    ("a number for a ladder", "    timers:\n      - {at: due, remind: assignee}", "    timers: 5", "P205", 21, 13, "wrong shape"),
    ("nothing behind a key", "calendar: office", "calendar:", "P206", 4, 1, "nothing stands after 'calendar:'"),
    ("nothing behind the steps of the file", "milestones: {open: Open | 未处理}", "milestones:", "P206", 8, 1, "remove"),
    ("an unknown type", "type: yes_no", "type: yesno", "P206", 7, 15, "did you mean 'yes_no'?"),
    ("a strange type", "type: yes_no", "type: 42", "P206", 7, 15, "possible: text, long_text, number"),
    ("an unknown end", "end: success", "end: finished", "P206", 28, 15, "success, failure, cancelled"),
    ("a version with a point", "version: 1", "version: 1.10", "P206", 2, 10, "'1.10' is not a whole number"),
    ("a version that is a word", "version: 1", "version: first", "P206", 2, 10, "whole number"),
    ("version nought", "version: 1", "version: 0", "P206", 2, 10, "at least 1"),
    ("a maximum that is a word", "max: 20", "max: many", "P206", 6, 45, "'many' is not a number"),
    ("an empty text", "calendar: office", "calendar: ''", "P206", 4, 11, "empty"),
    ("an empty list of rows", "next:\n      - {when: hot, then: done}\n      - otherwise: pouring", "next: []", "P206", 25, 11,
     "at least 1"),
    ("a large repeat", "{at: due,", "{at: due, at_most: 5000,", "P206", 22, 28, "at most 1000"),
    ("an id with capitals", "  pouring:\n", "  Pouring-Tea:\n", "P207", 14, 3, "'pouring_tea'"),
    ("an id like n/a", "{open: Open", "{n/a: Open", "P207", 8, 14, "not_applicable"),
    ("an id like 12m", "{open: Open", "{12m: Open", "P207", 8, 14, "one_year"),
    ("an id that is a number", "{open: Open", "{1: Open", "P207", 8, 14, "begins with a letter"),
    ("a Chinese id", "process: tea_round", "process: 茶水", "P207", 1, 10, "small letters"),
    ("a reserved id", "  pouring:\n", "  assignee:\n", "P208", 14, 3, "word of the language"),
    ("an id that is too long", "  hot:", "  " + "h" * 41 + ":", "P209", 7, 3, "at most 40"),
    ("a row with then only", "{when: hot, then: done}", "{then: done}", "P210", 26, 9, "'when' and 'then'"),
    ("two actions in one row", "      - set: {sn: '7'}", "      - set: {sn: '7'}\n        note: x", "P211", 25, 9, "set, note"),
    ("an action without a word", "      - set: {sn: '7'}", "      - template: x", "P211", 24, 9, "draft_mail"),
    ("a rule with both words", "  - never: done", "  - always: done after pouring\n    never: done", "P212", 30, 5, "never"),
    ("a label that is a list", "label: Pour | 倒茶", "label: [a, b]", "P213", 15, 12, "English | 中文"),
    ("a label in an unknown language", "label: Pour | 倒茶", "label: {en: Pour, zh: 倒}", "P213", 15, 12, "zh-Hans"),
]  # fmt: skip


@pytest.mark.parametrize(("what", "old", "new", "code", "line", "column", "words"), BAD, ids=[each[0] for each in BAD])
def test_a_mistake_is_told_once_with_code_place_and_cure(
    what: str, old: str, new: str, code: str, line: int, column: int, words: str
) -> None:
    (found,) = problems_of(old, new)
    assert (found.code, *found.place) == (code, "tea.yaml", line, column), found.line()
    assert words in found.line("en")
    assert all((found.message.en, found.message.zh, found.hint.en, found.hint.zh))
    assert any("\u4e00" <= sign <= "\u9fff" for sign in found.message.zh)


def test_a_misspelt_key_that_was_needed_is_told_once() -> None:
    (found,) = problems_of("    label: Pour", "    lable: Pour")
    assert (found.code, "'label'" in found.hint.en) == ("P201", True)


def test_several_mistakes_come_in_the_order_of_the_file() -> None:
    text = TEA.replace("calendar:", "calender:").replace("type: yes_no", "type: yesno").replace("    due:", "    duo:")
    assert [each.place.line for each in read_process(text, "tea.yaml").problems] == [4, 7, 20]


def test_a_file_that_is_only_a_word_is_refused() -> None:
    (found,) = read_process("process:tea_round", "tea.yaml").problems
    assert (found.code, found.place) == ("P205", ("tea.yaml", 1, 1))


def test_a_file_that_is_no_yaml_has_no_tree() -> None:
    reading = read_process("process: [", "tea.yaml")
    assert (reading.model, reading.tree) == (None, None)
    assert [each.code for each in reading.problems] == ["P118"]


def test_a_warning_does_not_stop_a_file() -> None:
    reading = read_process(TEA.replace("{end: success, label: Done", "{end: success, label: Done?"), "tea.yaml")
    assert [(each.code, each.level) for each in reading.problems] == [("P119", "warning")]
    assert reading.model is not None


def test_a_sound_process_is_read_with_its_values_as_written() -> None:
    reading = read_process(TEA, "tea.yaml")
    assert (reading.problems, reading.model is None) == ((), False)
    assert reading.model is not None
    assert reading.model.label == Text("Tea round", "茶水")
    assert reading.model.fields["sn"].max == 20
    assert str(reading.model.scenarios[0].given["sn"]) == "0123"
    assert reading.model.scenarios[0].given["start_at"] == "2026-03-02 09:00"
    assert reading.model.steps["pouring"].kind == "task"


def test_the_site_orders_the_two_languages() -> None:
    text = TEA.replace("Tea round | 茶水", "茶水 | Tea round")
    reading = read_process(text, "tea.yaml", languages=("zh-Hans", "en"))
    assert reading.model is not None
    assert reading.model.label == Text("Tea round", "茶水")
    site = read_site(
        "languages: [zh-Hans, en]\n" + SITE.replace("Technician | 技师", "技师 | Technician"), "_site.yaml"
    )
    assert site.model is not None
    assert site.model.roles["technician"] == Text("Technician", "技师")


def test_texts_in_a_block_may_contain_the_dividing_line() -> None:
    reading = read_process(TEA.replace("Tea round | 茶水", "{en: Tea | coffee, zh-Hans: 茶|咖啡}"), "tea.yaml")
    assert reading.model is not None
    assert reading.model.label == Text("Tea | coffee", "茶|咖啡")


# what is wrong, replace this, by that, code, line, column
SITE_BAD = [
    ("days that are no dates", "[2026-10-01]", "[October]", "P206", 5, 71),
    ("a closed day that is a number", "[2026-10-01]", "[20261001]", "P206", 5, 71),
    ("a flag of a record type", "outside: true", "outside: yes", "P203", 7, 35),
    ("an attribute that is no id", "{name: text", "{Full-Name: text", "P207", 7, 14),
    ("an attribute that is a block", "{name: text", "{name: {a: b}", "P202", 7, 14),
    ("an unknown language", "site: acme", "site: acme\nlanguages: [en, fr]", "P206", 2, 17),
    ("a key of a process", "site: acme", "site: acme\ntimers: 5", "P201", 2, 1),
]


@pytest.mark.parametrize(("what", "old", "new", "code", "line", "column"), SITE_BAD, ids=[each[0] for each in SITE_BAD])
def test_a_mistake_in_the_site_file_is_told(what: str, old: str, new: str, code: str, line: int, column: int) -> None:
    found = problems_of(old, new, SITE)[0]
    assert (found.code, *found.place) == (code, "tea.yaml", line, column), found.line()


def test_a_mistake_in_a_ladder_is_told_in_both_of_its_shapes() -> None:
    (short,) = problems_of("- {at: due, remind", "- {at: due, remnid", LIBRARY)
    (long,) = problems_of("rows: [{at: due, task", "rows: [{at: due, tsk", LIBRARY)
    assert [(each.code, *each.place[1:]) for each in (short, long)] == [("P201", 5, 17), ("P201", 6, 54)]
    assert "timer row 1 of ladder 'standard'" in short.message.en
    assert "升级阶梯“standard”的第 1 个定时行" in short.message.zh


def test_a_ladder_in_use_may_be_a_name_rows_or_a_block_and_each_is_judged_by_its_own_shape() -> None:
    rows = "    timers:\n      - {at: due, remind: assignee}"
    assert [each.code for each in problems_of(rows, "    timers: {use: standard, wiht: {l1: a}}")] == ["P201"]
    assert [each.code for each in problems_of(rows, "    timers: {with: {l1: a}}")] == ["P202"]
    assert [each.code for each in problems_of(rows, "    timers:\n      - {remind: assignee}")] == ["P202"]
    assert [each.code for each in problems_of(rows, "    timers:\n      - due")] == ["P205"]
    assert read_process(TEA.replace(rows, "    timers: standard"), "tea.yaml").model is not None
    assert read_process(TEA.replace(rows, "    timers: {use: standard, with: {l1: a}}"), "tea.yaml").model is not None


def test_damaged_processes_never_raise_and_every_problem_has_a_line_and_two_languages() -> None:
    chance = random.Random(7)
    words = TEA.split(" ")
    codes: set[str] = set()
    for _ in range(600):
        at, other = chance.randrange(len(words)), chance.randrange(len(words))
        damaged = [
            *words[:at],
            chance.choice((words[other], "", "5", "[]", "{}", "{a: b}", "[a]", "~")),
            *words[at + 1 :],
        ]
        reading: Reading[ProcessFile] = read_process(" ".join(damaged), "tea.yaml")
        assert (reading.model is None) == any(each.level == "error" for each in reading.problems)
        for found in reading.problems:
            codes.add(found.code)
            assert 1 <= found.place.line <= 40
            assert all((found.message.en, found.message.zh))
    assert len(codes) > 12
