"""Words of what forms are made of: tables, signatures, pictures."""

from __future__ import annotations

from engine.definition.texts import Text

WORDS: dict[str, Text] = {
    "unit.beside": Text(" ({unit})", "（{unit}）"),
    "table.row": Text("Row", "行"),
    "table.unfold": Text("Show or hide:", "展开或收起："),
    "table.total": Text("Total", "合计"),
    "table.add": Text("Add a row", "添加一行"),
    "table.remove": Text("Remove this row", "删除此行"),
    "table.gone": Text("Row {n} was removed.", "已删除第 {n} 行。"),
    "table.undo": Text("Undo", "撤销"),
    "table.full": Text("{n} rows at most.", "最多 {n} 行。"),
    "table.more": Text("More rows", "更多行"),
    "table.asked": Text("needed here", "此处必填"),
    "table.answered": Text("filled in", "已填写"),
    "table.rest": Text("{n} more rows", "另有 {n} 行"),
    "table.empty": Text("No rows", "暂无内容"),
    "table.row_n": Text("Row {n}", "第 {n} 行"),
    "table.row_new": Text("new", "新增"),
    "table.row_gone": Text("removed", "删除"),
    "table.row_filled": Text("filled in", "已填写"),
    "table.row_emptied": Text("emptied", "已清空"),
    "table.row_changed": Text("changed", "变更"),
    "signature.pad": Text("{what}: sign here with a finger, a mouse or a pen", "{what}：请用手指、鼠标或笔在此签名"),
    "signature.here": Text("Sign above the line", "请在横线上方签名"),
    "signature.clear": Text("Clear", "清除"),
    "signature.instead": Text("Use a photo instead", "改用照片"),
    "signature.file": Text("{what}: photograph it or choose a picture", "{what}：拍照或选择图片"),
    "signature.drawn": Text("Signed. It is sent with the form.", "已签名，将随表单提交。"),
    "signature.cleared": Text("The signature is cleared.", "签名已清除。"),
    "signature.kept": Text("Signature: {what}", "签名：{what}"),
    "signature.keep": Text("Keep this signature", "保留此签名"),
}
