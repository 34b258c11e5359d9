"""Whether the attributes of a site's records are sound: of a known kind, with words that are there (P404, P410, P425, P435, P436, P471)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import get_args

from engine.definition.compiled import Site, Spot
from engine.definition.compiling import Flaw
from engine.definition.compiling.names import under
from engine.definition.expressions.problem import meant
from engine.definition.model import SiteFile
from engine.definition.model.site import AttributeDef, RecordDef, RecordEvent
from engine.definition.model.vocabulary import FieldType

PLAIN_KINDS = frozenset(get_args(FieldType)) - {"choice", "choices", "record", "case"}
_FOR_TYPES = {"choices": "choice", "begins": "choice", "max": "date"}


def attribute_flaws(file: SiteFile) -> Iterator[Flaw]:
    """Everything wrong with the attributes of records, and with the words that events of records name."""
    for name, record in file.records.items():
        for attribute, described in record.described.items():
            yield from _attribute(file, attribute, described, Spot("process", ("records", name, attribute)))
        if record.key is not None and record.key not in record.attributes:
            names = {"key": record.key, "record": name, "meant": meant(record.key, record.attributes)}
            yield Flaw("P448.key", Spot("process", ("records", name, "key")), names)
    for name, announced in file.record_events.items():
        if known := file.records.get(announced.record):
            yield from _words_announced(announced, known, Spot("process", ("record_events", name)))


def _attribute(file: SiteFile, name: str, described: AttributeDef, spot: Spot) -> Iterator[Flaw]:
    kinds = [*sorted(PLAIN_KINDS), "choice", *file.records]
    if described.type not in kinds:
        yield Flaw("P425.type", under(spot, "type"), {"kind": described.type, "meant": meant(described.type, kinds)})
        return
    for key, type in _FOR_TYPES.items():
        if getattr(described, key) and described.type != type:
            names = {"key": key, "field": name, "type": described.type, "types": type}
            yield Flaw("P435.type", under(spot, key), names)
    if described.type == "choice" and not described.choices:
        yield Flaw("P404.missing", spot, {"field": name})
    yield from _unknown(described.begins, described, under(spot, "begins"))
    for id, label in (described.choices or {}).items():
        if not label.en or not label.zh:
            key = "P410.chinese" if label.en else "P410.english"
            yield Flaw(key, under(spot, "choices", id), {"text": label.en or label.zh})


def _words_announced(announced: RecordEvent, record: RecordDef, spot: Spot) -> Iterator[Flaw]:
    told = [(announced.attribute, announced.becomes, under(spot, "becomes"))]
    for key, conditions in (("where", announced.where), ("unless", announced.unless)):
        told += [(attribute, words, under(spot, key, attribute)) for attribute, words in conditions.items()]
    for attribute, words, here in told:
        if attribute in record.described:
            yield from _unknown(words, record.described[attribute], here)


def _unknown(words: Iterable[str], described: AttributeDef, spot: Spot) -> Iterator[Flaw]:
    for n, word in enumerate(words):
        if described.choices and word not in described.choices:
            yield Flaw("P436.choice", under(spot, n), {"text": word, "meant": meant(word, described.choices)})


def holders(site: Site, processes: Mapping[str, object]) -> Iterator[Flaw]:
    """Processes whose open cases hold an attribute; one of them may still have to come (P471)."""
    for type, record in site.records.items():
        for attribute, described in record.described.items():
            for n, process in enumerate(described.held_by):
                if process not in processes:
                    spot = Spot("process", ("records", type, attribute, "held_by", n))
                    yield Flaw("P471.process", spot, {"process": process, "meant": meant(process, processes)})
