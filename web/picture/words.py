"""The few words the picture says itself, in both languages."""

from __future__ import annotations

from engine.definition.texts import Text

NOW = Text("now", "当前")
PICTURE = Text("Process picture: {process}", "流程图：{process}")
HERE = Text("Now at: {steps}", "当前步骤：{steps}")
START = Text("Start", "开始")
AUTOMATIC = Text("automatic", "自动")
OWN_CASE = Text("own case", "子流程")
OWN_CASES = Text("own case ×n", "子流程（每行一个）")
FOR_EACH = Text("one for each row of {table}", "{table}每行一个")
STEP = Text("1 step", "1 个步骤")
STEPS = Text("{n} steps", "{n} 个步骤")
ALL = Text("all branches", "全部完成")
ANY = Text("first branch wins", "任一完成")
TIMER = Text("When time is up: {at}", "到时：{at}")
EVENT = Text("Event: {event}", "事件：{event}")
FAILS = Text("If it fails", "失败时")
IF = Text("if {condition}", "条件：{condition}")
TO = Text("{label} → {target}", "{label} → {target}")
WAITS_FOR = {
    "customer": Text("waits for the customer", "等待客户"),
    "carrier": Text("waits for the carrier", "等待承运商"),
    "supplier": Text("waits for the supplier", "等待供应商"),
    "anyone": Text("waits", "等待"),
}
CANCEL = Text("Cancelling: at any step", "取消：任何步骤均可")
CANCEL_BY = Text("Cancelling: at any step, by {roles}", "取消：任何步骤均可，由{roles}")
REOPEN = Text("Reopening leads to: {step}", "重新打开后进入：{step}")
ANYTIME = Text("{event}: at any step", "{event}：任何步骤均可")
ANYTIME_TO = Text("{event}: at any step, leads to: {step}", "{event}：任何步骤均可，进入：{step}")
ENDS = {
    "success": Text("end: success", "结束：成功"),
    "failure": Text("end: failure", "结束：未成功"),
    "cancelled": Text("end: cancelled", "结束：取消"),
}
AND = Text(", ", "、")
PERSONS = {"starter": Text("the starter", "发起人"), "owner": Text("the owner", "负责人")}
