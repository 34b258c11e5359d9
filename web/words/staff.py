"""Words of the administrators' pages: people, keys, incidents, events, the log."""

from __future__ import annotations

from engine.definition.texts import Text

WORDS: dict[str, Text] = {
    "role.admin": Text("Administrator", "管理员"),
    "people.about": Text("Who works here, with which roles.", "人员及其角色。"),
    "people.new": Text("Add a person", "添加人员"),
    "people.create": Text("Add", "添加"),
    "people.id": Text("Name for signing in", "登录名"),
    "people.name": Text("Full name", "姓名"),
    "people.email": Text("E-mail", "邮箱"),
    "people.language": Text("Language", "语言"),
    "people.password": Text("First password", "初始密码"),
    "people.new_password": Text("New password", "新密码"),
    "people.roles": Text("Roles", "角色"),
    "people.inactive": Text("Inactive", "已停用"),
    "people.active": Text("Works here", "在职"),
    "people.active_help": Text(
        "Without this mark nobody can sign in under this name, and no work or mail goes there.",
        "取消后此账号不能登录，也不再收到任务和邮件。",
    ),
    "mine.password": Text("Change my password", "修改密码"),
    "mine.old": Text("Present password", "当前密码"),
    "mine.new": Text("New password", "新密码"),
    "mine.again": Text("New password once more", "再次输入新密码"),
    "token.title": Text("Keys for the interface", "接口密钥"),
    "token.label": Text("What for", "用途"),
    "token.days": Text("Valid for days", "有效天数"),
    "token.issue": Text("Make a key", "生成密钥"),
    "token.once": Text("Copy this key now; it is not shown again.", "请立即复制此密钥，之后不再显示。"),
    "token.none": Text("No keys.", "没有密钥。"),
    "token.issued": Text("made", "创建于"),
    "token.used": Text("last used", "最近使用"),
    "token.ends": Text("ends", "到期"),
    "token.revoke": Text("Withdraw", "撤销"),
    "token.sure": Text("Withdraw the key “{label}”?", "确定撤销密钥“{label}”吗？"),
    "incidents.about": Text(
        "What could not be done by itself. The cases stand where they stood.",
        "系统未能自动完成的事项，相关工单保持原状。",
    ),
    "incidents.again": Text("Try again", "再试一次"),
    "incidents.settled": Text("settled", "已处理"),
    "incidents.all": Text("Settled ones too", "包括已处理"),
    "incidents.open": Text("Open ones only", "仅看未处理"),
    "incidents.none": Text("No incidents.", "没有异常。"),
    "incidents.none_help": Text("Failed mails, calls and timers appear here.", "失败的邮件、调用与计时会出现在这里。"),
    "audit.title": Text("Log", "操作日志"),
    "audit.about": Text("Administrative acts, newest first.", "管理操作，最新在前。"),
    "audit.details": Text("Details", "详情"),
    "unmatched.about": Text(
        "Events from outside that no case, or more than one, could take. Choose the case.",
        "没有工单或有多张工单可接收的外部事件，请选择工单。",
    ),
    "unmatched.values": Text("What it carries", "事件内容"),
    "unmatched.number": Text("Case number", "工单号"),
    "unmatched.assign": Text("Give to this case", "分配给此工单"),
    "unmatched.discard": Text("Belongs to no case", "不属于任何工单"),
    "unmatched.none": Text("Every event found its case.", "所有事件均已匹配。"),
    "unmatched.none_help": Text(
        "Scans and carrier news without a case appear here.", "找不到工单的扫描与物流消息会出现在这里。"
    ),
}
