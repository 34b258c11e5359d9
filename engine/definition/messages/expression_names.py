"""Sentences on the words of conditions and formulas: names, choices, functions and steps (P401), reserved words (P402)."""

from __future__ import annotations

from engine.definition.messages.expression_writing import said
from engine.definition.problems import Sentence

_MEANT = "did you mean '{similar}'?"
_MEANT_ZH = "是否想写“{similar}”？"

SENTENCES: dict[str, Sentence] = {
    "P401.name": said("unknown name '{name}'", "未知名称“{name}”", "known here: {known}", "此处可用：{known}"),
    "P401.name_similar": said("unknown name '{name}'", "未知名称“{name}”", _MEANT, _MEANT_ZH),
    "P401.name_earlier": said(
        "'earlier' is the earlier case about the same, and this process does not say when cases are alike",
        "“earlier”表示之前的同样工单，但本流程没有说明何时视为同样",
        "add to the process  alike: {{by: [[sn, cause_code]], within: 180 days}}",
        "请在流程中添加  alike: {{by: [[sn, cause_code]], within: 180 days}}",
    ),
    "P401.part": said("'{owner}' has no '{name}'", "“{owner}”没有“{name}”", "it has: {known}", "可用：{known}"),
    "P401.part_similar": said("'{owner}' has no '{name}'", "“{owner}”没有“{name}”", _MEANT, _MEANT_ZH),
    "P401.no_parts": said(
        "'{owner}' is {kind}; '.{name}' cannot follow it", "“{owner}”是{kind_zh}，后面不能写“.{name}”"
    ),
    "P401.choice": said(
        "'{word}' is not a choice of '{subject}' (choices: {choices})",
        "“{word}”不是“{subject}”的选项（选项：{choices}）",
        "use one of these, or add it to the choices of the field",
        "请使用其中之一，或在字段中增加该选项",
    ),
    "P401.choice_similar": said(
        "'{word}' is not a choice of '{subject}' (choices: {choices})",
        "“{word}”不是“{subject}”的选项（选项：{choices}）",
        _MEANT,
        _MEANT_ZH,
    ),
    "P401.choice_empty": said(
        "'{word}' is not a choice of '{subject}' (choices: {choices})",
        "“{word}”不是“{subject}”的选项（选项：{choices}）",
        "for a field without a value write  is not set",
        "没有值请写 is not set",
    ),
    "P401.choice_as_name": said(
        "'{word}' is a choice, not a field",
        "“{word}”是选项，不是字段",
        "write  {field} is {word}  or  {field} in [{word}, …]",
        "请写 {field} is {word} 或 {field} in [{word}, …]",
    ),
    "P401.choice_formula": said(
        "'{word}' is a choice, not a field",
        "“{word}”是选项，不是字段",
        "write  {word}  without the =",
        "请去掉 =，直接写 {word}",
    ),
    "P401.choices": said(
        "'{subject}' can hold several choices and cannot be compared like this",
        "“{subject}”可有多个选项，不能这样比较",
        "write  {subject} is a_choice  to ask whether it contains it",
        "请写 {subject} is 选项，表示是否包含",
    ),
    "P401.empty_word": said(
        "'{word}' is not known after 'is'", "is 后面不能写“{word}”", "write  {better}", "请写 {better}"
    ),
    "P401.yes_no": said(
        "'{subject}' is a yes/no and cannot be '{word}'",
        "“{subject}”是“是/否”字段，不能是“{word}”",
        "write  {subject}  or  {subject} is no",
        "请写 {subject} 或 {subject} is no",
    ),
    "P401.no_table": said(
        "'{name}' is {kind}, not a table",
        "“{name}”是{kind_zh}，不是表格",
        "write the name of a table field:  {usage}",
        "请写表格字段的名称：{usage}",
    ),
    "P401.no_column": said(
        "the table '{table}' has no column '{name}'",
        "表格“{table}”没有列“{name}”",
        "its columns: {columns}",
        "可用的列：{columns}",
    ),
    "P401.column_sum": said(
        "'{subject}' is {kind}, and only numbers and amounts can be summed",
        "“{subject}”是{kind_zh}，只有数字和金额可以求和",
        "count its values with  different({subject})",
        "统计不同的值请用  different({subject})",
    ),
    "P401.column_alone": said(
        "'{table}.{name}' is a column and has a value in every row of the table",
        "“{table}.{name}”是表格的列，每一行都有一个值",
        "ask for one number:  sum({table}.{name}),  different({table}.{name})  or  rows({table}, {name} is set)",
        "请改问一个数：sum({table}.{name})、different({table}.{name}) 或 rows({table}, {name} is set)",
    ),
    "P401.step_outcome": said(
        "the step '{step}' has no outcome '{outcome}'",
        "步骤“{step}”没有结果“{outcome}”",
        "it has: {outcomes}",
        "可用：{outcomes}",
    ),
    "P401.function": said(
        "unknown function '{name}'", "未知函数“{name}”", "known functions: {functions}", "可用函数：{functions}"
    ),
    "P401.function_similar": said("unknown function '{name}'", "未知函数“{name}”", _MEANT, _MEANT_ZH),
    "P401.function_bare": said("'{name}' needs brackets", "“{name}”需要括号", "write  {usage}", "请写 {usage}"),
    "P401.arguments": said(
        "'{name}' has too many or too few things in its brackets",
        "“{name}”括号中的内容数目不对",
        "write  {usage}",
        "请写 {usage}",
    ),
    "P401.argument": said(
        "a number is needed, but '{found}' is {kind}",
        "此处需要数字，而“{found}”是{kind_zh}",
        "write  {usage}",
        "请写 {usage}",
    ),
    "P401.moment": said(
        "a day with its time is needed, but '{found}' is {kind}",
        "此处需要日期和时间，而“{found}”是{kind_zh}",
        "write  {usage}",
        "请写 {usage}",
    ),
    "P401.whole": said(
        "{found} is not a whole number of days", "{found} 不是整数天数", "write  {usage}", "请写 {usage}"
    ),
    "P401.step": said("unknown step '{step}'", "未知步骤“{step}”", "steps: {steps}", "步骤：{steps}"),
    "P401.step_similar": said("unknown step '{step}'", "未知步骤“{step}”", _MEANT, _MEANT_ZH),
    "P402.word": said(
        "'{word}' is a word of the language and cannot stand here",
        "“{word}”是保留字，不能写在此处",
        "every comparison needs a value on both sides",
        "比较的两边都要有值",
    ),
    "P402.no_value": said(
        "'{word}' is a reserved word and has no value here",
        "“{word}”是保留字，在此处没有值",
        "use the name of a field",
        "请使用字段名称",
    ),
    "P402.null": said(
        "'null' is a reserved word and cannot stand here",
        "“null”是保留字，不能写在此处",
        "for a field without a value write  is not set",
        "没有值请写 is not set",
    ),
    "P402.on_off": said(
        "'{word}' is a reserved word and cannot stand here",
        "“{word}”是保留字，不能写在此处",
        "write  {better}",
        "请写 {better}",
    ),
    "P402.capitals": said(
        "'{word}' is not known in capital letters", "“{word}”不能用大写字母", "write  {better}", "请写 {better}"
    ),
}
