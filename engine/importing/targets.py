"""What can be imported, and which column of a list is probably which attribute: by names people use, in both languages."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from engine.definition.compiled import Site
from engine.definition.model.site import AttributeDef
from engine.definition.texts import Text
from engine.doubtful import BECAUSE
from engine.records import KEY_OF
from engine.refusals import Refusal
from engine.replaced import UNIT

WORDS = {"customers": "customer", "orders": "order", "serial_numbers": "serial_number"}
LINES = "order_lines"
LINE_ATTRIBUTES = {
    "order": "order",
    "line": "number",
    "product": "text",
    "quantity": "number",
    "price": "money",
    "freight": "money",
    "seller": "text",
    "ship_by": "date",
}


@dataclass(frozen=True, slots=True)
class Target:
    """Records of one type, or the lines of orders. `key` is the attribute that every row must have; `described` is what the
    site says of the attributes, and `zone` where its days begin."""

    word: str
    type: str
    key: str
    attributes: Mapping[str, str]
    record_types: frozenset[str] = frozenset()
    described: Mapping[str, AttributeDef] = field(default_factory=dict)
    zone: str = "UTC"

    @property
    def columns(self) -> Mapping[str, str]:
        """What the columns of a list may be: the attributes, and of units the reason for what is hardly meant."""
        return {**self.attributes, BECAUSE: "text"} if self.type == UNIT else self.attributes

    @property
    def is_lines(self) -> bool:
        """Whether rows are lines of orders and not records of their own."""
        return self.word == LINES


def target_of(word: str, site: Site) -> Target:
    """What a word of the command line names. Raises Refusal for a word that names nothing."""
    types = frozenset(site.records)
    if word == LINES:
        return Target(word, "order", "order", LINE_ATTRIBUTES, types)
    type = WORDS.get(word, word if word in types else word.removesuffix("s"))
    definition = site.records.get(type)
    if definition is None:
        known = ", ".join([*WORDS, LINES, *sorted(types - set(WORDS.values()))])
        raise Refusal(
            "unknown",
            Text(f"'{word}' cannot be imported; known are: {known}.", f"无法导入“{word}”，可导入：{known}。"),
            concerns=word,
        )
    attributes = definition.attributes
    key = definition.key or KEY_OF.get(type) or next(iter(attributes))
    return Target(word, type, key, attributes, types, definition.described, site.timezone)


def suggest(header: Sequence[str], target: Target) -> dict[int, str]:
    """Column position to attribute, for the columns whose name leaves no doubt. No attribute is named twice."""
    found: dict[int, str] = {}
    for attribute in target.columns:
        names = [attribute, *_ALSO.get(target.word, {}).get(attribute, ()), *_ALSO["any"].get(attribute, ())]
        for name in names:
            at = next((n for n, column in enumerate(header) if n not in found and _plain(column) == _plain(name)), None)
            if at is not None:
                found[at] = attribute
                break
    return dict(sorted(found.items()))


def _plain(name: str) -> str:
    return re.sub(r"[\s_\-.:：/（）()]+", "", name).casefold()


_ALSO: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    "any": {
        "code": ("no", "number", "id", "编号", "编码", "代码"),
        "name": ("名称", "company", "company name", "公司名称", "公司"),
        "contact": ("contact person", "contact name", "联系人"),
        "email": ("e-mail", "mail", "email address", "邮箱", "电子邮箱", "电子邮件"),
        "phone": ("telephone", "tel", "mobile", "phone number", "电话", "联系电话", "手机", "手机号"),
        "job_title": ("title", "position", "职务", "职位", "联系人职务"),
        "contact_2": ("second contact", "contact 2", "第二联系人", "联系人2", "备用联系人"),
        "job_title_2": ("second job title", "第二联系人职务", "职务2"),
        "email_2": ("second email", "email 2", "第二联系人邮箱", "邮箱2", "备用邮箱"),
        "phone_2": ("second phone", "phone 2", "第二联系人电话", "电话2", "备用电话"),
        "address": ("地址", "street", "详细地址", "customer_city", "city", "城市"),
        "language": ("语言",),
        "tier": ("level", "客户等级", "等级", "级别"),
        "salesperson": ("sales rep", "sales", "业务员", "销售", "销售员", "客户经理"),
        "do_not_call": ("勿扰", "请勿致电", "谢绝致电"),
        "customer": ("customer_id", "customer no", "customer code", "客户", "客户编号", "客户编码", "客户代码"),
        "product": ("product name", "product_id", "item", "产品", "产品名称", "品名", "商品", "物料名称"),
        "quantity": ("qty", "数量"),
        "status": ("state", "状态"),
        "order": ("order_id", "order no", "order number", "订单", "订单号", "订单编号"),
        "supplier": ("supplier_id", "supplier code", "vendor", "供应商", "供应商编号", "厂家"),
        "price": ("unit price", "单价", "价格"),
    },
    "customers": {"code": ("customer_id", "customer no", "customer code", "客户编号", "客户编码", "客户代码", "客户号")}
    | {"name": ("customer name", "customer", "客户名称", "客户")},
    "suppliers": {"code": ("supplier_id", "供应商编号", "供应商代码"), "name": ("supplier", "供应商名称", "供应商")},
    "orders": {
        "number": ("order_id", "order no", "order number", "order", "no", "id", "订单号", "订单编号", "单号"),
        "status": ("order_status", "订单状态"),
        "ordered_on": (
            "order date",
            "ordered",
            "order_purchase_timestamp",
            "下单日期",
            "订单日期",
            "订购日期",
            "下单时间",
        ),
        "promised_on": (
            "promised",
            "due date",
            "order_estimated_delivery_date",
            "承诺日期",
            "交货日期",
            "承诺到货日期",
            "交期",
        ),
        "ship_to": ("delivery address", "shipping address", "收货地址", "送货地址"),
        "amount": ("total", "order total", "order amount", "订单金额", "金额", "总金额", "合计"),
    },
    "serial_numbers": {
        "number": ("serial number", "serial no", "serial", "sn", "s/n", "序列号", "机身号", "出厂编号"),
        "model": ("type", "型号", "机型", "规格型号"),
        "batch": ("lot", "批次", "批号"),
        "produced_on": ("produced", "production date", "生产日期", "出厂日期"),
        "purchased_on": ("purchased", "purchase date", "sold on", "购买日期", "销售日期"),
        "warranty_until": ("warranty", "warranty end", "质保到期", "质保到期日", "质保截止", "保修截止", "保修到期"),
        "location": ("place", "位置", "所在地"),
        "custody": ("在谁处", "保管状态"),
        BECAUSE: ("理由",),
    },
    LINES: {
        "order": ("number",),
        "line": ("order_item_id", "line no", "position", "pos", "行号", "序号", "项次"),
        "freight": ("freight_value", "shipping", "运费"),
        "seller": ("seller_id", "卖家"),
        "ship_by": ("shipping_limit_date", "最晚发货"),
    },
}
"""Other names for attributes: exports of well-known systems, and how people head their lists."""
