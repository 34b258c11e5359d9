"""What an author reads about units that are replaced and warranties that change (P462-P463)."""

from __future__ import annotations

from engine.definition.problems import Sentence

SENTENCES: dict[str, Sentence] = {
    "P462.unit": Sentence(
        "'{field}' is no unit: a field of type record, of serial_number, is needed here",
        "“{field}”不是设备：此处需要类型为 record、of: serial_number 的字段",
        "{meant}",
        "{meant}",
    ),
    "P462.site": Sentence(
        "units cannot be replaced here: serial_number has no attribute '{attribute}'",
        "无法换机：serial_number 没有属性“{attribute}”",
        "add it to serial_number in _site.yaml",
        "请在 _site.yaml 的 serial_number 中添加该属性",
    ),
    "P462.word": Sentence(
        "units cannot be replaced here: a swap writes '{word}', and {attribute} of serial_number does not take it",
        "无法换机：换机会写入“{word}”，而 serial_number 的“{attribute}”不接受该值",
        "add it to its choices in _site.yaml",
        "请在 _site.yaml 的 choices 中添加该选项",
    ),
    "P463.set": Sentence(
        "'{field}' cannot be set: who moved a warranty end, from what source and why must be kept",
        "不能直接设置“{field}”：质保变更必须记录人员、来源和理由",
        "write  change_warranty: {{unit: {unit}, until: …, source: manual, reason: …}}",
        "请写  change_warranty: {{unit: {unit}, until: …, source: manual, reason: …}}",
    ),
    "P463.swap": Sentence(
        "'{field}' cannot be set: both units and the warranty change together",
        "不能直接设置“{field}”：两台设备和质保必须一起变更",
        "write  swap_unit: {{old: …, new: …, warranty: rest, reason: …}}",
        "请写  swap_unit: {{old: …, new: …, warranty: rest, reason: …}}",
    ),
}
