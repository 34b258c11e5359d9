"""What an author reads when steps do not hang together, or fragments and other processes are used wrongly (P301-P335)."""

from __future__ import annotations

from engine.definition.problems import Sentence

_STEPS: dict[str, Sentence] = {
    "P301.outside": Sentence(
        "'join' stands outside of a branch",
        "“join”只能写在分支内",
        "only steps inside 'parallel' go on with 'join'; name a step here",
        "只有 parallel 内的步骤才用 join；此处请写步骤名",
    ),
    "P302.unknown": Sentence("unknown step '{step}'", "未知步骤“{step}”", "{meant}", "{meant}"),
    "P302.several": Sentence(
        "a case goes to one step, not to several: {steps}",
        "只能去往一个步骤，而不是多个：{steps}",
        "for several at once use a step with 'parallel'; to choose, write rows with 'when'",
        "要同时进行请用 parallel 步骤；要选择请写带 when 的行",
    ),
    "P303.on_end": Sentence(
        "the end '{step}' cannot have '{key}'",
        "结束步骤“{step}”不能有“{key}”",
        "an end has a label, a milestone and nothing that follows; put '{key}' on the step before it",
        "结束步骤只有名称和里程碑；请把“{key}”放到前一个步骤",
    ),
    "P304.in_branch": Sentence(
        "the end '{step}' stands inside a branch",
        "结束步骤“{step}”写在分支内",
        "finish the branch with  next: join  and put the end under 'steps' of the process",
        "分支请用  next: join  结束，并把结束步骤写在流程的 steps 下",
    ),
    "P305.both": Sentence(
        "step '{step}' has both 'outcomes' and 'next'",
        "步骤“{step}”同时有 outcomes 和 next",
        "keep 'outcomes' for several buttons, or 'next' for a single one",
        "多个按钮用 outcomes，单个按钮用 next，只保留一种",
    ),
    "P306.next": Sentence(
        "nothing leads out of step '{step}'",
        "步骤“{step}”没有去向",
        "add  next: <step>  (a task may have 'outcomes' instead), or make it an end",
        "请添加  next: <步骤>（任务也可用 outcomes），或改为结束步骤",
    ),
    "P306.waiting": Sentence(
        "nothing ends the waiting in step '{step}'",
        "步骤“{step}”的等待永远不会结束",
        "let an event or a timer go on:  events: {{some.event: <step>}}  or  timers: [{{at: 7 days after entry, next: <step>}}]",
        "请让某个事件或定时行有去向：events: {{some.event: <步骤>}}  或  timers: [{{at: 7 days after entry, next: <步骤>}}]",
    ),
    "P306.outcomes": Sentence(
        "step '{step}' does not say where its ends lead",
        "步骤“{step}”没有说明各个结束的去向",
        "add 'outcomes' with a line for each end",
        "请添加 outcomes，每个结束写一行",
    ),
    "P306.empty_branch": Sentence(
        "the branch '{branch}' has no steps",
        "分支“{branch}”没有步骤",
        "give it a step, or remove it",
        "请添加步骤，或删除该分支",
    ),
    "P312.unknown": Sentence(
        "the event '{event}' is not declared",
        "事件“{event}”尚未声明",
        "declare it under 'events' with what it matches; {meant}",
        "请在 events 下声明并说明匹配方式；{meant}",
    ),
    "P312.as": Sentence(
        "the step does of '{event}' what is done of it at any time, but 'anytime' says nothing of it",
        "该步骤对事件“{event}”的处理引用 anytime，但 anytime 中没有该事件",
        "name it under 'anytime', or write here what the step does; {meant}",
        "请在 anytime 下写明该事件，或直接写明本步骤的处理；{meant}",
    ),
    "P312.as_itself": Sentence(
        "what is done of '{event}' at any time stands here; it cannot refer to itself",
        "事件“{event}”的 anytime 处理就写在此处，不能引用自身",
        "remove  as: anytime  here; steps may say it",
        "请删去此处的  as: anytime ；它用于步骤的 events",
    ),
    "P312.start": Sentence(
        "the event '{event}' opens a case, but what it carries is not declared",
        "事件“{event}”会开启案件，但没有声明它携带的数据",
        "declare it under 'events' with  data: {{field: type}}; equal names fill the fields of the case",
        "请在 events 下用  data: {{字段: 类型}}  声明；同名数据会填入案件字段",
        level="warning",
    ),
    "P313.missing": Sentence(
        "cancelling is permitted, but there is no step 'cancelled' to go to",
        "允许取消，却没有名为 cancelled 的步骤",
        "add  cancelled: {{end: cancelled, label: Cancelled | 已取消}}",
        "请添加  cancelled: {{end: cancelled, label: Cancelled | 已取消}}",
    ),
    "P313.not_an_end": Sentence(
        "the step 'cancelled' is where cancelling leads, but it is not  end: cancelled",
        "取消时会进入步骤 cancelled，但它不是  end: cancelled",
        "write  cancelled: {{end: cancelled, label: Cancelled | 已取消}}  and give this step another name",
        "请写  cancelled: {{end: cancelled, label: Cancelled | 已取消}}，并给此步骤改名",
    ),
    "P314.key": Sentence(
        "'{key}' does not suit step '{step}', which is a '{kind}'",
        "“{key}”不适用于步骤“{step}”（种类为 {kind}）",
        "'{key}' belongs to steps of the kinds: {homes}",
        "“{key}”适用于：{homes}",
    ),
    "P320.never": Sentence(
        "step '{step}' is never reached",
        "步骤“{step}”永远无法到达",
        "let some step go there, or remove it",
        "请让某个步骤通向它，或删除",
    ),
    "P321.no_end": Sentence(
        "from step '{step}' no end can be reached",
        "从步骤“{step}”无法到达任何结束",
        "let one of its ways lead to a step with 'end'",
        "请让其中一条路径通向带 end 的步骤",
    ),
    "P322.automatic": Sentence(
        "the automatic steps around '{step}' lead back to it without anyone stopping them",
        "自动步骤“{step}”会无休止地循环回到自身",
        "let a task or a waiting step stand in this circle",
        "请在循环中加入任务或等待步骤",
    ),
    "P322.nested": Sentence(
        "the fragment of step '{step}' uses itself",
        "步骤“{step}”的片段引用了自身",
        "use another fragment, or go back to a step instead",
        "请改用其他片段，或改为返回某个步骤",
    ),
    "P323.circle": Sentence(
        "'{process}' waits for this process in turn, so both may wait for ever",
        "“{process}”又会等待本流程，可能互相等待而永不结束",
        "start it with  do: [start: {process}]  instead of waiting for it, or make sure that one of them ends first",
        "请用  do: [start: {process}]  发起而不等待，或确保其中一个会先结束",
        level="warning",
    ),
    "P324.too_many": Sentence(
        "there are more than {most} ways to stand in parallel branches, too many to prove the rules",
        "并行分支的组合超过 {most} 种，无法证明规则",
        "put some steps of the branches into processes of their own ('run'), or join earlier",
        "请把部分步骤移到单独的流程（run），或提早汇合",
    ),
    "P333.left": Sentence(
        "from '{step}' the case leaves the branch '{branch}' for '{target}', which drops the other branches",
        "从“{step}”离开分支“{branch}”去往“{target}”时，其他分支会被放弃",
        "fine if that is meant; otherwise finish the branch with  next: join",
        "若本意如此可忽略；否则请用  next: join  结束分支",
        level="warning",
    ),
}

_OTHERS: dict[str, Sentence] = {
    "P307.unknown": Sentence("unknown fragment '{fragment}'", "未知片段“{fragment}”", "{meant}", "{meant}"),
    "P308.setting": Sentence(
        "the fragment '{fragment}' has no setting '{setting}'",
        "片段“{fragment}”没有设置项“{setting}”",
        "{meant}",
        "{meant}",
    ),
    "P308.dollar": Sentence(
        "'{setting}' is not a setting here",
        "“{setting}”在这里不是设置项",
        "settings are declared under 'with' of the fragment or ladder",
        "设置项须在片段或升级阶梯的 with 下声明",
    ),
    "P309.missing": Sentence(
        "step '{step}' has no outcome for '{end}', an end of the fragment '{of}'",
        "步骤“{step}”没有处理片段“{of}”的结束“{end}”",
        "add  {end}: <step>  under its outcomes",
        "请在 outcomes 下添加  {end}: <步骤>",
    ),
    "P310.unknown": Sentence(
        "'{outcome}' is not an end of the fragment '{of}'",
        "“{outcome}”不是片段“{of}”的结束",
        "{meant}",
        "{meant}",
    ),
    "P311.similar": Sentence("unknown process '{process}'", "未知流程“{process}”", "{meant}", "{meant}"),
    "P311.unknown": Sentence(
        "no process '{process}' is published, so what it is given cannot be checked",
        "流程“{process}”尚未发布，无法检查传递的内容",
        "publish it as well before cases come here; {meant}",
        "请在案件到达此处之前发布它；{meant}",
        level="warning",
    ),
    "P330.missing": Sentence(
        "step '{step}' has no outcome for '{end}', an end of the process '{of}'",
        "步骤“{step}”没有处理流程“{of}”的结束“{end}”",
        "add  {end}: <step>  under its outcomes",
        "请在 outcomes 下添加  {end}: <步骤>",
    ),
    "P330.unknown": Sentence(
        "'{outcome}' is not an end of the process '{of}'",
        "“{outcome}”不是流程“{of}”的结束",
        "{meant}",
        "{meant}",
    ),
    "P331.unknown": Sentence(
        "the process '{process}' has no field '{field}'",
        "流程“{process}”没有字段“{field}”",
        "{meant}",
        "{meant}",
    ),
    "P332.missing": Sentence(
        "the process '{process}' needs '{field}' to start, and it is not handed over",
        "流程“{process}”启动时需要“{field}”，但没有传递",
        "add  {field}: = <field>  under 'with'",
        "请在 with 下添加  {field}: = <字段>",
    ),
    "P334.end": Sentence(
        "the process '{other}' runs this one in '{step}' and does not know the end '{end}' yet",
        "流程“{other}”在“{step}”中运行本流程，尚未处理结束“{end}”",
        "add  {end}: <step>  to the outcomes of '{step}' there, and publish it as well",
        "请在该流程“{step}”的 outcomes 中添加  {end}: <步骤>，并一同发布",
        level="warning",
    ),
    "P334.field": Sentence(
        "the process '{other}' runs this one in '{step}' and does not hand over '{field}' yet",
        "流程“{other}”在“{step}”中运行本流程，尚未传递“{field}”",
        "add  {field}: = <field>  under its 'with', and publish it as well",
        "请在其 with 下添加  {field}: = <字段>，并一同发布",
        level="warning",
    ),
    "P335.table": Sentence(
        "'{table}' is not a table of this process, so there are no rows to open cases for",
        "“{table}”不是本流程的表格字段，没有可逐行新建工单的行",
        "name a field with  type: table  under 'for_each'; {meant}",
        "for_each 请写类型为 table 的字段；{meant}",
    ),
    "P335.outcomes": Sentence(
        "step '{step}' opens a case for each row, and each may end in another way",
        "步骤“{step}”为每一行新建工单，各工单的结束可能不同",
        "replace 'outcomes' by 'next' and ask for counts:  - {{when: count({step}.{end}) > 0, then: <step>}}",
        "请用 next 代替 outcomes 并按数量判断：- {{when: count({step}.{end}) > 0, then: <步骤>}}",
    ),
    "P335.next": Sentence(
        "step '{step}' opens a case for each row and does not say what comes when all of them have ended",
        "步骤“{step}”为每一行新建工单，但没有说明全部结束后的去向",
        "add  next: <step>",
        "请添加  next: <步骤>",
    ),
    "P335.end": Sentence(
        "'{end}' is not an end of the process '{of}'",
        "“{end}”不是流程“{of}”的结束",
        "{meant}",
        "{meant}",
    ),
}

SENTENCES: dict[str, Sentence] = _STEPS | _OTHERS
