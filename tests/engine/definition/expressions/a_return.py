"""One return of a machine as conditions see it: which names there are, what they are, and what is true of it today."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from engine.definition.expressions import Scope, ValueType

SHANGHAI = ZoneInfo("Asia/Shanghai")
MEASURES = ("repair", "replace", "none", "scrap")
COLOURS = ("red", "green", "blue")

FIELDS: dict[str, ValueType] = {
    "measure": ValueType("choice", MEASURES),
    "warranty": ValueType("choice", ("covered", "expired")),
    "colours": ValueType("choices", COLOURS),
    "customer_share": ValueType("money", least=0),
    "amount": ValueType("money"),
    "pieces": ValueType("number"),
    "solved": ValueType("yes_no"),
    "budgeted": ValueType("yes_no"),
    "shipped_on": ValueType("date"),
    "promised_on": ValueType("date"),
    "visit_at": ValueType("datetime"),
    "remark": ValueType("long_text"),
    "email": ValueType("email"),
    "technician": ValueType("user"),
    "photos": ValueType("files"),
    "lines": ValueType(
        "table",
        columns=(
            ("cost", ValueType("money")),
            ("part", ValueType("text")),
            ("fine", ValueType("yes_no")),
            ("unit", ValueType("record", of="serial_number")),
        ),
    ),
    "sn": ValueType("record", of="serial_number"),
    "customer": ValueType("record", of="customer"),
    "owner": ValueType("user"),
}
PARTS: dict[tuple[str, ...], dict[str, ValueType]] = {
    ("sn",): {
        "number": ValueType("text"),
        "warranty_until": ValueType("date"),
        "customer": ValueType("record", of="customer"),
    },
    ("customer",): {"name": ValueType("text"), "salesperson": ValueType("user")},
    ("sn", "customer"): {"name": ValueType("text"), "salesperson": ValueType("user")},
    ("event",): {"place": ValueType("text")},
}


class ReturnScope:
    """The names of a return; `event` has parts but no value of its own."""

    def type_of(self, path: tuple[str, ...], /) -> ValueType | None:
        if len(path) == 1:
            return FIELDS.get(path[0])
        return PARTS.get(path[:-1], {}).get(path[-1])

    def names(self) -> Iterable[str]:
        return FIELDS

    def names_after(self, path: tuple[str, ...], /) -> Iterable[str]:
        return PARTS.get(path, {})

    def is_step(self, name: str, /) -> bool:
        return name in self.steps()

    def steps(self) -> Iterable[str]:
        return ("receiving", "repair", "follow_up/call_customer", "call_customer")

    def outcomes(self, step: str, /) -> Iterable[str] | None:
        return None if step == "receiving" else ("done", "given_up", "unit.scanned")

    def row_of(self, table: str, /) -> Scope:
        return ALineScope(FIELDS[table])


class ALineScope(ReturnScope):
    """The names of one row: its columns before those of the return."""

    def __init__(self, table: ValueType) -> None:
        self._columns = dict(table.columns)

    def type_of(self, path: tuple[str, ...], /) -> ValueType | None:
        return self._columns.get(path[0]) if len(path) == 1 and path[0] in self._columns else super().type_of(path)

    def names(self) -> Iterable[str]:
        return (*self._columns, *super().names())


SCOPE = ReturnScope()


@dataclass(frozen=True)
class ReturnFacts:
    """What is true: values by path, and Tuesday 3 March 2026, 10:00 in Shanghai."""

    values: Mapping[tuple[str, ...], object] = field(default_factory=dict)
    counts: Mapping[str, int] = field(default_factory=dict)
    now: datetime = datetime(2026, 3, 3, 10, 0, tzinfo=SHANGHAI)
    overdue: bool = False
    lines: tuple[Mapping[str, object], ...] = ()

    @property
    def today(self) -> date:
        return self.now.date()

    def value(self, path: tuple[str, ...], /) -> object | None:
        return self.values.get(path)

    def count(self, step: str, /) -> int:
        return self.counts.get(step, 0)

    def working_day(self, n: int, /) -> date:
        return self.today + timedelta(days=n)

    def rows(self, table: str, /) -> tuple[ReturnFacts, ...]:
        lines = self.lines if table == "lines" else ()
        return tuple(
            replace(self, values={**self.values, **{(name,): cell for name, cell in row.items()}}) for row in lines
        )

    def unanswered(self, table: str, /) -> int:
        return sum(1 for row in self.lines if "part" not in row)


def facts(**values: object) -> ReturnFacts:
    """Facts with these fields; a part of a record is written `sn__number`."""
    return ReturnFacts({tuple(name.split("__")): value for name, value in values.items()})
