"""One mistake for every sentence of the checks; ¦ marks the place where it must be shown."""

from __future__ import annotations

from tests.engine.checks.a_loan import LOAN, Mistake

# fmt: off
# One mistake a line: what is good, what is written instead.
_AGAIN = "    next: writing\n  charging_by_hand"
_HANDED = "handed: {label: Handed over | 已移交, next: lent, milestone: lent}"
_ROWS = "      - {when: state is broken and amount > 0, then: charging}\n"
_TIMER = "      - {at: 1 day after back_on, draft_mail: please_return}\n"
_ENDS = "outcomes: {mended: asking, given_up: charging}"

_CHOOSING = "    next:\n" + _ROWS + "      - {when: state is worn, then: checking}\n      - otherwise: asking"
_ORS = [" or ".join(f"amount == {n}" for n in range(18)), " or ".join(f"customer.name == '{n}'" for n in range(13))]
_MANY = f"    next:\n      ¦- {{when: {_ORS[0]}, then: charging}}\n      - {{when: {_ORS[1]} or sn.number == '1', then: checking}}\n      - {{when: sn.location == 'x' or seen_at == 'y' or invoice == 'z' or state is fine, then: asking}}"

_LOOK = "task: {role: technician}, due: 1 day, next: join}"
_TWO_LOOKS = f"        look_outside: {{label: Look outside | 外观, {_LOOK}\n      inside:\n        look_inside: {{label: Look inside | 内部, {_LOOK}\n"

GRAPH = [
    Mistake("P301.outside", _HANDED, _HANDED.replace("next: lent", "next: ¦join")),
    Mistake("P302.unknown", _HANDED, _HANDED.replace("next: lent", "next: ¦lend")),
    Mistake("P302.several", _AGAIN, "    next: [¦writing, asking]\n  charging_by_hand"),
    Mistake("P303.on_end", "not_lent: {end: failure,", "not_lent: {end: failure, next: ¦closed,"),
    Mistake("P304.in_branch", "      inside:\n", "        ¦stop: {end: failure, label: Stop | 停止}\n      inside:\n"),
    Mistake("P305.both", "    outcomes: {sent: asking, not_sent: asking}", "    outcomes: {sent: asking, not_sent: asking}\n    next: ¦asking"),
    Mistake("P306.next", "  charging_by_hand: {label: Charge by hand | 人工收费, task: {role: clerk}, due: 1 day, next: writing}", "  ¦charging_by_hand: {label: Charge by hand | 人工收费, task: {role: clerk}, due: 1 day}"),
    Mistake("P306.waiting", "  lent:\n    label: Lent | 借出中\n    waiting_for: customer\n", "  lent:\n    label: Lent | 借出中\n    waiting_for: customer\n    timers: [{at: entry, remind: owner}]\n  ¦silent:\n    label: Silent | 无回应\n    waiting_for: customer\n    timers: [{at: entry, remind: owner}]\n  speaking:\n    label: Speaking | 通话\n    waiting_for: customer\n"),
    Mistake("P306.outcomes", "  mending:\n    label: Mend | 维修\n    run: repair\n    with: {sn: = sn, urgency: low, wish: = reason}\n    " + _ENDS, "  ¦mending:\n    label: Mend | 维修\n    run: repair\n    with: {sn: = sn, urgency: low, wish: = reason}"),
    Mistake("P306.empty_branch", "      inside:\n        look_inside: {label: Look inside | 内部, task: {role: technician}, due: 1 day, next: join}", "      ¦inside: {}"),
    Mistake("P312.unknown", "      unit.scanned:\n        do:", "      ¦unit.scaned:\n        do:"),
    Mistake("P312.as", "      unit.scanned:\n        do:", "      unit.scanned:\n        as: ¦anytime\n        do:"),
    Mistake("P312.as_itself", "start:\n  role: clerk\n", "anytime: {unit.scanned: {as: ¦anytime, next: taking_back}}\nstart:\n  role: clerk\n"),
    Mistake("P312.start", "start:\n  role: clerk\n", "start:\n  role: clerk\n  event: ¦order.placed\n", level="warning"),
    Mistake("P313.not_an_end", "  cancelled: {end: cancelled,", "  ¦cancelled: {end: failure,"),
    Mistake("P314.key", "    waiting_for: customer\n    events:", "    waiting_for: customer\n    next: ¦closed\n    events:"),
    Mistake("P320.never", "  not_lent: {", "  ¦lonely: {label: Lonely | 孤立, task: {role: clerk}, due: 1 day, next: closed}\n  not_lent: {"),
    Mistake("P321.no_end", "    next: mending\n  mending:", "    next: round\n  ¦round: {label: Round | 循环, task: {role: clerk}, due: 1 day, next: round}\n  mending:"),
    Mistake("P322.automatic", "    next: mending\n  mending:", "    next: first\n  ¦first: {label: First | 一, do: [{note: One}], next: second}\n  second: {label: Second | 二, do: [{note: Two}], next: [{when: overdue, then: mending}, {otherwise: first}]}\n  mending:"),
    Mistake("P322.automatic", "    next: mending\n  mending:", "    next: billing\n  ¦billing: {label: Bill | 开票, do: [{call: erp.invoice, with: {customer: = customer, amount: 10}, if_it_fails: charging_by_hand}], next: billing}\n  mending:"),
    Mistake("P323.circle", "    run: repair\n", "    run: ¦loan\n", level="warning"),
    Mistake("P333.left", "due: 1 day, next: join}\n      inside:", "due: 1 day, outcomes: {fine: join, hopeless: ¦charging_by_hand}}\n      inside:", level="warning"),
]

OTHERS = [
    Mistake("P307.unknown", "    use: asking\n", "    use: ¦askin\n"),
    Mistake("P308.setting", "    with: {due: 3 days}", "    with: {dew: ¦3 days}"),
    Mistake("P308.dollar", "task: {role: $role,", "task: {role: ¦$rule,", file="_shared.yaml"),
    Mistake("P309.missing", "  asking:\n    use: asking\n    with: {due: 3 days}\n    outcomes: {happy: closed, unhappy: closed}", "  ¦asking:\n    use: asking\n    with: {due: 3 days}\n    outcomes: {happy: closed}"),
    Mistake("P310.unknown", "    outcomes: {happy: closed, unhappy: closed}", "    outcomes: {happy: closed, unhappy: closed, hapy: ¦closed}"),
    Mistake("P311.similar", "    run: repair\n", "    run: ¦repairs\n"),
    Mistake("P311.unknown", "    run: repair\n", "    run: ¦exchange\n", level="warning"),
    Mistake("P330.missing", "  mending:\n    label: Mend | 维修\n    run: repair\n    with: {sn: = sn, urgency: low, wish: = reason}\n    outcomes: {mended: asking, given_up: charging}", "  ¦mending:\n    label: Mend | 维修\n    run: repair\n    with: {sn: = sn, urgency: low, wish: = reason}\n    outcomes: {mended: asking}"),
    Mistake("P330.unknown", _ENDS, "outcomes: {mended: asking, given_up: charging, mendet: ¦asking}"),
    Mistake("P331.unknown", "urgency: low, wish:", "urgency: low, wisch: ¦quick, wish:"),
    Mistake("P332.missing", "    run: repair\n    with: {sn: = sn, urgency: low, wish: = reason}", "    run: ¦repair\n    with: {sn: = sn, wish: = reason}"),
]

CONDITIONS = [
    Mistake("P401.choice_similar", "{when: state is worn,", "{when: state is ¦wornn,"),
    Mistake("P401.name_similar", "share: state is not broken", "share: ¦staate is not broken"),
    Mistake("P402.null", "{when: state is worn,", "{when: state == ¦null,"),
    Mistake("P401.wanted", "{customer: = customer, amount: 10}", "{customer: = ¦reason, amount: 10}"),
    Mistake("P401.part_similar", "{seen_at: = event.place}", "{seen_at: = event.¦plaze}"),
    Mistake("P430.uncovered", "    next:\n" + _ROWS + "      - {when: state is worn, then: checking}\n      - otherwise: asking", "    next:\n      ¦- {when: state is broken, then: charging}\n      - {when: state is worn, then: checking}"),
    Mistake("P430.too_many", _CHOOSING, _MANY),
    Mistake("P431.never", "      - {when: state is worn, then: checking}\n      - otherwise", "      - {when: state is worn, then: checking}\n      - {when: ¦state is worn, then: asking}\n      - otherwise"),
    Mistake("P431.after_otherwise", "      - otherwise: asking\n", "      - otherwise: asking\n      - {when: overdue, then: ¦checking}\n"),
    Mistake("P432.condition", "{when: state is worn,", "{when: ¦amount > 5,", level="warning"),
    Mistake("P432.value", "{customer: = customer, amount: 10}", "{customer: = customer, amount: ¦= amount + 1}", level="warning"),
    Mistake("P432.hand_over", "{customer: = customer, amount: 10}", "{customer: = customer, amount: ¦= amount}", level="warning"),
    Mistake("P432.moment", "1 day after back_on", "¦1 day after visit_on", level="warning"),
    Mistake("P432.due", "    due: 2 days\n", "    due: ¦visit_on\n", level="warning"),
]

VOCABULARY = [
    Mistake("P403.missing", "  sn: {type: record, of: serial_number,", "  ¦sn: {type: record,"),
    Mistake("P403.unknown", "of: serial_number,", "of: ¦serial_numbers,"),
    Mistake("P403.case", "  seen_at: {type: text,", "  ¦seen_at: {type: case,"),
    Mistake("P311.similar", "  seen_at: {type: text,", "  seen_at: {type: case, of: ¦repairs,"),
    Mistake("P311.unknown", "  seen_at: {type: text,", "  seen_at: {type: case, of: ¦[repair, exchange],", level="warning"),
    Mistake("P404.missing", "  seen_at: {type: text,", "  ¦seen_at: {type: choice,"),
    Mistake("P405.unknown", "from: sn.customer", "from: ¦sn.custommer"),
    Mistake("P405.kind", "from: sn.customer", "from: ¦sn.location"),
    Mistake("P406.unknown", "calendar: office\n", "calendar: ¦offices\n"),
    Mistake("P407.unknown", "cancel: supervisor", "cancel: ¦supervizor"),
    Mistake("P408.not_offered", "refused: {label: Refused | 拒绝, skip_form: true, next: not_lent}", "refused: {label: Refused | 拒绝, skip_form: true, ask: ¦reason, next: not_lent}"),
    Mistake("P408.unknown", "ask: [sn, customer, reason]", "ask: [sn, customer, ¦raeson]"),
    Mistake("P409.unknown", "milestone: lent}", "milestone: ¦lend}"),
    Mistake("P410.chinese", "label: Check | 检查", "label: ¦Check", level="warning"),
    Mistake("P410.english", "    label: Check | 检查", "    ¦label: {zh-Hans: 检查}", level="warning"),
    Mistake("P411.date", "default: = working_day(5)", "default: ¦tomorrow"),
    Mistake("P411.datetime", "  seen_at: {type: text,", "  found_at: {type: datetime, label: Found | 找到, default: ¦soon}\n  seen_at: {type: text,"),
    Mistake("P420.unknown", "call: erp.invoice", "call: ¦erp.invoise"),
    Mistake("P421.unknown", "amount: 10}", "amount: 10, tax: ¦1}"),
    Mistake("P421.missing", "      - call: erp.invoice\n        with: {customer: = customer, amount: 10}", "      - call: ¦erp.invoice\n        with: {customer: = customer}"),
    Mistake("P421.result", "save: {invoice: document}", "save: {invoice: ¦documents}"),
    Mistake("P422.twice", "        look_inside: {label", "        ¦look_outside: {label"),
    Mistake("P422.field", "  seen_at: {type: text,", "  ¦lent: {type: text, label: Lent | 借出}\n  seen_at: {type: text,"),
    Mistake("P422.fragment", "  seen_at: {type: text,", "  ¦content: {type: text, label: Content | 内容}\n  seen_at: {type: text,"),
    Mistake("P423.unknown", "different_person_from: start", "different_person_from: ¦starts"),
    Mistake("P424.unknown", "assign_to: keeper", "assign_to: ¦keepr"),
    Mistake("P424.no_user", "owner: starter", "owner: ¦customer.name"),
    Mistake("P424.unknown", "owner: starter\n", "owner: starter\nowner_not: ¦keepr\n"),
    Mistake("P424.no_field", "owner: starter\n", "owner: starter\nowner_not: [keeper, ¦reason]\n"),
    Mistake("P425.match", "{match: sn,", "{match: ¦snn,"),
    Mistake("P425.type", "data: {place: text}", "data: {place: ¦texts}"),
    Mistake("P428.pattern", '"[A-Z]{2}[0-9]{4,8}"', '¦"([A-Z]+)+"'),
    Mistake("P449.word", "LOAN-{year}-{seq}", "¦LOAN-{yr}-{seq}"),
    Mistake("P449.seq", "LOAN-{year}-{seq}", "¦LOAN-{year}"),
    Mistake("P449.taken", "LOAN-{year}-{seq}", "¦REP-{year}-{seq}"),
    Mistake("P429.unknown", "accept: image", "accept: ¦images"),
    Mistake("P435.type", "  reason: {type: long_text,", "  reason: {type: long_text, accept: ¦image,"),
    Mistake("P435.type", "{type: money, min: 0,", "{type: money, min: ¦now,"),
    Mistake("P435.type", "  reason: {type: long_text,", "  reason: {type: date, max: ¦5,"),
    Mistake("P435.day", "  reason: {type: long_text,", "  reason: {type: date, max: ¦now,"),
    Mistake("P206.number", "{type: money, min: 0,", "{type: money, min: ¦soon,"),
    Mistake("P206.number", "{type: money, min: 0,", "{type: money, min: ¦nan,"),
    Mistake("P206.number", "{type: money, min: 0,", "{type: money, min: ¦-inf,"),
    Mistake("P206.number", "{type: money, min: 0,", "{type: money, min: ¦1e999,"),
    Mistake("P435.range", "{type: money, min: 0,", "{type: money, min: 0, max: ¦-1,"),
    Mistake("P436.choice", "urgency: low", "urgency: ¦lo"),
    Mistake("P436.kind", "set: {state: fine}", "set: {amount: ¦much}"),
    Mistake("P445.call", "      - set: {sn.location: Store}", "      - {call: ¦erp.invoice, with: {customer: = customer, amount: 1}}"),
    Mistake("P446.list", "subject: sn\n", "subject: sn\nlist: [sn, ¦nothing]\n"),
    Mistake("P446.many", "subject: sn\n", "subject: sn\nlist: ¦[sn, sn, sn, sn, sn, sn, sn]\n"),
    Mistake("P446.subject", "subject: sn\n", "subject: ¦reason\n"),
    Mistake("P462.unit", "set: {seen_at: = event.place}", "swap_unit: {old: sn, new: ¦reason}"),
    Mistake("P462.unit", "set: {seen_at: = event.place}", "change_warranty: {unit: ¦customer, until: = today, source: manual, reason: asked}"),
    Mistake("P436.choice", "set: {seen_at: = event.place}", "swap_unit: {old: sn, new: sn, warranty: ¦remainder}"),
    Mistake("P436.choice", "set: {seen_at: = event.place}", "change_warranty: {unit: sn, until: = today, source: ¦gift, reason: asked}"),
    Mistake("P401.wanted", "set: {seen_at: = event.place}", "change_warranty: {unit: sn, until: = ¦reason, source: manual, reason: asked}"),
    Mistake("P463.set", "set: {seen_at: = event.place}", "set: {sn.warranty_until: ¦= today}"),
    Mistake("P463.swap", "set: {seen_at: = event.place}", "set: {sn.replaced_by: ¦= reason}"),
    Mistake("P465.unknown", "subject: sn\n", "subject: sn\nstages: {all: {label: All | 全部, steps: [handing_over, lent, taking_back, checking, mending, charging, charging_by_hand, writing, asking, ¦closed]}}\n"),
    Mistake("P465.twice", "subject: sn\n", "subject: sn\nstages: {all: {label: All | 全部, steps: [handing_over, lent, taking_back, checking, mending, charging, charging_by_hand, writing, asking]}, out: {label: Out | 借出, steps: ¦lent}}\n"),
    Mistake("P465.missing", "subject: sn\n", "subject: sn\n¦stages: {all: {label: All | 全部, steps: [handing_over, lent, taking_back, checking, mending, charging, charging_by_hand, writing]}}\n"),
    Mistake("P461.unknown", "subject: sn\n", "subject: sn\nalike: {by: [[sn, ¦snn]], within: 180 days}\n"),
    Mistake("P461.type", "subject: sn\n", "subject: sn\nalike: {by: [[sn, seen_at], [sn, ¦reason]], within: 180 days}\n"),
    Mistake("P461.unknown", "subject: sn\n", "subject: sn\nalike: {by: [[sn]], perhaps: [[customer, ¦custome]], within: 180 days}\n"),
    Mistake("P461.empty", "subject: sn\n", "subject: sn\nalike: {by: [[sn, seen_at], ¦[]], within: 180 days}\n"),
    Mistake("P475.step", "cancel: supervisor}", "cancel: supervisor, move: supervisor, move_to: [handing_over, ¦lend]}"),
    Mistake("P447.unknown", "pause_while: customer", "pause_while: ¦custommer"),
    Mistake("P447.step", "        look_inside: {label", "        look_inside: {pause_while: ¦look_outsid, label"),
    Mistake("P447.beside", "        look_inside: {label", "        look_inside: {pause_while: [look_outside, ¦mending], label"),
    Mistake("P447.beside", "        look_inside: {label", "        look_inside: {pause_while: ¦checking, label"),
    Mistake("P447.circle", _TWO_LOOKS, _TWO_LOOKS.replace("look_outside: {", "look_outside: {pause_while: ¦look_inside, ").replace("look_inside: {", "look_inside: {pause_while: look_outside, ")),
]

_FIELD = "  invoice: {type: text, label: Invoice | 发票}\n"
_COLUMNS = "columns: {part: {type: text, label: Part | 零件}, cost: {type: money, label: Cost | 金额}}"
_TABLE = _FIELD + "  parts: {type: table, label: Parts | 零件, " + _COLUMNS + "}\n"
_FIXED = "  stops: {type: table, label: Stops | 站点, rows: {first: First | 第一, last: Last | 最后}, " + _COLUMNS + "}\n"
_START = "form: {ask: [sn, customer, reason], optional: [photos]"


def _with_parts(more: str) -> str:
    return _FIELD + "  parts: {type: table, label: Parts | 零件, " + more + "}\n"


def _adding(action: str, more: str = "") -> tuple[str, str]:
    """A file with a table, in which an event does this."""
    good = LOAN[LOAN.index(_FIELD) : LOAN.index("          - set: {seen_at: = event.place}\n")]
    return good, good.replace(_FIELD, _TABLE + more) + f"          - {action}\n"


def _alike_by(names: str) -> tuple[str, str]:
    """A file with two tables whose cases are alike by columns."""
    good = LOAN[LOAN.index("subject: sn\n") : LOAN.index(_FIELD) + len(_FIELD)]
    bad = good.replace("subject: sn\n", f"subject: sn\nalike: {{by: [{names}], within: 180 days}}\n")
    return good, bad.replace(_FIELD, _TABLE + _FIXED)


def _entering(columns: str) -> tuple[str, str]:
    """A file in which the start form offers some columns of a table."""
    good = LOAN[LOAN.index(_FIELD) : LOAN.index(_START) + len(_START)]
    return good, good.replace(_FIELD, _TABLE).replace("optional: [photos]", f"optional: [photos, parts], columns: {{{columns}}}")


def _telling(columns: str) -> tuple[str, str]:
    """A file with a mail that tells a table, and which columns of it."""
    good = LOAN[LOAN.index(_FIELD) : LOAN.index(_CHARGED) + len(_CHARGED)]
    mail = f"    columns: {{{columns}}}\n" + _CHARGED.replace("the damage", "{{ parts }}")
    return good, good.replace(_FIELD, _TABLE).replace(_CHARGED, mail)


_CHARGED = "    body: Dear {{ customer.contact }}, we charge the damage."

TABLES = [
    Mistake("P450.columns", _FIELD, _FIELD + "  ¦parts: {type: table, label: Parts | 零件}\n"),
    Mistake("P450.row", _FIELD, _with_parts("columns: {¦row: {type: text, label: Row | 行}}")),
    Mistake("P450.both", _FIELD, _with_parts("columns: {part: {type: text, label: Part | 零件, optional: true, required_if: ¦urgent is set}}").replace("urgent", "state")),
    Mistake("P450.unanswered", _FIELD, _with_parts("columns: {part: {type: text, label: Part | 零件, required_if: ¦unanswered(parts) > 0}}")),
    Mistake("P450.key", _FIELD, _with_parts("default: ¦[], " + _COLUMNS)),
    Mistake("P451.bound", _FIELD, _with_parts("max: ¦500, " + _COLUMNS)),
    Mistake("P451.fixed", _FIELD, _with_parts("rows: {first: First | 第一}, min: ¦1, " + _COLUMNS)),
    Mistake("P452.unknown", *_adding("add_row: {¦prats: {part: = event.place}}")),
    Mistake("P452.fixed", *_adding("add_row: {¦stops: {part: = event.place}}", _FIXED)),
    Mistake("P453.column", *_adding("add_row: {parts: {prat: ¦= event.place}}")),
    Mistake("P401.wanted", *_adding("add_row: {parts: {cost: = ¦event.place}}")),
    Mistake("P436.kind", *_adding("add_row: {parts: {cost: ¦much}}")),
    Mistake("P456.unknown", *_adding("set_rows: {¦prats: {part: = event.place}}")),
    Mistake("P456.row", *_adding("set_rows: {¦stops.middle: {part: = event.place}}", _FIXED)),
    Mistake("P457.column", *_adding("set_rows: {parts: {prat: ¦= event.place}}")),
    Mistake("P436.kind", *_adding("set_rows: {parts: {cost: ¦much}}")),
    Mistake("P401.name_similar", *_adding("{set_rows: {parts: {part: = event.place}}, where: ¦prat is set}")),
    Mistake("P453.column", *_adding("set: {parts: [{prat: ¦bearing}]}")),
    Mistake("P436.kind", *_adding("set: {parts: ¦none}")),
    Mistake("P454.unknown", _START, _START + ", groups: [{label: What | 内容, fields: [reason, ¦keeper]}]"),
    Mistake("P461.mixed", *_alike_by("[parts.part, ¦stops.part]")),
    Mistake("P461.unknown", *_alike_by("[¦parts.prat, sn]")),
    Mistake("P458.table", _START, _START + ", columns: {parts: ¦[part]}"),
    Mistake("P458.none", *_entering("parts: ¦[]")),
    Mistake("P458.mail", *_telling("stops: ¦[at]")),
    Mistake("P459.column", *_telling("parts: [part, ¦prat]")),
    Mistake("P459.column", *_entering("parts: [cost, ¦prat]")),
    Mistake("P455.twice", _START, _START + ", groups: [{label: What | 内容, fields: [reason, ¦reason]}]"),
    Mistake("P404.missing", _FIELD, _with_parts("columns: {¦kind: {type: choice, label: Kind | 种类}}")),
    Mistake("P403.unknown", _FIELD, _with_parts("columns: {unit: {type: record, of: ¦serial, label: Unit | 设备}}")),
    Mistake("P407.unknown", _FIELD, _with_parts("columns: {by: {type: user, role: ¦technicain, label: By | 人员}}")),
    Mistake("P435.range", _FIELD, _with_parts("columns: {many: {type: number, min: 5, max: ¦1, label: Many | 数量}}")),
    Mistake("P435.type", _FIELD, _with_parts(_COLUMNS).replace("table,", "text,").replace("columns: ", "¦columns: ")),
    Mistake("P428.pattern", _FIELD, _with_parts('columns: {part: {type: text, pattern: ¦"(a+)+", label: Part | 零件}}')),
    Mistake("P436.choice", _FIELD, _with_parts("columns: {kind: {type: choice, choices: {a: A | 甲}, default: ¦b, label: Kind | 种类}}")),
    Mistake("P401.name_similar", _FIELD, _with_parts("columns: {part: {type: text, label: Part | 零件}, why: {type: text, label: Why | 原因, required_if: ¦prat is set}}")),
]

TIME = [
    Mistake("P412.duration", "due: 10 working days", "due: ¦10 workdays"),
    Mistake("P412.duration", "    subject: Please return", "    due: ¦soon enough\n    subject: Please return"),
    Mistake("P412.moment", "at: 1 day after back_on", "at: ¦1 day past back_on"),
    Mistake("P412.retry", "retry: 3 times, every 10 minutes", "retry: ¦three times"),
    Mistake("P413.unknown", "timers: {use: standard, with: {l1: supervisor}}", "timers: ¦standart"),
    Mistake("P413.setting", "with: {l1: supervisor}}\n    on_done", "with: {l9: ¦supervisor}}\n    on_done"),
    Mistake("P414.no_due", _TIMER, "      - {at: ¦1 day before due, remind: owner}\n"),
    Mistake("P412.duration", "due: 10 working days", "due: ¦10 workdays in total"),
    Mistake("P414.total", "due: 10 working days", "due: ¦10 working days in total"),
    Mistake("P416.leaves", "      - {at: 30 days after entry, next: taking_back}", "      - ¦{at: 30 days after entry, every: 1 day, next: taking_back}"),
    Mistake("P434.if", "    timers: {use: standard, with: {l1: supervisor}}\n    on_done", "    timers: ¦[{at: due, if: state is broken, remind: assignee}]\n    on_done"),
    Mistake("P434.if", "    timers: {use: standard, with: {l1: supervisor}}\n    on_done", "    timers: ¦[{at: due, if: state is broken, remind: assignee}, {at: due, do: [{note: Late}]}]\n    on_done"),
    Mistake("P306.waiting", "  lent:\n    label: Lent | 借出中\n    waiting_for: customer\n", "  lent:\n    label: Lent | 借出中\n    waiting_for: customer\n    timers: [{at: entry, remind: owner}]\n  ¦silent:\n    label: Silent | 无回应\n    waiting_for: customer\n    timers: [{at: entry, remind: owner}, {at: 1 day after entry, if: state is fine, next: closed}]\n  speaking:\n    label: Speaking | 通话\n    waiting_for: customer\n"),
    Mistake("P401.name_similar", _TIMER, "      - {at: 1 day after back_on, if: ¦staate is broken, draft_mail: please_return}\n"),
    Mistake("P466.never", "owner: starter\n", "owner: starter\nurgent_says: ¦Danger | 危险\n"),
    Mistake("P466.circle", "owner: starter\n", "owner: starter\nurgent_when: ¦urgent or state is broken\n"),
    Mistake("P417.no_effect", _TIMER, "      - ¦{at: 1 day after back_on}\n"),
    Mistake("P434.task", "  charging_by_hand: {label: Charge by hand | 人工收费, task: {role: clerk}, due: 1 day,", "  ¦charging_by_hand: {label: Charge by hand | 人工收费, task: {role: clerk},"),
    Mistake("P434.waiting", "  lent:\n    label: Lent | 借出中\n", "  ¦quiet: {label: Quiet | 静候, waiting_for: customer, events: {unit.scanned: taking_back}}\n  lent:\n    label: Lent | 借出中\n"),
    Mistake("P439.unknown", "1 day after back_on", "¦1 day after back_onn"),
    Mistake("P439.no_date", "1 day after back_on", "¦1 day after reason"),
]

MAIL = [
    Mistake("P418.unknown", "draft_mail: charged}", "draft_mail: ¦chargd}"),
    Mistake("P418.none", "      - set: {sn.location: Store}", "      - ¦mail: clerk"),
    Mistake("P418.never", "      - set: {sn.location: Store}", "      - withdraw_mail: ¦charged"),
    Mistake("P418.unknown", "      - set: {sn.location: Store}", "      - withdraw_mail: ¦please_retrun"),
    Mistake("P419.direct", "      - set: {sn.location: Store}", "      - {mail: ¦customer, template: charged}"),
    Mistake("P419.direct", _TIMER, "      - {at: 1 day after back_on, mail: ¦customer}\n"),
    Mistake("P426.outcomes", "  writing:\n    label: Write to the customer | 致信客户\n    task: {role: clerk, draft_mail: charged}\n    due: 4 working hours\n    outcomes: {sent: asking, not_sent: asking}", "  ¦writing:\n    label: Write to the customer | 致信客户\n    task: {role: clerk, draft_mail: charged}\n    due: 4 working hours\n    outcomes: {sent: asking, forgotten: asking}"),
    Mistake("P427.form", "draft_mail: charged}\n    due", "draft_mail: charged, form: {ask: ¦[amount]}}\n    due"),
    Mistake("P427.form", "draft_mail: charged}\n    due", "draft_mail: charged, form: {optional: ¦[reason]}}\n    due"),
    Mistake("P441.unknown", "body: Dear {{ customer.contact }}, it was", "body: Dear ¦{{ customer.contract }}, it was"),
    Mistake("P442.other", "body: Dear {{ customer.contact }}, it was", "body: Dear ¦{% if x %}, it was"),
    Mistake("P442.expression", "body: Dear {{ customer.contact }}, it was", "body: Dear ¦{{ customer.contact|upper }}, it was"),
    Mistake("P443.unknown", "  please_return:\n    subject:", "  please_return:\n    to: ¦reason\n    subject:"),
]

RULES = [
    Mistake("P501.form", "never: closed before asking", "never: ¦closed until asking"),
    Mistake("P502.unknown", "never: closed before asking", "never: ¦closed before askin"),
    Mistake("P503.broken", "never: closed before asking", "never: ¦closed before writing.sent"),
    Mistake("P407.unknown", "different_person_from: start, form", "different_person_from: start, may_be_waived_by: ¦supervizor, form"),
    Mistake("P472.nothing", "task: {role: technician}, due: 1 day, next: join}\n      inside", "task: {role: technician, may_be_waived_by: ¦supervisor}, due: 1 day, next: join}\n      inside"),
    Mistake("P472.rule", "different_person_from: start, form", "different_person_from: start, may_be_waived_by: ¦supervisor, form"),
    Mistake("P510.form", "  time_out: {label: Time out | 借出时长, from: start, to: taking_back,", "  ¦time_out: {label: Time out | 借出时长, from: start,"),
    Mistake("P510.form", "  unbroken: {label: Unbroken | 完好率, share:", "  ¦unbroken: {label: Unbroken | 完好率, count: start, share:"),
    Mistake("P510.count", "share: state is not broken, target: 95%", "count: taking_back, target: ¦95%"),
    Mistake("P510.of", "  time_out: {label: Time out | 借出时长,", "  time_out: {label: Time out | 借出时长, of: ¦overdue,"),
    Mistake("P510.overdue", "  unbroken: {label: Unbroken | 完好率, share: state is not broken, target: 95%}", "  unbroken: {label: Unbroken | 完好率, count: ¦closed.overdue}"),
    Mistake("P510.moment", "to: taking_back, target", "to: ¦taking_bak, target"),
    Mistake("P510.share", "target: 95%", "target: ¦most"),
    Mistake("P510.per", "per: owner", "per: ¦ownr"),
    Mistake("P520.step", "steps: {waiting: lent}", "steps: {waiting: ¦lend}"),
    Mistake("P520.version", "migrate: {from: 1,", "migrate: {from: ¦2,"),
]
