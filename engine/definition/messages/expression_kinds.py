"""Sentences on values in conditions and formulas that do not suit each other or their place (P401)."""

from __future__ import annotations

from engine.definition.messages.expression_writing import said
from engine.definition.problems import Sentence

SENTENCES: dict[str, Sentence] = {
    "P401.not_condition": said(
        "'{subject}' is {kind}, not a condition",
        "“{subject}”是{kind_zh}，不是条件",
        "a condition compares, for example  amount > 5000",
        "条件需要比较，例如 amount > 5000",
    ),
    "P401.not_condition_as": said(
        "'{subject}' is {kind}, not a condition",
        "“{subject}”是{kind_zh}，不是条件",
        "write for example  {example}",
        "例如：{example}",
    ),
    "P401.wanted": said(
        "'{subject}' is {kind}, but {wanted} is needed here", "“{subject}”是{kind_zh}，而此处需要{wanted_zh}"
    ),
    "P401.kinds": said(
        "{left} cannot be compared with {right}",
        "{left_zh}不能与{right_zh}比较",
        "compare two values of one kind",
        "请比较同一类型的值",
    ),
    "P401.order": said(
        "{kind} has no order for '{sign}'",
        "{kind_zh}不能用“{sign}”比较大小",
        "numbers, amounts and dates have one; otherwise use  ==  or  !=",
        "只有数字、金额和日期可比较大小；其他请用 == 或 !=",
    ),
    "P401.quoted": said(
        "'{subject}' is {kind}, but '{text}' in quotes is a text",
        "“{subject}”是{kind_zh}，而带引号的“{text}”是文本",
        "numbers and dates stand without quotes",
        "数字和日期不加引号",
    ),
    "P401.blank": said(
        "an empty text equals nothing",
        "空文本不等于任何值",
        "write  {subject} is not set",
        "请写 {subject} is not set",
    ),
    "P401.unquoted": said(
        "'{subject}' is a text, so '{item}' needs quotes",
        "“{subject}”是文本，“{item}”需要引号",
        "write  '{item}'",
        "请写 '{item}'",
    ),
    "P401.item": said("'{subject}' is {kind} and can never be '{item}'", "“{subject}”是{kind_zh}，不可能是“{item}”"),
    "P401.is_text": said(
        "'{subject}' is a text; after 'is' stands a choice",
        "“{subject}”是文本；is 后面应为选项",
        "write  {subject} == '{word}'",
        "请写 {subject} == '{word}'",
    ),
    "P401.is_kind": said(
        "'{subject}' is {kind} and can never be '{word}'",
        "“{subject}”是{kind_zh}，不可能是“{word}”",
        "'is' asks for a choice, for yes or no, or  is set",
        "is 用于选项、yes/no 或 is set",
    ),
    "P401.is_subject": said(
        "'{subject}' is not a field; 'is' asks about a field",
        "“{subject}”不是字段；is 用于字段",
        "compare with  ==  instead",
        "请改用 == 比较",
    ),
    "P401.not_addable": said(
        "'{subject}' is {kind} and cannot stand in a sum",
        "“{subject}”是{kind_zh}，不能加减",
        "only numbers, amounts and dates can",
        "只有数字、金额和日期可以加减",
    ),
    "P401.sum": said(
        "{left} {sign} {right} makes no sense",
        "{left_zh} {sign} {right_zh} 没有意义",
        "write the date first:  promised_on + 3",
        "请把日期写在前面：promised_on + 3",
    ),
    "P401.sum_dates": said(
        "{left} {sign} {right} makes no sense",
        "{left_zh} {sign} {right_zh} 没有意义",
        "a date takes a number of days; two dates can only be subtracted",
        "日期可加减天数；两个日期只能相减",
    ),
}
