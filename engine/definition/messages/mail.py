"""What an author reads about mails: unknown ones, those that would leave unread, and what they may hold (P418-P444)."""

from __future__ import annotations

from engine.definition.problems import Sentence

SENTENCES: dict[str, Sentence] = {
    "P418.unknown": Sentence("unknown mail '{mail}'", "未知邮件“{mail}”", "{meant}", "{meant}"),
    "P418.none": Sentence(
        "this mail does not say which text it has",
        "此邮件没有说明使用哪个模板",
        "add  template: <mail>; {meant}",
        "请添加  template: <邮件>；{meant}",
    ),
    "P418.never": Sentence(
        "no action and no timer drafts '{mail}', so there is nothing to withdraw",
        "没有动作或定时器起草“{mail}”，因此无可撤下的草稿",
        "remove the line, or name a mail with draft_mail; {meant}",
        "请删除该行，或写用 draft_mail 起草的邮件；{meant}",
    ),
    "P419.direct": Sentence(
        "'{to}' is outside the company, and no mail leaves before a person has confirmed it",
        "“{to}”是外部联系人，邮件须经人工确认后才能发出",
        "write  draft_mail: <mail>, or a task with draft_mail",
        "请写  draft_mail: <邮件>，或使用带 draft_mail 的任务",
    ),
    "P426.outcomes": Sentence(
        "'{step}' confirms a mail, so its outcomes are exactly sent and not_sent (found: {found})",
        "“{step}”用于确认邮件，outcomes 只能是 sent 和 not_sent（现为：{found}）",
        "write  outcomes: {{sent: <step>, not_sent: <step>}}",
        "请写  outcomes: {{sent: <步骤>, not_sent: <步骤>}}",
    ),
    "P427.form": Sentence(
        "'{step}' confirms a mail; its form may show fields, but '{key}' would change what was read",
        "“{step}”用于确认邮件；表单只能用 show，而“{key}”会改变已读内容",
        "move '{key}' to the task before it; only why it is not sent may be asked here, by  outcomes: {{not_sent: {{skip_form: true, "
        "ask: [why]}}}}",
        "请把“{key}”移到前一个任务；此处只能在  outcomes: {{not_sent: {{skip_form: true, ask: [why]}}}}  中询问不发送的理由",
    ),
    "P441.unknown": Sentence("unknown name '{name}' in this text", "文中有未知名称“{name}”", "{meant}", "{meant}"),
    "P442.other": Sentence(
        "'{written}': a text has names in {{{{ }}}} only, no loops, conditions or notes",
        "“{written}”：文中只能用 {{{{ 名称 }}}}，不能用循环、条件或注释",
        "write two mails, or keep the text that differs in a field",
        "请写成两封邮件，或把不同的内容放在字段中",
    ),
    "P442.expression": Sentence(
        "'{inside}' is not a name: nothing is worked out in a text",
        "“{inside}”不是名称：文中不能进行计算",
        "write the name alone, such as {{{{ customer.contact }}}}; labels, dates and amounts are formatted by themselves",
        "请只写名称，如 {{{{ customer.contact }}}}；标签、日期和金额会自动格式化",
    ),
    "P443.unknown": Sentence(
        "'{to}' has no mail address",
        "“{to}”没有邮箱地址",
        "name a role, owner, starter, or a record or person with an address; {meant}",
        "请写角色、owner、starter，或有邮箱的记录或人员；{meant}",
    ),
    "P443.default": Sentence(
        "this mail goes to the customer, but the process has no field 'customer'",
        "此邮件默认发给客户，但流程没有字段“customer”",
        "add  to: <role, owner or a record with an address>; {meant}",
        "请添加  to: <角色、owner 或有邮箱的记录>；{meant}",
    ),
    "P444.free_text": Sentence(
        "this notice leaves without being read, and '{field}' is a text that anyone may have typed",
        "此通知无需人工确认即发出，而“{field}”是自由文本",
        "leave the field out of the mail, or remove  notice: true",
        "请从邮件中去掉该字段，或删除  notice: true",
    ),
}
