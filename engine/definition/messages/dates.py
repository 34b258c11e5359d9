"""What an author reads about events of records that hang on a date, or on what else the record says (P474)."""

from __future__ import annotations

from engine.definition.problems import Sentence

SENTENCES: dict[str, Sentence] = {
    "P474.at": Sentence(
        "'{text}' is no day before or after a date",
        "“{text}”不是某日期之前或之后的日子",
        "write for example  at: 30 days before,  at: 30 days after  or  at: on the day",
        "请写成例如  at: 30 days before、at: 30 days after  或  at: on the day",
    ),
    "P474.within": Sentence(
        "'{text}' is no number of days",
        "“{text}”不是天数",
        "write for example  within: 5 days",
        "请写成例如  within: 5 days",
    ),
    "P474.alone": Sentence(
        "'within' says how long a date counts, but no date does here",
        "within 规定日期的有效时间，但此处并不按日期触发",
        "add  at: 30 days after, or leave out 'within'",
        "请添加  at: 30 days after，或去掉 within",
    ),
    "P474.both": Sentence(
        "the event '{event}' hangs on a value and on a date",
        "事件“{event}”既按取值又按日期触发",
        "leave out 'becomes' or 'at', or make two events of it",
        "请去掉 becomes 或 at，或拆成两个事件",
    ),
    "P474.date": Sentence(
        "'{attribute}' is no date of {record}, so no day can be counted from it",
        "“{attribute}”不是“{record}”的日期项，无法据此计日",
        "{known}",
        "{known}",
    ),
    "P474.condition": Sentence(
        "'{attribute}' is no text of {record}, so nothing can be compared with it",
        "“{attribute}”不是“{record}”的文本项，无法比较",
        "{known}",
        "{known}",
    ),
}
