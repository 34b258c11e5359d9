"""How one list is to be read: which column is which attribute, what is the same in all rows, and how its dates are written."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from engine.definition.texts import Text
from engine.importing.cells import DateOrder, Order, date_order
from engine.importing.sheet import Sheet
from engine.importing.targets import Target, suggest
from engine.refusals import Refusal


@dataclass(frozen=True, slots=True)
class Plan:
    """`columns`: position to attribute. `constants`: attribute to what stands in every row. `orders`: attribute to the order
    of day and month in its column."""

    target: Target
    columns: Mapping[int, str]
    constants: Mapping[str, str] = field(default_factory=dict)
    orders: Mapping[str, DateOrder] = field(default_factory=dict)

    def kind(self, attribute: str) -> str:
        """The type of an attribute."""
        return self.target.columns[attribute]


def plan_for(
    sheet: Sheet, target: Target, wanted: Mapping[str, str], constants: Mapping[str, str], dates: Order = "auto"
) -> Plan:
    """The plan for a list: what the person said (`wanted`: column to attribute, "" to leave a column out) and, for the rest,
    what the names of the columns suggest. Raises Refusal for names that do not exist and dates that could be two days."""
    _refuse_twins(sheet)
    columns = _columns(sheet, target, wanted, constants)
    for attribute in constants:
        _known(attribute, target)
    if target.key not in columns.values():
        listed = ", ".join(name for name in sheet.header if name.strip())
        raise Refusal(
            "wrong_value",
            Text(
                f"No column is known to be '{target.key}', and every row needs it. The columns are: {listed}. "
                f"Say which it is: --map COLUMN={target.key}",
                f"无法确定哪一列是“{target.key}”，而每一行都必须有。现有列：{listed}。请指定：--map 列名={target.key}",
            ),
            concerns=target.key,
        )
    return Plan(target, columns, dict(constants), _date_orders(sheet, target, columns, dates))


def _columns(sheet: Sheet, target: Target, wanted: Mapping[str, str], constants: Mapping[str, str]) -> dict[int, str]:
    places = {name.strip(): n for n, name in enumerate(sheet.header)}
    said: dict[int, str] = {}
    for column, attribute in wanted.items():
        if column not in places:
            listed = ", ".join(name for name in places if name)
            raise Refusal(
                "unknown",
                Text(
                    f"There is no column '{column}'; the columns are: {listed}.",
                    f"没有“{column}”这一列，现有列：{listed}。",
                ),
                concerns=column,
            )
        if attribute:
            _known(attribute, target)
            if attribute in said.values():
                raise Refusal(
                    "wrong_value",
                    Text(
                        f"Two columns are named as '{attribute}'; choose one.",
                        f"有两列都指定为“{attribute}”，请只选一列。",
                    ),
                    concerns=attribute,
                )
        said[places[column]] = attribute
    taken = {*said.values(), *constants}
    guessed = {n: a for n, a in suggest(sheet.header, target).items() if n not in said and a not in taken}
    return {n: attribute for n, attribute in sorted((said | guessed).items()) if attribute}


def _known(attribute: str, target: Target) -> None:
    if attribute not in target.columns:
        listed = ", ".join(target.columns)
        raise Refusal(
            "unknown",
            Text(
                f"'{attribute}' is not an attribute of {target.word}; these are: {listed}.",
                f"“{attribute}”不是 {target.word} 的属性，可用属性：{listed}。",
            ),
            concerns=attribute,
        )


def _refuse_twins(sheet: Sheet) -> None:
    names = [name.strip() for name in sheet.header if name.strip()]
    twin = next((name for name in names if names.count(name) > 1), None)
    if twin is not None:
        raise Refusal(
            "wrong_value",
            Text(f"Two columns are called '{twin}'; rename one of them.", f"有两列都叫“{twin}”，请改名其中一列。"),
            concerns=twin,
        )


def _date_orders(sheet: Sheet, target: Target, columns: Mapping[int, str], dates: Order) -> dict[str, DateOrder]:
    """Every column of dates is read in one way from top to bottom; one that could be read in two is asked about."""
    found: dict[str, DateOrder] = {}
    for position, attribute in columns.items():
        if target.columns[attribute] not in ("date", "datetime"):
            continue
        if dates != "auto":
            found[attribute] = dates
            continue
        order = date_order(sheet.column(position))
        if order == "unclear":
            raise _ask_for_dates(sheet.header[position], sheet.column(position))
        found[attribute] = order
    return found


def _ask_for_dates(column: str, cells: list[str]) -> Refusal:
    """Every date could be two days, or some are month first and some are day first."""
    example = next((cell for cell in cells if date_order([cell]) == "unclear"), "")
    why = Text(f"can be read in two ways ('{example}')", f"有两种读法（“{example}”）")
    if not example:
        why = Text("are written day first in some rows and month first in others", "有的日在前、有的月在前")
    return Refusal(
        "wrong_value",
        Text(
            f"The dates in column '{column}' {why.en}; say which it is: --dates mdy (month first) or --dates dmy (day first).",
            f"“{column}”列的日期{why.zh}，请说明：--dates mdy（月在前）或 --dates dmy（日在前）。",
        ),
        concerns=column,
    )
