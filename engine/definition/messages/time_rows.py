"""What an author reads about dues, ladders and retries that say nothing or can be forgotten (P412-P417, P432, P434, P439)."""

from __future__ import annotations

from engine.definition.problems import Sentence

SENTENCES: dict[str, Sentence] = {
    "P412.retry": Sentence(
        "'{text}' does not say how often to try again",
        "“{text}”没有说明重试次数和间隔",
        "write for example  retry: 3 times, every 10 minutes",
        "请写成例如  retry: 3 times, every 10 minutes",
    ),
    "P413.unknown": Sentence("unknown ladder '{ladder}'", "未知升级阶梯“{ladder}”", "{meant}", "{meant}"),
    "P413.setting": Sentence(
        "the ladder '{ladder}' has no setting '{setting}'",
        "升级阶梯“{ladder}”没有设置项“{setting}”",
        "{meant}",
        "{meant}",
    ),
    "P414.no_due": Sentence(
        "'{at}' counts from the due, but there is no due here",
        "“{at}”以到期时间计算，但此处没有 due",
        "add  due: 2 working days, or count from entry:  7 days after entry",
        "请添加  due: 2 working days，或从进入时计算：7 days after entry",
    ),
    "P414.total": Sentence(
        "'{text}' adds up the visits of a step, and a case has but one",
        "“{text}”累计步骤的多次停留，而工单整体只有一次",
        "leave out 'in total' here; the clock of a case stands still by pause_while",
        "此处请去掉“in total”或“共”；工单整体的计时由 pause_while 暂停",
    ),
    "P466.circle": Sentence(
        "'urgent' asks for urgent_when, so it cannot stand in it",
        "“urgent”取自 urgent_when，不能再用于其中",
        "name the field that makes a case urgent, for example  severity is safety",
        "请写明使工单紧急的字段，例如  severity is safety",
    ),
    "P466.never": Sentence(
        "this is never said, for nothing says when a case is urgent",
        "未规定何种工单为紧急，因此这段文字永远不会出现",
        "add for example  urgent_when: severity is safety, or remove it",
        "请添加例如  urgent_when: severity is safety，或删除此项",
    ),
    "P416.leaves": Sentence(
        "the row '{at}' repeats, but it leaves the step the first time",
        "“{at}”这一行会重复，但第一次就已离开该步骤",
        "remove 'every', or put 'next' on a row of its own",
        "请去掉 every，或把 next 单独写成一行",
    ),
    "P417.no_effect": Sentence(
        "nothing happens at '{at}'",
        "“{at}”时没有任何动作",
        "add one of: remind, task, mail, draft_mail, do, next",
        "请添加其中之一：remind、task、mail、draft_mail、do、next",
    ),
    "P432.moment": Sentence(
        "'{path}' may still be empty, and then '{at}' never comes",
        "“{path}”可能仍为空，那么“{at}”永远不会到来",
        "ask for it in an earlier form, or count from entry",
        "请在之前的表单中填写，或从进入时计算",
        level="warning",
    ),
    "P432.due": Sentence(
        "'{path}' may still be empty, and then this step has no due",
        "“{path}”可能仍为空，那么该步骤没有到期时间",
        "ask for it in an earlier form, or write a duration",
        "请在之前的表单中填写，或改写时长",
        level="warning",
    ),
    "P434.task": Sentence(
        "the task '{step}' has no due, so it could be forgotten",
        "任务“{step}”没有到期时间，可能被遗忘",
        "add  due: 2 working days; the standard ladder then reminds and escalates",
        "请添加  due: 2 working days；之后会按标准阶梯提醒和升级",
    ),
    "P434.waiting": Sentence(
        "step '{step}' waits without a timer, so it could be forgotten",
        "步骤“{step}”的等待没有定时行，可能被遗忘",
        "add  timers: [{{at: 7 days after entry, task: <role>}}]",
        "请添加  timers: [{{at: 7 days after entry, task: <角色>}}]",
    ),
    "P434.if": Sentence(
        "no row of the ladder of '{step}' without an 'if' tells anybody, so it could be forgotten",
        "步骤“{step}”的阶梯中没有不带 if 的提醒或升级行，可能被遗忘",
        "give it a row without 'if', for example  {{at: due, remind: assignee, task: <role>}}",
        "请加一行不带 if 的，例如  {{at: due, remind: assignee, task: <角色>}}",
    ),
    "P439.unknown": Sentence(
        "'{field}' is not a field that time can be counted from",
        "“{field}”不是可用于计算时间的字段",
        "{meant}",
        "{meant}",
    ),
    "P439.no_date": Sentence(
        "'{field}' is not a date, so time cannot be counted from it",
        "“{field}”不是日期，无法用来计算时间",
        "{meant}",
        "{meant}",
    ),
}
