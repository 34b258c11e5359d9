"""What an author reads about rules that cannot be read or do not hold, and about KPIs (P501-P510)."""

from __future__ import annotations

from engine.definition.problems import Sentence

SENTENCES: dict[str, Sentence] = {
    "P501.form": Sentence(
        "'{rule}' is not a rule",
        "“{rule}”不是规则",
        "possible: never: A before B [or E] [since C, D] · never: A after B · never: A and B by the same person · "
        "never: A when <condition> · always: A [or E] after B [unless C, D]",
        "可用：never: A before B [or E] [since C, D] · never: A after B · never: A and B by the same person · "
        "never: A when <条件> · always: A [or E] after B [unless C, D]",
    ),
    "P502.unknown": Sentence(
        "'{moment}' is neither a step nor an outcome or event of one",
        "“{moment}”既不是步骤，也不是步骤的结果或事件",
        "{meant}",
        "{meant}",
    ),
    "P503.broken": Sentence(
        "the rule '{rule}' does not hold",
        "规则“{rule}”不成立",
        "this path breaks it: {path}",
        "以下路径违反该规则：{path}",
    ),
    "P504.gone": Sentence(
        "the rule '{rule}' of version {version} is gone",
        "版本 {version} 中的规则“{rule}”被删除",
        "new cases will no longer keep this promise; put the rule back unless that is what you want",
        "新工单将不再受此规则约束；若非有意删除，请恢复该规则",
        level="warning",
    ),
    "P472.nothing": Sentence(
        "'{step}' may be waived, but nobody is kept from it",
        "“{step}”写了 may_be_waived_by，但没有排除任何人",
        "write  different_person_from: <step>  or leave out  may_be_waived_by",
        "请写  different_person_from: <步骤>，或去掉  may_be_waived_by",
    ),
    "P472.rule": Sentence(
        "'{step}' may not be waived: the rule '{rule}' promises two persons",
        "“{step}”不能破例：规则“{rule}”承诺由不同的人完成",
        "leave out  may_be_waived_by, or the rule",
        "请去掉  may_be_waived_by，或去掉该规则",
    ),
    "P510.form": Sentence(
        "the KPI '{kpi}' has to say either from and to, or share, or count",
        "指标“{kpi}”须写 from 和 to，或写 share，或写 count",
        "write  {{from: start, to: <step>}}  for a time,  {{share: <condition>}}  for a part of the cases, or  {{count: <step>}}  for their number",
        "时长请写  {{from: start, to: <步骤>}}，比例请写  {{share: <条件>}}，数量请写  {{count: <步骤>}}",
    ),
    "P510.count": Sentence(
        "the KPI '{kpi}' counts cases, and a number of cases has no target",
        "指标“{kpi}”统计数量，数量不设目标",
        "leave out  target, or write  {{share: <condition>, target: 95%}}",
        "请去掉  target，或改写为  {{share: <条件>, target: 95%}}",
    ),
    "P510.of": Sentence(
        "the KPI '{kpi}' is no share, and only a share leaves cases out",
        "指标“{kpi}”不是比例，只有比例可限定统计范围",
        "leave out  of, or write  {{share: <condition>, of: <condition>}}",
        "请去掉  of，或改写为  {{share: <条件>, of: <条件>}}",
    ),
    "P510.moment": Sentence(
        "'{moment}' is not a moment that can be measured",
        "“{moment}”不是可测量的时间点",
        "{meant}",
        "{meant}",
    ),
    "P510.overdue": Sentence(
        "nothing tells when '{moment}' comes: no timer rings at that deadline",
        "没有任何定时器在该期限到点时触发，无法统计“{moment}”",
        "add a row to the timers:  {{at: due, remind: assignee}}",
        "请在 timers 中加一行：{{at: due, remind: assignee}}",
    ),
    "P510.share": Sentence(
        "'{text}' is not a percentage",
        "“{text}”不是百分比",
        "write  target: 95%",
        "请写  target: 95%",
    ),
    "P510.per": Sentence("a KPI cannot be counted per '{per}'", "指标不能按“{per}”统计", "{meant}", "{meant}"),
}
