"""What an author reads when cases of an older version would move to nowhere (P520)."""

from __future__ import annotations

from engine.definition.problems import Sentence

SENTENCES: dict[str, Sentence] = {
    "P520.step": Sentence("'{step}' is not a step of this version", "“{step}”不是此版本的步骤", "{meant}", "{meant}"),
    "P520.version": Sentence(
        "version {from_} is not older than this one, which is version {version}",
        "版本 {from_} 并不早于当前版本 {version}",
        "name the older version from which cases move, or raise 'version'",
        "请写案件来源的旧版本号，或提高 version",
    ),
}
