"""How the engine says no: one family, each with a code, one sentence in both languages, and what it concerns.

Mapped to a page and an HTTP status in exactly one place of `web`.
"""

from __future__ import annotations

from collections.abc import Mapping

from engine.definition.texts import Text

BETWEEN_LANGUAGES = " | "


class Refusal(Exception):
    """Nothing was changed, and `text` says why and who or what helps.

    Codes: role, same_person, different_person, rule, closed, paused, stale, form (see `FormRefusal`), unknown,
    not_heard, not_allowed, wrong_value, nothing_chosen, held (a task of somebody else), too_late, too_much_follows,
    too_many_events (of one list), endless (a process that comes to no rest), conflict, call_out (no answer from outside yet),
    overtaken, unseen and open_beside (see there).
    """

    def __init__(self, code: str, text: Text, *, concerns: str = "") -> None:
        super().__init__(text.en)
        self.code = code
        self.text = text
        self.concerns = concerns

    @property
    def in_both(self) -> str:
        """The sentence in both languages, to be kept for a reader whom nobody knows yet."""
        return BETWEEN_LANGUAGES.join(dict.fromkeys((self.text.say("en"), self.text.say("zh-Hans"))))

    @property
    def codes(self) -> tuple[str, ...]:
        """What a scenario may name in `refused:`."""
        return (self.code,)


def in_either(kept: str) -> Text:
    """A sentence that was kept in both languages, for a reader whose language is known. What a refusal quotes stands in both
    halves, so that it may hold the sign between them; whatever has no two halves is told as it stands."""
    parts = kept.split(BETWEEN_LANGUAGES)
    half = len(parts) // 2
    if len(parts) % 2:
        return Text(kept, kept)
    return Text(BETWEEN_LANGUAGES.join(parts[:half]), BETWEEN_LANGUAGES.join(parts[half:]))


class FormRefusal(Refusal):
    """Some values of a form are missing or wrong: one sentence per field, by field name."""

    def __init__(self, fields: Mapping[str, Text], *, code: str = "form", text: Text | None = None) -> None:
        names = ", ".join(fields)
        said = text or Text(f"Please correct: {names}.", f"请更正以下字段：{names}。")
        super().__init__(code, said, concerns=next(iter(fields), ""))
        self.fields = dict(fields)

    @property
    def codes(self) -> tuple[str, ...]:
        """The names of the fields that were refused."""
        return tuple(self.fields)


class Overtaken(FormRefusal):
    """Tables of a form were told something after it was read: one sentence for each."""

    def __init__(self, tables: Mapping[str, Text]) -> None:
        super().__init__(tables, code="overtaken", text=next(iter(tables.values())))


class Unseen(FormRefusal):
    """Tables that hold rows would be written without saying which were seen: one sentence for each."""

    def __init__(self, tables: Mapping[str, Text]) -> None:
        super().__init__(tables, code="unseen", text=next(iter(tables.values())))


class OpenBeside(Refusal):
    """Somebody's press would open a case beside these open ones about the same, by id with their numbers: they look at those
    first, and press again."""

    def __init__(self, cases: Mapping[str, str]) -> None:
        self.cases = dict(cases)
        en, zh = ", ".join(self.cases.values()), "、".join(self.cases.values())
        super().__init__(
            "open_beside",
            Text(
                f"This opens a case, and {en} is open about the same. Nothing was changed yet: look there first; if this is "
                "something else, say so at the end of the form and press again.",
                f"此操作会新建工单，而内容相同的 {zh} 尚未结案；目前未作任何更改。请先查看，"
                "确属另一件事的，请在表单末尾勾选“仍要新建一张工单”后再次提交。",
            ),
        )
