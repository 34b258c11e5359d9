"""Sentences on how conditions and formulas are written (P401): characters, brackets, comparisons, lists."""

from __future__ import annotations

from engine.definition.problems import Sentence


def said(en: str, zh: str, hint: str = "", zh_hint: str = "") -> Sentence:
    """A sentence on an expression, which it quotes first."""
    return Sentence("{what} '{condition}': " + en, "{what_zh}“{condition}”：" + zh, hint, zh_hint)


SENTENCES: dict[str, Sentence] = {
    "P401.empty": Sentence(
        "a {what} is missing here", "此处缺少{what_zh}", "write for example  amount > 5000", "例如：amount > 5000"
    ),
    "P401.long": said(
        "{length} characters are too long (at most {most})",
        "共 {length} 个字符，过长（最多 {most} 个）",
        "divide it into several rows, or keep a part of it in a yes_no field",
        "请拆成多行，或把一部分存为 yes_no 字段",
    ),
    "P401.nodes": said(
        "there are too many parts (at most {most})",
        "组成部分过多（最多 {most} 个）",
        "divide it into several rows, or use  in [a, b, c]",
        "请拆成多行，或使用 in [a, b, c]",
    ),
    "P401.deep": said(
        "brackets and 'not' are nested too deep (at most {most} levels)",
        "括号和 not 嵌套过深（最多 {most} 层）",
        "leave out brackets that are not needed",
        "请去掉多余的括号",
    ),
    "P401.character": said(
        "the character {character} means nothing here",
        "此处不能使用字符 {character}",
        "texts stand in 'quotes'; names have letters, digits and _",
        "文本要放在'引号'中；名称只含字母、数字和 _",
    ),
    "P401.wide_character": said(
        "'{character}' is not the character that is needed",
        "“{character}”是中文（全角）字符",
        "type  {plain}  with the keyboard set to English",
        "请在英文输入状态下输入 {plain}",
    ),
    "P401.equals": said(
        "a single = does not compare", "单个 = 不能用于比较", "write  ==  or, for a choice,  is", "请写 ==，选项可写 is"
    ),
    "P401.other_sign": said("'{sign}' is not known here", "此处没有“{sign}”", "write  {better}", "请写 {better}"),
    "P401.arithmetic": said(
        "'{sign}' is not available; only + and - are",
        "不能使用“{sign}”，只有 + 和 -",
        "let a form ask for the result, or work it out in the system it comes from",
        "请在表单中填写结果，或由来源系统计算",
    ),
    "P401.open_quote": said(
        "a text begins with {quote} and does not end",
        "文本以 {quote} 开始却没有结束",
        "add the second {quote}",
        "请补上另一个 {quote}",
    ),
    "P401.number": said(
        "'{found}' is not a number",
        "“{found}”不是数字",
        "write numbers like  5000  or  12.50",
        "数字请写成 5000 或 12.50",
    ),
    "P401.date": said(
        "'{found}' is not a date", "“{found}”不是日期", "write dates like  2026-03-02", "日期请写成 2026-03-02"
    ),
    "P401.time_of_day": said(
        "a time of day cannot be written after the date {date}",
        "日期 {date} 后面不能写时间",
        "compare with the date alone",
        "请只与日期比较",
    ),
    "P401.minus": said(
        "a minus sign can only stand between two values or before a number",
        "减号只能放在两个值之间或数字之前",
        "write  0 - amount  for the opposite of a field",
        "字段取负请写 0 - amount",
    ),
    "P401.expected": said("{expected} is needed here, not '{found}'", "此处需要{expected_zh}，而不是“{found}”"),
    "P401.ends": said("it ends where {expected} is needed", "此处需要{expected_zh}，内容却已结束"),
    "P401.left_over": said(
        "'{found}' is not expected here",
        "此处不应出现“{found}”",
        "join two conditions with 'and' or 'or'; texts stand in 'quotes'",
        "两个条件用 and 或 or 连接；文本放在'引号'中",
    ),
    "P401.chained": said(
        "'{found}' begins a second comparison",
        "“{found}”又开始了一个比较",
        "one comparison at a time:  a > 1 and a < 5",
        "每次只能比较一次：a > 1 and a < 5",
    ),
    "P401.closing": said("this {closing} was never opened", "这个 {closing} 没有对应的开括号", "remove it", "请删除"),
    "P401.open_bracket": said(
        "this {opening} is not closed", "这个 {opening} 没有关闭", "add  {closing}", "请补上 {closing}"
    ),
    "P401.index": said(
        "nothing can be picked with [ ] here",
        "此处不能用 [ ] 取值",
        "a part of a record is written with a dot:  sn.warranty_until",
        "记录的内容用点表示：sn.warranty_until",
    ),
    "P401.method": said(
        "'{found}' cannot be called",
        "不能调用“{found}”",
        "a part of a record stands without brackets",
        "记录的内容不带括号",
    ),
    "P401.no_brackets": said("'{name}' stands without brackets", "“{name}”不带括号", "write  {name}", "请写 {name}"),
    "P401.is_word": said(
        "after 'is' a choice, yes, no or set is needed, not '{found}'",
        "is 后面应为选项、yes、no 或 set，而不是“{found}”",
        "compare numbers, dates and fields with  ==",
        "数字、日期和字段请用 == 比较",
    ),
    "P401.list": said(
        "after 'in' a list in square brackets is needed, not '{found}'",
        "in 后面应为方括号列表，而不是“{found}”",
        "write  in [repair, replace]",
        "请写 in [repair, replace]",
    ),
    "P401.list_place": said("a list can only stand after 'in'", "列表只能放在 in 后面"),
    "P401.empty_list": said("the list is empty", "列表为空", "name at least one choice", "请至少写一个选项"),
    "P401.list_item": said(
        "'{found}' cannot stand in a list",
        "列表中不能写“{found}”",
        "a list holds choices, numbers, dates or 'texts'",
        "列表中可写选项、数字、日期或'文本'",
    ),
}
