"""Sentences on conditions and formulas: how they are written (P401, P402), whether they choose in every case (P430-P432)."""

from __future__ import annotations

from engine.definition.problems import Sentence

_IN = "{what} '{condition}': "
_IN_ZH = "{what_zh}“{condition}”："
_MEANT = "did you mean '{similar}'?"
_MEANT_ZH = "是否想写“{similar}”？"


def _said(en: str, zh: str, hint: str = "", zh_hint: str = "") -> Sentence:
    return Sentence(_IN + en, _IN_ZH + zh, hint, zh_hint)


_WRITING: dict[str, Sentence] = {
    "P401.empty": Sentence(
        "a {what} is missing here", "此处缺少{what_zh}", "write for example  amount > 5000", "例如：amount > 5000"
    ),
    "P401.long": _said(
        "{length} characters are too long (at most {most})",
        "共 {length} 个字符，过长（最多 {most} 个）",
        "divide it into several rows, or keep a part of it in a yes_no field",
        "请拆成多行，或把一部分存为 yes_no 字段",
    ),
    "P401.nodes": _said(
        "there are too many parts (at most {most})",
        "组成部分过多（最多 {most} 个）",
        "divide it into several rows, or use  in [a, b, c]",
        "请拆成多行，或使用 in [a, b, c]",
    ),
    "P401.deep": _said(
        "brackets and 'not' are nested too deep (at most {most} levels)",
        "括号和 not 嵌套过深（最多 {most} 层）",
        "leave out brackets that are not needed",
        "请去掉多余的括号",
    ),
    "P401.character": _said(
        "the character {character} means nothing here",
        "此处不能使用字符 {character}",
        "texts stand in 'quotes'; names have letters, digits and _",
        "文本要放在'引号'中；名称只含字母、数字和 _",
    ),
    "P401.wide_character": _said(
        "'{character}' is not the character that is needed",
        "“{character}”是中文（全角）字符",
        "type  {plain}  with the keyboard set to English",
        "请在英文输入状态下输入 {plain}",
    ),
    "P401.equals": _said(
        "a single = does not compare", "单个 = 不能用于比较", "write  ==  or, for a choice,  is", "请写 ==，选项可写 is"
    ),
    "P401.other_sign": _said("'{sign}' is not known here", "此处没有“{sign}”", "write  {better}", "请写 {better}"),
    "P401.arithmetic": _said(
        "'{sign}' is not available; only + and - are",
        "不能使用“{sign}”，只有 + 和 -",
        "let a form ask for the result, or work it out in the system it comes from",
        "请在表单中填写结果，或由来源系统计算",
    ),
    "P401.open_quote": _said(
        "a text begins with {quote} and does not end",
        "文本以 {quote} 开始却没有结束",
        "add the second {quote}",
        "请补上另一个 {quote}",
    ),
    "P401.number": _said(
        "'{found}' is not a number",
        "“{found}”不是数字",
        "write numbers like  5000  or  12.50",
        "数字请写成 5000 或 12.50",
    ),
    "P401.date": _said(
        "'{found}' is not a date", "“{found}”不是日期", "write dates like  2026-03-02", "日期请写成 2026-03-02"
    ),
    "P401.time_of_day": _said(
        "a time of day cannot be written after the date {date}",
        "日期 {date} 后面不能写时间",
        "compare with the date alone",
        "请只与日期比较",
    ),
    "P401.minus": _said(
        "a minus sign can only stand between two values or before a number",
        "减号只能放在两个值之间或数字之前",
        "write  0 - amount  for the opposite of a field",
        "字段取负请写 0 - amount",
    ),
    "P401.expected": _said("{expected} is needed here, not '{found}'", "此处需要{expected_zh}，而不是“{found}”"),
    "P401.ends": _said("it ends where {expected} is needed", "此处需要{expected_zh}，内容却已结束"),
    "P401.left_over": _said(
        "'{found}' is not expected here",
        "此处不应出现“{found}”",
        "join two conditions with 'and' or 'or'; texts stand in 'quotes'",
        "两个条件用 and 或 or 连接；文本放在'引号'中",
    ),
    "P401.chained": _said(
        "'{found}' begins a second comparison",
        "“{found}”又开始了一个比较",
        "one comparison at a time:  a > 1 and a < 5",
        "每次只能比较一次：a > 1 and a < 5",
    ),
    "P401.closing": _said("this {closing} was never opened", "这个 {closing} 没有对应的开括号", "remove it", "请删除"),
    "P401.open_bracket": _said(
        "this {opening} is not closed", "这个 {opening} 没有关闭", "add  {closing}", "请补上 {closing}"
    ),
    "P401.index": _said(
        "nothing can be picked with [ ] here",
        "此处不能用 [ ] 取值",
        "a part of a record is written with a dot:  sn.warranty_until",
        "记录的内容用点表示：sn.warranty_until",
    ),
    "P401.method": _said(
        "'{found}' cannot be called",
        "不能调用“{found}”",
        "a part of a record stands without brackets",
        "记录的内容不带括号",
    ),
    "P401.no_brackets": _said("'{name}' stands without brackets", "“{name}”不带括号", "write  {name}", "请写 {name}"),
    "P401.is_word": _said(
        "after 'is' a choice, yes, no or set is needed, not '{found}'",
        "is 后面应为选项、yes、no 或 set，而不是“{found}”",
        "compare numbers, dates and fields with  ==",
        "数字、日期和字段请用 == 比较",
    ),
    "P401.list": _said(
        "after 'in' a list in square brackets is needed, not '{found}'",
        "in 后面应为方括号列表，而不是“{found}”",
        "write  in [repair, replace]",
        "请写 in [repair, replace]",
    ),
    "P401.list_place": _said("a list can only stand after 'in'", "列表只能放在 in 后面"),
    "P401.empty_list": _said("the list is empty", "列表为空", "name at least one choice", "请至少写一个选项"),
    "P401.list_item": _said(
        "'{found}' cannot stand in a list",
        "列表中不能写“{found}”",
        "a list holds choices, numbers, dates or 'texts'",
        "列表中可写选项、数字、日期或'文本'",
    ),
}

_NAMES: dict[str, Sentence] = {
    "P401.name": _said("unknown name '{name}'", "未知名称“{name}”", "known here: {known}", "此处可用：{known}"),
    "P401.name_similar": _said("unknown name '{name}'", "未知名称“{name}”", _MEANT, _MEANT_ZH),
    "P401.name_earlier": _said(
        "'earlier' is the earlier case about the same, and this process does not say when cases are alike",
        "“earlier”表示之前的同样工单，但本流程没有说明何时视为同样",
        "add to the process  alike: {{by: [[sn, cause_code]], within: 180 days}}",
        "请在流程中添加  alike: {{by: [[sn, cause_code]], within: 180 days}}",
    ),
    "P401.part": _said("'{owner}' has no '{name}'", "“{owner}”没有“{name}”", "it has: {known}", "可用：{known}"),
    "P401.part_similar": _said("'{owner}' has no '{name}'", "“{owner}”没有“{name}”", _MEANT, _MEANT_ZH),
    "P401.no_parts": _said(
        "'{owner}' is {kind}; '.{name}' cannot follow it", "“{owner}”是{kind_zh}，后面不能写“.{name}”"
    ),
    "P401.choice": _said(
        "'{word}' is not a choice of '{subject}' (choices: {choices})",
        "“{word}”不是“{subject}”的选项（选项：{choices}）",
        "use one of these, or add it to the choices of the field",
        "请使用其中之一，或在字段中增加该选项",
    ),
    "P401.choice_similar": _said(
        "'{word}' is not a choice of '{subject}' (choices: {choices})",
        "“{word}”不是“{subject}”的选项（选项：{choices}）",
        _MEANT,
        _MEANT_ZH,
    ),
    "P401.choice_empty": _said(
        "'{word}' is not a choice of '{subject}' (choices: {choices})",
        "“{word}”不是“{subject}”的选项（选项：{choices}）",
        "for a field without a value write  is not set",
        "没有值请写 is not set",
    ),
    "P401.choice_as_name": _said(
        "'{word}' is a choice, not a field",
        "“{word}”是选项，不是字段",
        "write  {field} is {word}  or  {field} in [{word}, …]",
        "请写 {field} is {word} 或 {field} in [{word}, …]",
    ),
    "P401.choice_formula": _said(
        "'{word}' is a choice, not a field",
        "“{word}”是选项，不是字段",
        "write  {word}  without the =",
        "请去掉 =，直接写 {word}",
    ),
    "P401.choices": _said(
        "'{subject}' can hold several choices and cannot be compared like this",
        "“{subject}”可有多个选项，不能这样比较",
        "write  {subject} is a_choice  to ask whether it contains it",
        "请写 {subject} is 选项，表示是否包含",
    ),
    "P401.empty_word": _said(
        "'{word}' is not known after 'is'", "is 后面不能写“{word}”", "write  {better}", "请写 {better}"
    ),
    "P401.yes_no": _said(
        "'{subject}' is a yes/no and cannot be '{word}'",
        "“{subject}”是“是/否”字段，不能是“{word}”",
        "write  {subject}  or  {subject} is no",
        "请写 {subject} 或 {subject} is no",
    ),
    "P401.no_table": _said(
        "'{name}' is {kind}, not a table",
        "“{name}”是{kind_zh}，不是表格",
        "write the name of a table field:  {usage}",
        "请写表格字段的名称：{usage}",
    ),
    "P401.no_column": _said(
        "the table '{table}' has no column '{name}'",
        "表格“{table}”没有列“{name}”",
        "its columns: {columns}",
        "可用的列：{columns}",
    ),
    "P401.column_sum": _said(
        "'{subject}' is {kind}, and only numbers and amounts can be summed",
        "“{subject}”是{kind_zh}，只有数字和金额可以求和",
        "count its values with  different({subject})",
        "统计不同的值请用  different({subject})",
    ),
    "P401.column_alone": _said(
        "'{table}.{name}' is a column and has a value in every row of the table",
        "“{table}.{name}”是表格的列，每一行都有一个值",
        "ask for one number:  sum({table}.{name}),  different({table}.{name})  or  rows({table}, {name} is set)",
        "请改问一个数：sum({table}.{name})、different({table}.{name}) 或 rows({table}, {name} is set)",
    ),
    "P401.step_outcome": _said(
        "the step '{step}' has no outcome '{outcome}'",
        "步骤“{step}”没有结果“{outcome}”",
        "it has: {outcomes}",
        "可用：{outcomes}",
    ),
    "P401.function": _said(
        "unknown function '{name}'", "未知函数“{name}”", "known functions: {functions}", "可用函数：{functions}"
    ),
    "P401.function_similar": _said("unknown function '{name}'", "未知函数“{name}”", _MEANT, _MEANT_ZH),
    "P401.function_bare": _said("'{name}' needs brackets", "“{name}”需要括号", "write  {usage}", "请写 {usage}"),
    "P401.arguments": _said(
        "'{name}' has too many or too few things in its brackets",
        "“{name}”括号中的内容数目不对",
        "write  {usage}",
        "请写 {usage}",
    ),
    "P401.argument": _said(
        "a number is needed, but '{found}' is {kind}",
        "此处需要数字，而“{found}”是{kind_zh}",
        "write  {usage}",
        "请写 {usage}",
    ),
    "P401.moment": _said(
        "a day with its time is needed, but '{found}' is {kind}",
        "此处需要日期和时间，而“{found}”是{kind_zh}",
        "write  {usage}",
        "请写 {usage}",
    ),
    "P401.whole": _said(
        "{found} is not a whole number of days", "{found} 不是整数天数", "write  {usage}", "请写 {usage}"
    ),
    "P401.step": _said("unknown step '{step}'", "未知步骤“{step}”", "steps: {steps}", "步骤：{steps}"),
    "P401.step_similar": _said("unknown step '{step}'", "未知步骤“{step}”", _MEANT, _MEANT_ZH),
    "P402.word": _said(
        "'{word}' is a word of the language and cannot stand here",
        "“{word}”是保留字，不能写在此处",
        "every comparison needs a value on both sides",
        "比较的两边都要有值",
    ),
    "P402.no_value": _said(
        "'{word}' is a reserved word and has no value here",
        "“{word}”是保留字，在此处没有值",
        "use the name of a field",
        "请使用字段名称",
    ),
    "P402.null": _said(
        "'null' is a reserved word and cannot stand here",
        "“null”是保留字，不能写在此处",
        "for a field without a value write  is not set",
        "没有值请写 is not set",
    ),
    "P402.on_off": _said(
        "'{word}' is a reserved word and cannot stand here",
        "“{word}”是保留字，不能写在此处",
        "write  {better}",
        "请写 {better}",
    ),
    "P402.capitals": _said(
        "'{word}' is not known in capital letters", "“{word}”不能用大写字母", "write  {better}", "请写 {better}"
    ),
}

_KINDS: dict[str, Sentence] = {
    "P401.not_condition": _said(
        "'{subject}' is {kind}, not a condition",
        "“{subject}”是{kind_zh}，不是条件",
        "a condition compares, for example  amount > 5000",
        "条件需要比较，例如 amount > 5000",
    ),
    "P401.not_condition_as": _said(
        "'{subject}' is {kind}, not a condition",
        "“{subject}”是{kind_zh}，不是条件",
        "write for example  {example}",
        "例如：{example}",
    ),
    "P401.wanted": _said(
        "'{subject}' is {kind}, but {wanted} is needed here", "“{subject}”是{kind_zh}，而此处需要{wanted_zh}"
    ),
    "P401.kinds": _said(
        "{left} cannot be compared with {right}",
        "{left_zh}不能与{right_zh}比较",
        "compare two values of one kind",
        "请比较同一类型的值",
    ),
    "P401.order": _said(
        "{kind} has no order for '{sign}'",
        "{kind_zh}不能用“{sign}”比较大小",
        "numbers, amounts and dates have one; otherwise use  ==  or  !=",
        "只有数字、金额和日期可比较大小；其他请用 == 或 !=",
    ),
    "P401.quoted": _said(
        "'{subject}' is {kind}, but '{text}' in quotes is a text",
        "“{subject}”是{kind_zh}，而带引号的“{text}”是文本",
        "numbers and dates stand without quotes",
        "数字和日期不加引号",
    ),
    "P401.blank": _said(
        "an empty text equals nothing",
        "空文本不等于任何值",
        "write  {subject} is not set",
        "请写 {subject} is not set",
    ),
    "P401.unquoted": _said(
        "'{subject}' is a text, so '{item}' needs quotes",
        "“{subject}”是文本，“{item}”需要引号",
        "write  '{item}'",
        "请写 '{item}'",
    ),
    "P401.item": _said("'{subject}' is {kind} and can never be '{item}'", "“{subject}”是{kind_zh}，不可能是“{item}”"),
    "P401.is_text": _said(
        "'{subject}' is a text; after 'is' stands a choice",
        "“{subject}”是文本；is 后面应为选项",
        "write  {subject} == '{word}'",
        "请写 {subject} == '{word}'",
    ),
    "P401.is_kind": _said(
        "'{subject}' is {kind} and can never be '{word}'",
        "“{subject}”是{kind_zh}，不可能是“{word}”",
        "'is' asks for a choice, for yes or no, or  is set",
        "is 用于选项、yes/no 或 is set",
    ),
    "P401.is_subject": _said(
        "'{subject}' is not a field; 'is' asks about a field",
        "“{subject}”不是字段；is 用于字段",
        "compare with  ==  instead",
        "请改用 == 比较",
    ),
    "P401.not_addable": _said(
        "'{subject}' is {kind} and cannot stand in a sum",
        "“{subject}”是{kind_zh}，不能加减",
        "only numbers, amounts and dates can",
        "只有数字、金额和日期可以加减",
    ),
    "P401.sum": _said(
        "{left} {sign} {right} makes no sense",
        "{left_zh} {sign} {right_zh} 没有意义",
        "write the date first:  promised_on + 3",
        "请把日期写在前面：promised_on + 3",
    ),
    "P401.sum_dates": _said(
        "{left} {sign} {right} makes no sense",
        "{left_zh} {sign} {right_zh} 没有意义",
        "a date takes a number of days; two dates can only be subtracted",
        "日期可加减天数；两个日期只能相减",
    ),
}

_CHOOSING: dict[str, Sentence] = {
    "P430.uncovered": Sentence(
        "after {where}: nothing is chosen when {example}",
        "在 {where} 之后：当 {example} 时没有任何选择",
        "add a last row  - otherwise: <step>",
        "请在最后加一行  - otherwise: <步骤>",
    ),
    "P430.too_many": Sentence(
        "after {where}: there are too many combinations to try (more than {most})",
        "在 {where} 之后：组合过多，无法逐一检查（超过 {most} 种）",
        "add a last row  - otherwise: <step>",
        "请在最后加一行  - otherwise: <步骤>",
    ),
    "P431.never": Sentence(
        "after {where}: row {row} ('{condition}') is never reached",
        "在 {where} 之后：第 {row} 行（“{condition}”）永远不会用到",
        "an earlier row already holds in all these cases; remove the row or move it up",
        "前面的行已包含这些情况；请删除该行或将其上移",
    ),
    "P431.after_otherwise": Sentence(
        "after {where}: row {row} stands after 'otherwise' and is never reached",
        "在 {where} 之后：第 {row} 行位于 otherwise 之后，永远不会用到",
        "'otherwise' must be the last row",
        "otherwise 必须是最后一行",
    ),
    "P432.condition": Sentence(
        "'{path}' may still be empty when the condition '{condition}' is asked",
        "判断条件“{condition}”时，“{path}”可能仍为空",
        "ask for it in an earlier form, or write  {path} is set and …",
        "请在之前的表单中填写，或写 {path} is set and …",
        level="warning",
    ),
    "P432.value": Sentence(
        "'{path}' may still be empty when the formula '{condition}' is worked out",
        "计算公式“{condition}”时，“{path}”可能仍为空",
        "ask for it in an earlier form",
        "请在之前的表单中填写",
        level="warning",
    ),
    "P432.hand_over": Sentence(
        "'{path}' may still be empty when it is handed over as '{target}'",
        "“{path}”作为“{target}”传递时可能仍为空",
        "ask for it in an earlier form",
        "请在之前的表单中填写",
        level="warning",
    ),
    "P432.mail": Sentence(
        "'{path}' may still be empty when the mail '{mail}' is written",
        "撰写邮件“{mail}”时，“{path}”可能仍为空",
        "ask for it in an earlier form",
        "请在之前的表单中填写",
        level="warning",
    ),
}

SENTENCES: dict[str, Sentence] = _WRITING | _NAMES | _KINDS | _CHOOSING
