"""What an author reads when a word is not declared or does not suit its place (P403-P411, P420-P425, P428-P449)."""

from __future__ import annotations

from engine.definition.problems import Sentence

_FIELDS: dict[str, Sentence] = {
    "P403.missing": Sentence(
        "the record field '{field}' does not say of which type",
        "记录字段“{field}”没有说明类型",
        "add  of: <record type>; {meant}",
        "请添加  of: <记录类型>；{meant}",
    ),
    "P403.unknown": Sentence("unknown record type '{record}'", "未知记录类型“{record}”", "{meant}", "{meant}"),
    "P403.case": Sentence(
        "the case field '{field}' does not say of which process",
        "工单字段“{field}”没有说明所属流程",
        "add  of: <process>, or several: [a, b]; {meant}",
        "请添加  of: <流程>，或多个：[a, b]；{meant}",
    ),
    "P404.missing": Sentence(
        "the choice '{field}' has no choices",
        "选择字段“{field}”没有选项",
        "add  choices: {{first: First | 第一, second: Second | 第二}}",
        "请添加  choices: {{first: First | 第一, second: Second | 第二}}",
    ),
    "P405.unknown": Sentence(
        "'{source}' is not an attribute of a record of this process",
        "“{source}”不是本流程中记录的属性",
        "write a record field, a dot and an attribute; {meant}",
        "请写“记录字段.属性”；{meant}",
    ),
    "P405.kind": Sentence(
        "'{source}' is {found}, but this field is {wanted}",
        "“{source}”是{found}，而本字段是{wanted}",
        "change the type of the field, or follow another attribute",
        "请修改字段类型，或改用其他属性",
    ),
    "P408.unknown": Sentence("unknown field '{field}'", "未知字段“{field}”", "{meant}", "{meant}"),
    "P408.not_offered": Sentence(
        "the button '{outcome}' asks for '{field}', which its form does not offer",
        "按钮“{outcome}”要求填写“{field}”，但表单中没有该字段",
        "write it under  optional:  of the form; {meant}",
        "请写入表单的  optional:；{meant}",
    ),
    "P422.twice": Sentence(
        "two steps are called '{step}'",
        "有两个步骤都叫“{step}”",
        "names of steps are unique in the whole process, branches included; rename one",
        "步骤名在整个流程（含分支）中必须唯一；请改名",
    ),
    "P422.field": Sentence(
        "'{name}' is both a field and a step",
        "“{name}”既是字段又是步骤",
        "rename one of them, so that rules and conditions are clear",
        "请为其中之一改名，以免规则和条件产生歧义",
    ),
    "P422.fragment": Sentence(
        "the fragment '{fragment}' also declares '{name}', of another type",
        "片段“{fragment}”也声明了“{name}”，但类型不同",
        "rename it here, or give it the same type",
        "请在此处改名，或使用相同类型",
    ),
    "P428.pattern": Sentence(
        "'{pattern}' is not a pattern of character classes with counts",
        "“{pattern}”不是由字符类和次数组成的格式",
        'write for example  "[A-Z]{{2}}[0-9]{{6,10}}"; groups, |, * and + are not available',
        '请写成例如  "[A-Z]{{2}}[0-9]{{6,10}}"；不能使用分组、|、* 和 +',
    ),
    "P429.unknown": Sentence("unknown kind of file '{kind}'", "未知文件种类“{kind}”", "{meant}", "{meant}"),
    "P435.type": Sentence(
        "'{key}' does not suit the field '{field}', which is of type {type}",
        "“{key}”不适用于类型为 {type} 的字段“{field}”",
        "'{key}' is for fields of type: {types}",
        "“{key}”适用于类型：{types}",
    ),
    "P435.day": Sentence(
        "'{field}' is a day, and now is an hour of it",
        "“{field}”是日期，而 now 是时刻",
        "write  {key}: today",
        "请写  {key}: today",
    ),
    "P435.range": Sentence(
        "the largest value of '{field}' is smaller than its smallest",
        "字段“{field}”的最大值小于最小值",
        "exchange min and max",
        "请对调 min 和 max",
    ),
    "P436.choice": Sentence("'{text}' is not one of the choices", "“{text}”不是可选项", "{meant}", "{meant}"),
    "P436.kind": Sentence(
        "'{text}' does not fit: {kind} is needed here",
        "“{text}”不合适：此处需要{kind}",
        "write such a value, or a formula that begins with =",
        "请写这样的值，或以 = 开头的公式",
    ),
    "P411.date": Sentence(
        "'{text}' is not a date",
        "“{text}”不是日期",
        "write year-month-day, such as 2026-03-02, or a formula such as  = today",
        "请写成“年-月-日”，如 2026-03-02，或公式  = today",
    ),
    "P411.datetime": Sentence(
        "'{text}' is not a date with a time",
        "“{text}”不是日期时间",
        "write it like 2026-03-02 09:00, or a formula such as  = now",
        "请写成 2026-03-02 09:00，或公式  = now",
    ),
}

_WORDS: dict[str, Sentence] = {
    "P406.unknown": Sentence("unknown calendar '{calendar}'", "未知日历“{calendar}”", "{meant}", "{meant}"),
    "P407.unknown": Sentence("unknown role '{role}'", "未知角色“{role}”", "{meant}", "{meant}"),
    "P409.unknown": Sentence("unknown milestone '{milestone}'", "未知里程碑“{milestone}”", "{meant}", "{meant}"),
    "P410.english": Sentence(
        "'{text}' has no English text",
        "“{text}”缺少英文",
        "write  English | 中文; until then the Chinese text is shown",
        "请写成  English | 中文；在此之前显示中文",
        level="warning",
    ),
    "P410.chinese": Sentence(
        "'{text}' has no Chinese text",
        "“{text}”缺少中文",
        "write  English | 中文; until then the English text is shown",
        "请写成  English | 中文；在此之前显示英文",
        level="warning",
    ),
    "P420.unknown": Sentence("unknown operation '{operation}'", "未知接口操作“{operation}”", "{meant}", "{meant}"),
    "P421.unknown": Sentence(
        "'{operation}' takes no '{argument}'", "“{operation}”没有参数“{argument}”", "{meant}", "{meant}"
    ),
    "P421.missing": Sentence(
        "'{operation}' needs '{argument}'",
        "“{operation}”需要参数“{argument}”",
        "add  {argument}: = <field>  under 'with'",
        "请在 with 下添加  {argument}: = <字段>",
    ),
    "P421.result": Sentence("'{operation}' gives no '{result}'", "“{operation}”不返回“{result}”", "{meant}", "{meant}"),
    "P473.attribute": Sentence(
        "'{attribute}' is no text of {record}, so nothing is announced when it changes",
        "“{attribute}”不是“{record}”的文本项，其变化无法触发事件",
        "write one of: {known}",
        "可写：{known}",
    ),
    "P473.nothing": Sentence(
        "it is not said what makes the event '{event}' happen",
        "未说明何时触发事件“{event}”",
        "write the values, such as  becomes: shipped, or a day, such as  at: 30 days before",
        "请写出取值，例如  becomes: shipped；或写出日子，例如  at: 30 days before",
    ),
    "P471.at": Sentence(
        "'{text}' is not a time of day", "“{text}”不是一天中的时刻", "write  at: 09:00", "请写  at: 09:00"
    ),
    "P471.used": Sentence(
        "'{text}' is not a share of the time", "“{text}”不是时间比例", "write  used: 60 %", "请写  used: 60 %"
    ),
    "P471.nothing": Sentence(
        "this list does not say what to list",
        "此清单没有说明要列出什么",
        "write  process: <process>,  overdue: true  or  mine: [overdue, today]",
        "请写  process: <流程>、overdue: true  或  mine: [overdue, today]",
    ),
    "P471.mine": Sentence(
        "a list of somebody's own tasks takes nothing beside 'mine'",
        "列出本人任务的清单中，mine 之外不能再写其他键",
        "make two lists of it",
        "请拆成两个清单",
    ),
    "P471.process": Sentence(
        "there is no process '{process}' yet", "尚无流程“{process}”", "{meant}", "{meant}", level="warning"
    ),
    "P471.step": Sentence("'{process}' has no step '{step}'", "“{process}”没有步骤“{step}”", "{meant}", "{meant}"),
    "P471.steps": Sentence(
        "steps are named, but not of which process",
        "写了步骤，但没有写是哪个流程的",
        "add  process: <process>",
        "请添加  process: <流程>",
    ),
    "P423.unknown": Sentence("unknown step '{step}'", "未知步骤“{step}”", "{meant}", "{meant}"),
    "P424.unknown": Sentence("'{path}' leads to nobody", "“{path}”找不到人员", "{meant}", "{meant}"),
    "P424.no_user": Sentence(
        "'{path}' is not a person",
        "“{path}”不是人员",
        "name a field of type user, or such an attribute of a record; {meant}",
        "请写 user 类型的字段，或记录中的人员属性；{meant}",
    ),
    "P424.no_field": Sentence(
        "'{path}' holds no person, so a case cannot be about them",
        "字段“{path}”不是人员，无法据此判断工单涉及何人",
        "name a field of type user; {meant}",
        "请写 user 类型的字段；{meant}",
    ),
    "P425.match": Sentence(
        "'{field}' is not a field that an event can be matched with",
        "“{field}”不是可用于匹配事件的字段",
        "{meant}",
        "{meant}",
    ),
    "P425.mixed": Sentence(
        "this event concerns one row of '{table}', and '{field}' is no column of it",
        "该事件针对“{table}”中的一行，而“{field}”不是它的列",
        "match columns of one table only, such as  {table}.tracking_no",
        "请只匹配同一表格的列，例如  {table}.tracking_no",
    ),
    "P425.type": Sentence("'{kind}' is not a kind of value", "“{kind}”不是值的类型", "{meant}", "{meant}"),
    "P445.call": Sentence(
        "'{operation}' is called where nobody can wait for its answer",
        "在此处调用“{operation}”无法等待其结果",
        "give the call a step of its own with  do: [call: {operation}]",
        "请为调用单设一个步骤：do: [call: {operation}]",
    ),
    "P446.subject": Sentence(
        "'{field}' is not a record field, so no case could be listed under it",
        "“{field}”不是记录字段，无法按它归类案件",
        "{meant}",
        "{meant}",
    ),
    "P446.list": Sentence(
        "'{field}' is nothing that a line of a list has room for",
        "“{field}”无法在列表的一行中显示",
        "{meant}",
        "{meant}",
    ),
    "P446.many": Sentence(
        "A list shows {count} things of a case, and has room for {most}",
        "列表中列出了 {count} 项，最多可显示 {most} 项",
        "keep those by which people choose the next case",
        "只保留人们据以选择工单的项目",
    ),
    "P447.unknown": Sentence(
        "'{word}' is neither someone who is waited for nor a step",
        "“{word}”既不是等待对象，也不是步骤",
        "{meant}",
        "{meant}",
    ),
    "P447.step": Sentence(
        "'{word}' is not a step, so '{step}' cannot stand still for it",
        "“{word}”不是步骤，“{step}”无法为其暂停计时",
        "{meant}",
        "{meant}",
    ),
    "P447.beside": Sentence(
        "a case is never in '{step}' and in '{word}' at once, so this changes nothing",
        "工单不会同时处于“{step}”和“{word}”，此处暂停计时不起作用",
        "name a step of another branch, or one inside this step",
        "请写其他分支中的步骤，或本步骤内部的步骤",
    ),
    "P447.circle": Sentence(
        "the clock of '{step}' stands still for a step whose own clock stands still for it, so both could be forgotten",
        "“{step}”与另一步骤互相暂停计时，两者都可能被遗忘",
        "let the clock of one of them run: take its pause_while away",
        "请让其中一个继续计时：删去它的 pause_while",
    ),
    "P475.step": Sentence(
        "'{step}' is no step that a case can be moved to by hand: a task, a waiting step, a child case or an end",
        "“{step}”不是可手动移入的步骤：须为任务、等待步骤、子工单或结束",
        "{meant}",
        "{meant}",
    ),
    "P448.key": Sentence(
        "'{key}' is not an attribute of '{record}', so nothing could be looked up by it",
        "“{key}”不是“{record}”的属性，无法按它查找",
        "{meant}",
        "{meant}",
    ),
    "P449.word": Sentence(
        "'{word}' has no meaning in a case number",
        "“{word}”在单号中没有含义",
        "possible: {{year}} and {{seq}}",
        "可用：{{year}} 和 {{seq}}",
    ),
    "P449.seq": Sentence(
        "by '{pattern}' every case would get the same number",
        "按“{pattern}”所有工单的单号都会相同",
        "add {{seq}}, which counts the cases",
        "请加上 {{seq}}，即流水号",
    ),
    "P449.taken": Sentence(
        "by '{pattern}' cases would get the numbers of those of process '{other}'",
        "按“{pattern}”编号会与流程“{other}”的单号重复",
        "begin it with letters of its own",
        "请使用不同的前缀",
    ),
}

SENTENCES: dict[str, Sentence] = _FIELDS | _WORDS
