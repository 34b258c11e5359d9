"""What an author reads when a duration, a moment or a calendar cannot be understood (P412, P415)."""

from __future__ import annotations

from engine.definition.problems import Sentence

_FORMS = (
    "write it like '30 minutes', '4 hours', '2 days', '1 week', '4 working hours', '3 working days', 'PT4H' or 'P3D'"
)
_FORMS_ZH = "请写成 '30分钟'、'4小时'、'2天'、'1周'、'4个工作小时'、'3个工作日'、'PT4H' 或 'P3D'"
_MOMENTS = (
    "write it like 'due', '4 working hours before due', '7 days after entry', '1 working day after promised_on' "
    "or '75 % of due'"
)
_MOMENTS_ZH = "请写成 'due'、'4 working hours before due'、'7 days after entry'、'1 working day after promised_on' 或 '75 % of due'"

SENTENCES: dict[str, Sentence] = {
    "P412.duration": Sentence("'{text}' is not a duration", "'{text}' 不是时长", _FORMS, _FORMS_ZH),
    "P412.month": Sentence(
        "'{text}': months and years have no fixed length",
        "'{text}': 月和年的长度不固定",
        "write it in weeks or days, for example '30 days'",
        "请用周或天表示, 例如 '30天'",
    ),
    "P412.zero": Sentence(
        "'{text}' is no time at all",
        "'{text}' 的时长为零",
        "a duration is longer than zero; a row that rings at once is written  at: entry",
        "时长必须大于零; 要立即触发请写  at: entry",
    ),
    "P412.negative": Sentence(
        "'{text}' is a negative duration",
        "'{text}' 是负的时长",
        "leave out the minus sign; say 'before' or 'after' in the moment instead",
        "请去掉负号; 前后关系用 'before' 或 'after' 表示",
    ),
    "P412.fraction": Sentence(
        "'{text}': days and weeks are counted whole",
        "'{text}': 天和周只能是整数",
        "write the part of a day in hours, for example '12 hours' or '4 working hours'",
        "不足一天的部分请用小时表示, 例如 '12小时' 或 '4个工作小时'",
    ),
    "P412.working_week": Sentence(
        "'{text}': a working week is not a unit, because weeks with holidays have fewer working days",
        "'{text}': 工作周不是单位, 因为有节假日的一周工作日较少",
        "write working days, for example '5 working days'",
        "请用工作日表示, 例如 '5个工作日'",
    ),
    "P412.long": Sentence(
        "'{text}' is longer than ten years",
        "'{text}' 超过十年",
        "check the number and the unit; nothing in a process waits longer than ten years",
        "请检查数字和单位; 流程中的等待不得超过十年",
    ),
    "P412.moment": Sentence("'{text}' is not a moment", "'{text}' 不是时间点", _MOMENTS, _MOMENTS_ZH),
    "P412.anchor": Sentence(
        "'{text}': '{anchor}' is not something a moment can be counted from",
        "'{text}': 不能从 '{anchor}' 开始计算时间点",
        "count from due, entry or a date field such as promised_on",
        "请从 due、entry 或日期字段 (例如 promised_on) 开始计算",
    ),
    "P412.share": Sentence(
        "'{text}': a share of the time lies above 0 % and not above 100 %",
        "'{text}': 时间比例必须大于 0 % 且不超过 100 %",
        "write for example '75 % of due'",
        "请写成例如 '75 % of due'",
    ),
    "P415.shape": Sentence(
        "a calendar is a block with days and hours, not '{found}'",
        "日历应包含 days 和 hours, 而不是 '{found}'",
        "write for example  office: {{days: mon-fri, hours: 09:00-17:30, holidays: china}}",
        "请写成例如  office: {{days: mon-fri, hours: 09:00-17:30, holidays: china}}",
    ),
    "P415.key": Sentence(
        "unknown key '{key}' in a calendar",
        "日历中有未知的键 '{key}'",
        "a calendar has: days, hours, holidays, closed, open",
        "日历可用的键: days、hours、holidays、closed、open",
    ),
    "P415.missing": Sentence(
        "'{key}' is missing in the calendar",
        "日历缺少 '{key}'",
        "write for example  days: mon-fri  and  hours: 09:00-17:30",
        "请写成例如  days: mon-fri  和  hours: 09:00-17:30",
    ),
    "P415.days": Sentence(
        "'{text}' does not name days of the week",
        "'{text}' 不是星期",
        "write  days: mon-fri  or  days: mon, wed, fri  (mon tue wed thu fri sat sun)",
        "请写成  days: mon-fri  或  days: mon, wed, fri  (mon tue wed thu fri sat sun)",
    ),
    "P415.hours": Sentence(
        "'{text}' is not an opening time",
        "'{text}' 不是营业时间",
        "write  hours: 09:00-17:30  or  hours: [09:00-12:00, 13:30-18:00]",
        "请写成  hours: 09:00-17:30  或  hours: [09:00-12:00, 13:30-18:00]",
    ),
    "P415.backwards": Sentence(
        "'{text}' closes before it opens",
        "'{text}' 的结束时间早于开始时间",
        "an opening time ends on the same day; write a night as  hours: [00:00-06:00, 22:00-24:00]",
        "营业时间须在同一天内结束; 夜班请写成  hours: [00:00-06:00, 22:00-24:00]",
    ),
    "P415.overlap": Sentence(
        "the opening times '{first}' and '{second}' overlap",
        "营业时间 '{first}' 和 '{second}' 重叠",
        "let one end before the next begins",
        "请让前一段在后一段开始之前结束",
    ),
    "P415.country": Sentence(
        "no holidays are known for '{text}'",
        "没有 '{text}' 的节假日资料",
        "name a country, for example  holidays: china  or  holidays: germany; or leave it out{guess}",
        "请写国家名称, 例如  holidays: china  或  holidays: germany; 也可省略{guess_zh}",
    ),
    "P415.date": Sentence(
        "'{text}' in '{key}' is not a date",
        "'{key}' 中的 '{text}' 不是日期",
        "write dates as  {key}: [2026-10-10, 2026-10-11]",
        "日期请写成  {key}: [2026-10-10, 2026-10-11]",
    ),
    "P415.both": Sentence(
        "{day} is both in 'closed' and in 'open'",
        "{day} 同时出现在 'closed' 和 'open' 中",
        "keep it in one of the two",
        "请只保留其中一个",
    ),
    "P415.zone": Sentence(
        "'{text}' is not a time zone",
        "'{text}' 不是时区",
        "write a name such as Asia/Shanghai or Europe/Berlin",
        "请写成例如 Asia/Shanghai 或 Europe/Berlin",
    ),
    "P415.never": Sentence(
        "this calendar is never open",
        "该日历没有任何营业时间",
        "give at least one day and one opening time, and do not close them all",
        "请至少写一天和一段营业时间, 并且不要全部关闭",
    ),
    "P415.year": Sentence(
        "time is not counted in the year {year}",
        "{year} 年不在可计算的时间范围内",
        "check the date",
        "请检查日期",
    ),
    "P415.make_up_days": Sentence(
        "calendar '{calendar}': the make-up working days of {year} in {country} are not announced yet",
        "日历 '{calendar}': {country} {year} 年的调休上班日尚未公布",
        "until they are, add known ones by hand:  open: [{year}-10-10]; updating Aftercare brings them later",
        "公布前可手工填写:  open: [{year}-10-10]; 更新 Aftercare 后会自动带上",
        "warning",
    ),
}
