"""What an author reads about earlier cases that are alike (P461)."""

from __future__ import annotations

from engine.definition.problems import Sentence

SENTENCES: dict[str, Sentence] = {
    "P461.unknown": Sentence(
        "cases cannot be alike by '{field}', which is no field of this process",
        "“{field}”不是本流程的字段，无法据此判断同样的工单",
        "{meant}",
        "{meant}",
    ),
    "P461.mixed": Sentence(
        "'{field}' stands in a list with columns of '{table}', so that no row could agree",
        "“{field}”与“{table}”的列写在同一组中，无法逐行比较",
        "name columns of one table in each list",
        "每组请只使用同一个表格的列",
    ),
    "P461.type": Sentence(
        "cases cannot be alike by '{field}', which is of type {type}",
        "字段“{field}”的类型为 {type}，无法据此判断同样的工单",
        "name fields of type: {types}",
        "请使用以下类型的字段：{types}",
    ),
    "P461.empty": Sentence(
        "a list of 'alike' names no field",
        "alike 中有一组没有字段",
        "write the fields that must agree, such as  [sn, cause_code]",
        "请写出需要一致的字段，例如  [sn, cause_code]",
    ),
    "P461.taken": Sentence(
        "a field is called 'earlier', and in a process with 'alike' that word is the earlier case",
        "字段名为“earlier”，而在有 alike 的流程中该词表示之前的工单",
        "rename the field",
        "请为该字段改名",
    ),
}
