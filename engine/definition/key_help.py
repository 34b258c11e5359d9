"""One sentence for every key of the language: what an editor shows beside it while an author types.

`Part.key` for a key of one part, `key` alone where it means the same everywhere.
"""

from __future__ import annotations

from engine.definition.model.basics import Part
from engine.definition.texts import Text


def help_for(part: type[Part], key: str) -> Text:
    """What this key of this part means. Raises KeyError for a key that nobody has explained."""
    return _HELP.get(f"{part.__name__}.{key}") or _HELP[key]


_HELP: dict[str, Text] = {
    # the same everywhere
    "label": Text("Name shown to people: English | 中文", "显示给人看的名称：English | 中文"),
    "help": Text("A hint shown below the name: English | 中文", "名称下方的提示：English | 中文"),
    "about": Text("What this is for, in one sentence", "一句话说明用途"),
    "version": Text("A whole number, one higher with every published change", "整数，每次发布变更加一"),
    "milestone": Text("The status the customer sees from now on", "从此刻起客户看到的状态"),
    "category": Text(
        "How lists count a case that is here: open, waiting_customer, waiting_internal or done (only the follow-up is missing)",
        "工单在此步骤时在列表中的归类：open、waiting_customer、waiting_internal 或 done（仅待回访）",
    ),
    "next": Text("Where it goes: a step, or rows of when / then / otherwise", "去向：一个步骤，或 when / then / otherwise 行"),
    "do": Text("Actions carried out here, one after the other", "在此依次执行的动作"),
    "with": Text("Values handed over; a leading = makes a formula", "传入的值；以 = 开头为公式"),
    "when": Text("A condition: the rest counts only if it holds", "条件：成立时才生效"),
    "timers": Text(
        "What happens as time passes: the name of a ladder, or rows that begin with 'at'",
        "随时间发生的事：升级阶梯的名称，或以 at 开头的行",
    ),
    "due": Text(
        "The deadline: a duration from entry ('in total': over all visits), a date field, or rows of when / then",
        "期限：自进入起的时长（“共…”为各次停留累计）、日期字段，或 when / then 行",
    ),
    "calendar": Text("Opening hours used for working times", "计算工作时间所用的日历"),
    "fields": Text("Everything that is asked or kept, declared once; forms only name it", "所有要填写或保存的内容，只声明一次"),
    "events": Text("What can be heard from outside", "可以接收的外部事件"),
    "mails": Text("Mail templates", "邮件模板"),
    "steps": Text("The steps, by id; the first one begins", "各步骤（按标识）；从第一个开始"),
    "ladders": Text("Escalation ladders by name", "按名称列出的升级阶梯"),
    "draft_mail": Text("Prepare this mail; a person confirms it before it leaves", "拟好这封邮件，由人确认后发出"),
    "withdraw_mail": Text(
        "Put away drafts of this mail that nobody has confirmed yet", "撤下尚未确认的该邮件草稿"
    ),
    "template": Text("The mail template to use", "所用邮件模板"),
    "mail": Text("Mail these roles at once (staff only)", "立即发邮件给这些角色（仅限员工）"),
    "form": Text("What is shown and asked", "显示与填写的内容"),
    "role": Text("The role or roles, or rows of when / then", "角色，或 when / then 行"),
    "from": Text("Where it comes from", "来源"),
    "set": Text("Fields that get a value: {field: value}", "赋值的字段：{字段: 值}"),
    # files
    "process": Text("The id of the process: small letters, digits and _", "流程标识：小写字母、数字和 _"),
    "library": Text("The id of this shared file", "共用文件的标识"),
    "fragments": Text("Groups of steps that several processes use", "多个流程共用的步骤组"),
    "number": Text("Pattern of the case number, with {year} and {seq}", "单号格式，可用 {year} 和 {seq}"),
    "subject": Text("The record field under which a case is listed", "工单归入哪个档案字段"),
    "ProcessFile.list": Text("Fields that a list of these cases shows, in this order: [measure, shipped_on]", "工单列表中显示的字段及其顺序：[measure, shipped_on]"),
    "owner": Text("Who answers for the case: starter (of a case that another one opened, the owner of that one), or a path to a user", "工单负责人：starter（由其他工单开立的，为该工单的负责人）或指向用户的路径"),
    "owner_not": Text("Fields that name a person whom a case is about: never its owner", "所指人员不得为工单负责人的字段"),
    "urgent_when": Text(
        "A condition under which a case stands on top of the inbox and mails to staff leave at once, day and night",
        "满足此条件的工单在待办中置顶，发给员工的邮件不分昼夜立即发出",
    ),
    "urgent_says": Text(
        "What makes the case urgent and whom to call, with {{ names }}: staff read it first, in mails, notices and tasks",
        "紧急事由及联系对象，可用 {{ 字段 }}：员工在邮件、提醒和任务中最先看到",
    ),
    "alike": Text("When two cases of this process are about the same", "何时视为同样的工单"),
    "by": Text("Lists of fields; all of one list agree: [[sn, cause], [order]]", "字段组；其中一组完全一致即视为相同：[[sn, cause], [order]]"),
    "perhaps": Text("Lists of fields; where all of one list agree with an open case, that one is shown before a second is opened: [[customer, type]]", "字段组；其中一组与未结工单完全一致时，新建前先予提示：[[customer, type]]"),
    "Alike.within": Text("How far back earlier cases are looked for: 180 days", "向前查找的时间：180 days"),
    "stages": Text("The stages of the process, in order: a label and the steps of each", "流程的各个阶段，按顺序：名称及其步骤"),
    "Stage.aside": Text("This stage is not on the normal way", "本阶段不在正常路径上"),
    "Stage.steps": Text("The names of the steps in this stage", "本阶段包含的步骤名"),
    "pause_while": Text("The case clock stands still in steps that wait for these", "等待这些对象时工单计时暂停"),
    "Step.pause_while": Text(
        "The clock of this step stands still while the case is also in one of these steps", "工单同时处于这些步骤时，本步骤暂停计时"
    ),
    "milestones": Text("The statuses a customer sees, in their order", "客户看到的状态，按顺序"),
    "permissions": Text("Who may see, cancel, reopen and move a case", "谁可查看、取消、重开和移动工单"),
    "ProcessFile.start": Text("Who or what starts a case, and what is asked first", "由谁或何事发起，先填什么"),
    "anytime": Text("Events heard in every step that is not an end", "除结束外每个步骤都监听的事件"),
    "rules": Text("What this process promises: never … / always …", "本流程的承诺：never … / always …"),
    "kpis": Text("Figures: a time between two moments, a share or a number of cases", "指标：两时刻之间的时长、工单占比或数量"),
    "scenarios": Text("Stories that must come out as told before publishing", "发布前必须如期通过的场景"),
    "migrate": Text("How cases of an older version may move to this one", "旧版本工单如何迁移到本版本"),
    "ProcessFile.due": Text("The deadline of the whole case", "整个工单的期限"),
    "ProcessFile.timers": Text("The ladder of the whole case", "整个工单的升级阶梯"),
    # site
    "site": Text("The id of this installation", "本系统的标识"),
    "languages": Text("The order of the two halves of 'English | 中文'", "“English | 中文”两半的顺序"),
    "timezone": Text("The time zone, such as Asia/Shanghai", "时区，如 Asia/Shanghai"),
    "roles": Text("The roles people can have", "人员可有的角色"),
    "calendars": Text("Opening hours by name", "按名称列出的工作时间"),
    "records": Text("Kinds of record and their attributes", "档案类型及其属性"),
    "adapters": Text("Operations of other systems that a step may call", "步骤可调用的外部系统操作"),
    "currency": Text("What stands beside every amount of money: CNY, or a sign such as ¥", "金额旁显示的货币单位：如“元”，或符号“¥”"),
    "mail_closing": Text("What ends every mail to customers: {{ owner.name }}, {{ owner.email }}", "发给客户的每封邮件的结尾：{{ owner.name }}、{{ owner.email }}"),
    "auto_confirm_notices": Text("Send notices to customers without a person's confirmation", "通知类邮件无需人工确认即发出"),
    "ladder": Text("The ladder for a due that has no timers of its own", "没有自带定时行的期限所用的阶梯"),
    "days": Text("Open days, such as mon-fri", "营业日，如 mon-fri"),
    "hours": Text("Opening hours, one span or a list: 09:00-17:30", "营业时间，一段或列表：09:00-17:30"),
    "holidays": Text("The country whose public holidays are closed", "按哪个国家的法定节假日休息"),
    "closed": Text("Further closed dates", "额外的休息日"),
    "open": Text("Make-up working days", "调休上班日"),
    "takes": Text("What the operation needs, by name and type", "操作所需的参数及类型"),
    "gives": Text("What the operation answers, by name and type", "操作返回的结果及类型"),
    "outside": Text("true if such a record stands for someone outside the company", "该档案是否代表公司外部的人"),
    "begins": Text("The words with which a record begins that somebody enters by hand", "手工登记的新档案可取的初始值"),
    "held_by": Text(
        "While an open case of these processes is about the record, it alone changes this", "这些流程有涉及该档案的未结工单时，只能在工单中变更此项"
    ),
    "AttributeDef.max": Text("today: no later day is taken", "today：不接受晚于今天的日期"),
    "key": Text("The attribute by which a record is looked up", "查找档案所用的属性"),
    # digests
    "record_events": Text("Events told to the processes when a record changes", "档案变化时通知各流程的事件"),
    "RecordEvent.record": Text("The type of record that is watched", "所观察的档案类型"),
    "attribute": Text("The attribute of the record that is watched", "所观察的档案项"),
    "becomes": Text("The values that make the event happen: shipped, or a list", "触发事件的取值：shipped，或多个"),
    "RecordEvent.at": Text(
        "The day, counted from the date: 30 days before, 30 days after, on the day", "按日期计的日子：30 days before、30 days after、on the day"
    ),
    "RecordEvent.within": Text(
        "For how many days from then on it is still announced: 5 days; before a date, until that date if nothing is said",
        "自该日起多少天内仍予通知：5 days；日期之前的，不写则至该日期为止",
    ),
    "RecordEvent.where": Text("Only of records that say so: {status: [active, in_service]}", "仅限符合取值的档案：{status: [active, in_service]}"),
    "unless": Text("Not of records that say so: {status: [scrapped, lost]}", "排除符合取值的档案：{status: [scrapped, lost]}"),
    "digests": Text("Mails to roles at an hour of the day that list what waits", "每天定时发给各角色的待办汇总邮件"),
    "mail_hours": Text(
        "By role (or everybody) the calendar in whose hours mails to staff leave; without it the calendar of the process",
        "按角色（或 everybody）指定给员工的邮件在哪个日历的工作时间发出；不写则按流程的日历",
    ),
    "Digest.to": Text("The roles that read it, or everybody", "收件角色，或 everybody（所有人）"),
    "Digest.at": Text("The time of day: 09:00", "发送时刻：09:00"),
    "Digest.days": Text("On which days, such as mon; every open day if nothing is said", "在哪几天，如 mon；不写则为每个营业日"),
    "Digest.calendar": Text("Opening hours: it leaves only while this is open", "营业时间：仅在此期间发出"),
    "list": Text("What it lists: [{process, in, used, overdue}] or [{mine: [overdue, today]}]", "列出的内容：[{process, in, used, overdue}] 或 [{mine: [overdue, today]}]"),
    "DigestList.process": Text("Open cases of this process", "该流程未结的工单"),
    "in": Text("Only cases that are in one of these steps", "仅限处于这些步骤的工单"),
    "used": Text("Only cases that have used this part of their time: 60 %", "仅限已用去此比例时间的工单：60 %"),
    "overdue": Text("true: only cases past their due", "仅限已超期的工单"),
    "mine": Text("The reader's own tasks: overdue, and those due today", "收件人自己的任务：overdue（超期）、today（今日到期）"),
    # fields
    "type": Text("The kind of value", "值的类型"),
    "of": Text("The type of record to pick, or the processes whose cases", "可选的档案类型，或工单所属流程"),
    "FieldDef.role": Text("The role, or several, of the people who can be picked", "可选人员的角色，可列多个"),
    "choices": Text("The choices: {id: English | 中文}", "选项：{标识: English | 中文}"),
    "min": Text("The smallest value; now or today: nothing earlier may be entered", "最小值；now 或 today：不得填写更早的时间"),
    "max": Text("The largest value; now or today: nothing later may be entered", "最大值；now 或 today：不得填写更晚的时间"),
    "pattern": Text("What the text must look like: character classes and counts", "文字格式：字符类与次数"),
    "accept": Text("Kinds of file: image, pdf, office, any", "文件种类：image、pdf、office、any"),
    "columns": Text("The columns of a table: {id: {type, label, …}}", "表格的列：{标识: {type, label, …}}"),
    "Form.columns": Text(
        "By table, the columns that are entered here (or shown, where it is only shown); the others keep what they hold: {parcels: [carrier, tracking_no]}",
        "按表格写出此处填写（仅显示的表格则为显示）的列；其余列保持原值：{parcels: [carrier, tracking_no]}",
    ),
    "MailDef.columns": Text(
        "By table, the columns that this mail tells; of other tables it tells all: {parcels: [carrier, tracking_no]}",
        "按表格写出本邮件列出的列；其余表格列出全部列：{parcels: [carrier, tracking_no]}",
    ),
    "FieldDef.rows": Text(
        "Fixed rows of a table, each to be answered: {id: English | 中文}", "表格的固定行，逐行填写：{标识: English | 中文}"
    ),
    "FieldDef.min": Text(
        "The smallest value, or the least files or rows; now or today: nothing earlier may be entered",
        "最小值，或最少文件数、行数；now 或 today：不得填写更早的时间",
    ),
    "FieldDef.max": Text(
        "The largest value, or the most files or rows; now or today: nothing later may be entered",
        "最大值，或最多文件数、行数；now 或 today：不得填写更晚的时间",
    ),
    "Column.optional": Text("true: a cell of this column may stay empty", "是否允许该列留空"),
    "groups": Text("Headings over fields of the form, in their order: [{label, help, fields}]", "表单的分组标题，按顺序：[{label, help, fields}]"),
    "FormGroup.fields": Text("The fields under this heading", "该标题下的字段"),
    "default": Text("The value to begin with, or = formula", "初始值，或 = 公式"),
    "FieldDef.from": Text("Filled from a looked-up record: sn.customer", "由所选档案填入：sn.customer"),
    "required_if": Text("A condition under which an optional field must be filled", "选填字段在何条件下必填"),
    "show_if": Text("A condition under which the field is shown", "字段在何条件下显示"),
    "visible_to": Text("The roles that may see the value", "可见该值的角色"),
    "show": Text("Fields shown, not changed; may follow records", "只显示的字段；可沿档案取值"),
    "ask": Text("Fields that must be filled", "必填字段"),
    "optional": Text("Fields that may be filled", "选填字段"),
    # events and mails
    "by_hand": Text("false: only other cases tell it, no person and no program", "false：只由其他工单通知，人员和外部程序都不能录入"),
    "match": Text("How the event finds its case: a field, or {event key: field}", "事件如何找到工单：字段，或 {事件键: 字段}"),
    "data": Text("What the event carries, by name and type", "事件携带的数据及类型"),
    "MailDef.label": Text(
        "What the mail is called in lists, drafts and the history; else its subject without what is filled in",
        "邮件在列表、草稿和历史记录中的名称；不写则用去掉填充内容的主题",
    ),
    "MailDef.due": Text(
        "How long a draft beside the flow may wait to be confirmed; else half a working day",
        "流程之外的草稿最迟多久须确认；不写则为半个工作日",
    ),
    "in_writing": Text(
        "true: who has no mail address is told by letter or message, with a proof, never by telephone",
        "true：客户无邮箱时须以信函或短信等书面方式告知并上传凭证，不能只打电话",
    ),
    "must_be_told": Text(
        "true: while the case is urgent nobody puts this draft away; it is sent, or the customer is told otherwise",
        "true：工单紧急期间不得作罢，须发送或以其他方式告知客户",
    ),
    "on_sent": Text(
        "Actions once the mail was confirmed, or its reader told otherwise", "邮件确认发出或以其他方式告知后的动作"
    ),
    "MailDef.to": Text("Who receives it; the customer if nothing is said", "收件人；默认为客户"),
    "MailDef.subject": Text("Subject line: English | 中文; {{ name }} is filled in", "主题：English | 中文；可用 {{ name }}"),
    "body": Text("Text of the mail: English | 中文; {{ name }} is filled in", "正文：English | 中文；可用 {{ name }}"),
    "confirm": Text("The role that confirms the draft; the case owner if nothing is said", "确认草稿的角色；默认为负责人"),
    "notice": Text("true: a mere notice, which the site may confirm automatically", "是否仅为通知（站点可设为自动确认）"),
    # KPIs
    "Kpi.from": Text("The moment at which the time begins", "计时开始的时刻"),
    "Kpi.of": Text(
        "A condition: only the finished cases for which it holds are looked at", "条件：只统计符合条件的已结工单"
    ),
    "Kpi.to": Text("The moment at which the time ends", "计时结束的时刻"),
    "share": Text("A condition: the share of finished cases for which it holds", "条件：成立的已结工单占比"),
    "count": Text("A moment: how many cases came to it, each counted once", "时刻：到达该时刻的工单数量，每单计一次"),
    "target": Text("What is aimed at: 3 working days, or 95%", "目标：3 working days 或 95%"),
    "per": Text("Broken down by owner, assignee, role, customer or a field", "按负责人、处理人、角色、客户或字段分组"),
    # actions
    "call": Text("Call an operation of another system: adapter.operation", "调用外部系统的操作"),
    "save": Text("Fields that keep the answer: {field: result}", "保存结果的字段：{字段: 结果}"),
    "retry": Text("How often to try again: 3 times, every 10 minutes", "重试：3 times, every 10 minutes"),
    "if_it_fails": Text("The step to take when all tries failed", "全部失败后的步骤"),
    "Action.start": Text("Start a case of another process and go on", "发起另一流程的工单并继续"),
    "emit": Text("Tell other cases an event", "向其他工单发出事件"),
    "note": Text("A line in the history: English | 中文", "写入历史的一行：English | 中文"),
    "add_row": Text("One more row of a table: {table: {column: value}}", "在表格中添加一行：{表格: {列: 值}}"),
    "set_rows": Text(
        "Other values in the rows of a table for which 'where' holds: {table: {column: value}} or {table.row: …}",
        "修改表格中符合 where 的行：{表格: {列: 值}} 或 {表格.行: …}",
    ),
    "where": Text(
        "A condition: in which rows; its names are columns first, then fields", "条件：修改哪些行；名称先指列，再指字段"
    ),
    "swap_unit": Text(
        "One unit takes the place of another, with its warranty, at once: {old, new, warranty, reason}",
        "换机：新机取代旧机并继承质保，一次完成：{old, new, warranty, reason}",
    ),
    "old": Text("The record field of the unit that is replaced", "被换下的序列号字段"),
    "new": Text("The record field of the unit that takes its place", "换上的序列号字段"),
    "SwapUnit.warranty": Text("rest, rest_or_90_days or new_term, or = formula", "rest、rest_or_90_days 或 new_term，或 = 公式"),
    "reason": Text("Why, as it will stand in the unit's history", "原因，将写入该设备的履历"),
    "change_warranty": Text(
        "A unit's warranty ends on another day: {unit, until, source, reason}", "变更质保到期日：{unit, until, source, reason}"
    ),
    "unit": Text("The record field of the unit", "序列号字段"),
    "until": Text("The new last day of the warranty", "新的质保到期日"),
    "source": Text(
        "sale, renewal, repair_term, swap_inherit, care_gift or manual", "sale、renewal、repair_term、swap_inherit、care_gift 或 manual"
    ),
    # timers
    "at": Text("The moment: due, 4 working hours before due, 7 days after entry", "时刻：due、4 working hours before due 等"),
    "if": Text(
        "A condition: the row rings only where it holds at that moment, such as  urgent", "条件：该时刻成立才触发，例如 urgent"
    ),
    "every": Text("Repeat at this distance", "重复间隔"),
    "at_most": Text("How often at most", "最多次数"),
    "remind": Text("Remind: assignee, owner or a role", "提醒：assignee、owner 或角色"),
    "TimerRow.task": Text("An escalation task for this role", "给该角色的升级任务"),
    "LadderUse.use": Text("The name of the ladder", "升级阶梯的名称"),
    "rows": Text("The rows of the ladder", "阶梯的各行"),
    "then": Text("What is chosen then", "此时的选择"),
    "otherwise": Text("What is chosen when no row before it holds", "以上各行都不成立时的选择"),
    # steps
    "Step.task": Text("Work for a person", "由人完成的任务"),
    "waiting_for": Text("Waiting for someone outside; ends by events or timers", "等待外部；由事件或定时结束"),
    "Step.do": Text("Automatic actions, then next", "自动动作，然后 next"),
    "run": Text("Start a case of another process and wait for its end", "发起另一流程并等待其结束"),
    "for_each": Text("With run: one case for each row of this table, side by side", "与 run 连用：为表格的每一行各发起一个工单"),
    "use": Text("Take the steps of a shared fragment", "使用共用片段的步骤"),
    "parallel": Text("Branches that run side by side: {branch: steps}", "并行分支：{分支: 步骤}"),
    "end": Text("The case ends here: success, failure or cancelled", "工单在此结束：success、failure 或 cancelled"),
    "join": Text("all: wait for every branch; any: the first one wins", "all：等待全部分支；any：先到者为准"),
    "outcomes": Text("How the step can end: buttons, or ends of a child", "步骤的结果：按钮，或子流程的结束"),
    "on_enter": Text("Actions when the step begins", "进入步骤时的动作"),
    "on_done": Text("Actions when the step ends by its own outcome", "步骤以自身结果结束时的动作"),
    "Step.events": Text("Events this step listens to: a step, or {when, do, next}", "本步骤监听的事件：步骤，或 {when, do, next}"),
    "as": Text(
        "anytime: does first what the process does of this event in every step; next is the step's own",
        "anytime：先执行流程在 anytime 中对该事件的处理，next 由本步骤决定",
    ),
    "assign_to": Text("A path to the user who gets the task", "指向处理人的路径"),
    "same_person_as": Text("Only who did this step (or start) may do it", "仅限完成该步骤（或 start）的人"),
    "different_person_from": Text(
        "Not by who did these steps (four eyes), nor by whom these fields name",
        "不得由完成这些步骤的人处理（四眼原则），也不得由这些字段所指的人处理",
    ),
    "may_be_waived_by": Text(
        "The role that may let an excluded person do it after all, with a reason", "可说明理由后准许被排除的人处理的角色"
    ),
    "Task.draft_mail": Text("This task is to confirm that mail; outcomes sent and not_sent", "本任务即确认该邮件；结果为 sent 和 not_sent"),
    "may_pause": Text("true: the assignee may pause the task", "处理人是否可以暂停任务"),
    "Outcome.ask": Text("Fields that this button alone needs; the form offers them as optional", "仅此按钮必填的字段，表单中列为选填"),
    "skip_form": Text("true: this button works without filling the form", "此按钮是否无需填写表单"),
    # start and permissions
    "Start.role": Text("Who may start a case", "谁可以发起"),
    "event": Text("An event that starts a case by itself", "可自动发起工单的事件"),
    "Start.next": Text("The first step, if it is not the first one written", "首个步骤（若不是写在最前的）"),
    "see": Text("Who may see every case", "谁可以查看所有工单"),
    "cancel": Text("Who may cancel a case", "谁可以取消工单"),
    "reopen": Text("Who may reopen an ended case, for how long, and where it goes on", "谁可在多久内重开，从哪里继续"),
    "move": Text("Who may move a case by hand; rules still hold", "谁可手动移动工单（规则仍然有效）"),
    "move_to": Text("The only steps a case may be moved to by hand; left out, every one", "仅可手动移入的步骤；不写则均可"),
    "within": Text("For how long after the end", "结束后多久以内"),
    # rules and scenarios
    "never": Text("A before B [or D] [since C] · A after B · A and B by the same person · A when condition", "A before B [since C] 等禁止规则"),
    "always": Text("A [or D] after B [unless C, D]: every way from B passes A", "A after B [unless C, D]：B 之后必经 A"),
    "because": Text("The reason, shown when the rule refuses something: English | 中文", "规则拒绝时显示的理由：English | 中文"),
    "scenario": Text("The name of the story", "场景名称"),
    "given": Text("start_at, field values, in_step, done_by, failing", "start_at、字段值、in_step、done_by、failing"),
    "Scenario.steps": Text("What happens, line by line, and what must be true then", "逐行写发生的事与应有的结果"),
    "ScenarioStep.when": Text(
        "<role> starts · <role> completes <step>.<outcome> · <event> arrives · <duration> passes",
        "<角色> starts · <角色> completes <步骤>.<结果> · <事件> arrives · <时长> passes",
    ),
    "ScenarioStep.then": Text("What must be true: at, milestone, ended, task_for, …", "应有的结果：at、milestone、ended、task_for 等"),
    "Migrate.from": Text("The version whose cases may move", "可迁移工单的版本"),
    "Migrate.steps": Text("Steps that have a new name: {old: new}", "改名的步骤：{旧: 新}"),
}  # fmt: skip
