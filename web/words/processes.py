"""Words of the processes' pages: versions, steps, promises, findings."""

from __future__ import annotations

from engine.definition.texts import Text

WORDS: dict[str, Text] = {
    "processes.about": Text(
        "Each is one file. New cases take the newest version; running ones keep theirs.",
        "每个流程是一个文件。新工单使用最新版本，处理中的工单保持原版本。",
    ),
    "processes.none": Text("No process is published yet.", "尚未发布任何流程。"),
    "processes.upload": Text("Upload a file", "上传文件"),
    "processes.edit": Text("Change the file", "修改文件"),
    "processes.edit_about": Text(
        "Check as often as you like; nothing changes until you publish.", "可随时检查，发布之前不会有任何变化。"
    ),
    "processes.version": Text("Version {n}", "第 {n} 版"),
    "processes.versions": Text("Versions", "版本"),
    "processes.open_cases": Text("{n} open", "{n} 张处理中"),
    "processes.rules": Text("{n} rules kept", "{n} 条规则有效"),
    "processes.steps": Text("Steps", "步骤"),
    "processes.step": Text("Step", "步骤"),
    "processes.who": Text("Who", "角色"),
    "processes.due": Text("Due", "时限"),
    "processes.ways": Text("Ways out", "去向"),
    "processes.ladder": Text("{n} timers", "{n} 个计时点"),
    "processes.file": Text("File", "文件"),
    "processes.lines": Text("{n} lines", "{n} 行"),
    "processes.promises": Text("Rules", "规则"),
    "processes.scenarios": Text("Scenarios", "场景"),
    "processes.or_upload": Text("… or upload a file instead", "…或上传文件"),
    "processes.reason": Text("Reason for publishing", "发布原因"),
    "processes.check": Text("Check", "检查"),
    "processes.publish": Text("Publish", "发布"),
    "processes.beside_lines": Text("Findings beside their lines", "逐行查看问题"),
    "findings.title": Text("Findings", "检查结果"),
    "findings.ok": Text("May be published", "可以发布"),
    "findings.not_ok": Text("May not be published yet", "暂不能发布"),
    "findings.line": Text("line {n}", "第 {n} 行"),
    "findings.scenario_failed": Text("did not come out as told", "结果与场景不符"),
    "findings.coverage": Text("The scenarios use {n} % of all moves.", "场景覆盖了 {n}% 的流转。"),
    "verdict.proved": Text("proved", "已证明"),
    "verdict.kept": Text("kept while running", "运行时保证"),
    "verdict.violated": Text("can be broken", "可被违反"),
    "verdict.unproved": Text("not proved", "未能证明"),
    "processes.site_file": Text("Site file", "站点文件"),
    "processes.library_file": Text("Shared pieces", "共用片段"),
    "step.task": Text("Task", "任务"),
    "step.waiting_for": Text("Waiting", "等待"),
    "step.do": Text("Automatic", "自动"),
    "step.run": Text("Other process", "子流程"),
    "step.use": Text("Shared steps", "共用步骤"),
    "step.parallel": Text("Side by side", "并行"),
    "step.end": Text("End", "结束"),
}
