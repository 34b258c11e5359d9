"""Sentences on whether rows choose in every case (P430, P431) and on what may still be empty when it is asked (P432)."""

from __future__ import annotations

from engine.definition.problems import Sentence

SENTENCES: dict[str, Sentence] = {
    "P430.uncovered": Sentence(
        "after {where}: nothing is chosen when {example}",
        "在 {where} 之后：当 {example} 时没有任何选择",
        "add a last row  - otherwise: <step>",
        "请在最后加一行  - otherwise: <步骤>",
    ),
    "P430.too_many": Sentence(
        "after {where}: there are too many combinations to try (more than {most})",
        "在 {where} 之后：组合过多，无法逐一检查（超过 {most} 种）",
        "add a last row  - otherwise: <step>",
        "请在最后加一行  - otherwise: <步骤>",
    ),
    "P431.never": Sentence(
        "after {where}: row {row} ('{condition}') is never reached",
        "在 {where} 之后：第 {row} 行（“{condition}”）永远不会用到",
        "an earlier row already holds in all these cases; remove the row or move it up",
        "前面的行已包含这些情况；请删除该行或将其上移",
    ),
    "P431.after_otherwise": Sentence(
        "after {where}: row {row} stands after 'otherwise' and is never reached",
        "在 {where} 之后：第 {row} 行位于 otherwise 之后，永远不会用到",
        "'otherwise' must be the last row",
        "otherwise 必须是最后一行",
    ),
    "P432.condition": Sentence(
        "'{path}' may still be empty when the condition '{condition}' is asked",
        "判断条件“{condition}”时，“{path}”可能仍为空",
        "ask for it in an earlier form, or write  {path} is set and …",
        "请在之前的表单中填写，或写 {path} is set and …",
        level="warning",
    ),
    "P432.value": Sentence(
        "'{path}' may still be empty when the formula '{condition}' is worked out",
        "计算公式“{condition}”时，“{path}”可能仍为空",
        "ask for it in an earlier form",
        "请在之前的表单中填写",
        level="warning",
    ),
    "P432.hand_over": Sentence(
        "'{path}' may still be empty when it is handed over as '{target}'",
        "“{path}”作为“{target}”传递时可能仍为空",
        "ask for it in an earlier form",
        "请在之前的表单中填写",
        level="warning",
    ),
    "P432.mail": Sentence(
        "'{path}' may still be empty when the mail '{mail}' is written",
        "撰写邮件“{mail}”时，“{path}”可能仍为空",
        "ask for it in an earlier form",
        "请在之前的表单中填写",
        level="warning",
    ),
}
