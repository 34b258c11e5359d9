"""Help in the product: what each page is for, in a few sentences."""

from __future__ import annotations

from engine.definition.texts import Text

WORDS: dict[str, Text] = {
    "help.about": Text("What each page is for, in a minute.", "一分钟了解每个页面。"),
    "help.inbox.title": Text("Inbox", "待办"),
    "help.inbox.text": Text(
        "Everything you should do next: your own tasks and the unclaimed ones of your roles. Urgent cases, such as danger to "
        "people, stand on top; then comes what is due first. Several tasks of one case stand together. "
        "Claim a task to tell the others that you are on it. The list refreshes by itself.",
        "您接下来要做的一切：自己的任务与本角色待领取的任务。紧急工单（如涉及人身安全）置顶，其余最早到期的在前；同一工单的多项任务排在一起。"
        "领取任务即告诉同事由您处理。列表会自动刷新。",
    ),
    "help.task.title": Text("Task", "任务"),
    "help.task.text": Text(
        "On top stands until when it is due and what happens if it is late. Fill in what is asked and press the outcome that "
        "fits; the outcomes are the buttons. A grey button says why it is closed and who can press it. Pause a task when "
        "you wait for somebody: its clock stands still. A table gets a new row by the button below it or by Enter in its last "
        "cell; a row left empty does not count. Sign with finger, pen or mouse, or photograph the signed sheet.",
        "顶部显示时限以及超时后的升级。填写所需内容后点击相应的结果按钮。灰色按钮会说明原因以及谁可以操作。需要等待他人时可暂停任务，计时随之停止。"
        "表格可用下方按钮或在最后一格按回车添加一行，空行不计。签字可用手指、手写笔或鼠标，也可拍摄已签字的单据。",
    ),
    "help.escalation.title": Text("Escalation", "升级"),
    "help.escalation.text": Text(
        "A task of somebody else is late and was put before you. Take it over, hand it to another person, extend it with a reason, "
        "or note what you did about it. The lateness stays on record. In the same way you are asked about your own case when a "
        "mail came back or nothing is due in it any more.",
        "他人的任务已超时并升级给您。可接手处理、转交他人、说明原因后延期，或记录您的处理意见。超时记录会保留。"
        "您负责的工单若有邮件被退回或已无任何待办，也会以同样方式提醒您处理。",
    ),
    "help.case.title": Text("Case", "工单"),
    "help.case.text": Text(
        "One matter from beginning to end: where it stands, who does what, everything that happened, the mails and files. "
        "The strip of milestones is what the customer would see. Another case about the same is opened with one press: its form "
        "knows customer, unit and order already. What you hear by telephone or find in a mailbox, such as a parcel that arrived, is "
        "entered with the buttons under “Now”. The list of cases can be downloaded as a table: one process with all its fields.",
        "一件事从头到尾的全部：当前位置、由谁处理、所有动态、邮件与文件。里程碑条即客户看到的进度。"
        "可一键新建相关工单，客户、设备与订单会自动带入。来电或邮箱中得知的消息（如包裹已签收）在“当前”下方的按钮登记。工单列表可下载为表格，选定一个流程时包含其全部字段。",
    ),
    "help.record.title": Text("Serial numbers, orders, customers", "序列号、订单与客户"),
    "help.record.text": Text(
        "What we know about a unit, an order or a customer: warranty with the days left, open cases first, and every change. "
        "A new case can be started from here. What nobody imported yet can be entered by hand; corrections keep their reason. "
        "A warranty end changes in a case or by an imported list, always on record.",
        "产品、订单或客户的全部信息：质保剩余天数、处理中的工单优先，以及每次变更。可直接由此新建工单。"
        "尚未导入的档案可手工登记，更正须注明原因。质保期只能通过工单或导入变更，均有记录。",
    ),
    "help.start.title": Text("New case", "新建工单"),
    "help.start.text": Text(
        "Choose what it is about, type the serial number first. If there is an open case of the same unit, you see it before a "
        "second one is opened; an earlier case about the same is shown with its number and what was done then.",
        "选择业务类型，先输入序列号。若同一产品已有处理中的工单，建立第二张之前会提示您；以前的同类工单会显示单号与当时的处理。",
    ),
    "help.draft.title": Text("Mail drafts", "邮件草稿"),
    "help.draft.text": Text(
        "Processes write mails to customers, people confirm them. You may change the text before; what leaves is exactly what "
        "you confirmed, and it is kept with the case. A customer without a mail address is told by letter, message or telephone: say "
        "how and what was said, and add the copy where one is asked for. A draft that nobody confirms is put before others.",
        "流程起草客户邮件，由人确认。确认前可修改文本；发出的内容与您确认的完全一致，并保存在工单中。"
        "客户没有邮箱时，可改用信函、短信或电话告知：请记录方式与内容，并按要求上传凭证。无人确认的草稿会提醒其他人员。",
    ),
    "help.figures.title": Text("Figures", "指标"),
    "help.figures.text": Text(
        "What the processes measure by themselves: this month, last month and the days you choose, against the target. A number "
        "leads to the cases behind it, and to how it went month by month, by person, product or fault. Your own row is yours to see; those of colleagues need the right to see figures.",
        "流程自动记录的指标：本月、上月及所选日期，与目标对照。点击数字可查看对应的工单，以及按月、按人员、产品或故障的分布。您可以看到自己的数据；查看同事的数据需要相应权限。",
    ),
    "help.process.title": Text("Processes", "流程"),
    "help.process.text": Text(
        "Each process is a file that people can read: steps, who, until when, rules that must never be broken. Its page shows the picture, "
        "the table and the file. Administrators change it here; nothing is published that breaks a rule.",
        "每个流程是一个可读的文件：步骤、角色、时限以及不可违反的规则。页面展示流程图、步骤表与文件。管理员可在此修改，违反规则的内容无法发布。",
    ),
    "help.away.title": Text("Away", "离岗"),
    "help.away.text": Text(
        "On your account page you say from when until when you are away and who stands in. Your tasks go to your deputy, if that "
        "person may do them, else back to their role, as late as they are; both of you get the mails. What was handed on stays "
        "there when you come back. While you are away you cannot claim a task: say first that you are back.",
        "在“我的账户”页面登记离岗时间与代理人。您的任务由有权办理的代理人办理，否则退回相应角色，期限不变，双方均收到邮件。"
        "返岗后，已转交的任务不再收回。离岗期间不能领取任务，请先登记返岗。",
    ),
    "help.time.title": Text("Time", "时间"),
    "help.time.text": Text(
        "Due times count working hours of the process's calendar, holidays and make-up days included. Every time is shown in the "
        "site's time zone; hold the pointer over it to see the exact moment. Mails to staff wait for their working hours, except "
        "where people are in danger, and what leaves at the same time is one mail; each morning one lists what waits for you.",
        "时限按流程日历的工作时间计算，包含节假日与调休。所有时间均以本站时区显示，指针悬停可查看准确时刻。"
        "给员工的邮件在其工作时间发出，同一时刻的合为一封，涉及人身安全的立即发出；每天早上会有一封邮件列出待您处理的事项。",
    ),
}
