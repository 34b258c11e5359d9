"""Laws about goods and money: what ships, what was tested, whose unit lives on, until when it is under warranty, who pays.

INV-01, 02, 03, 10, 11, 12 and 13; see `law`.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from tests.invariants.law import broken, has_just_ended
from tests.invariants.witness import Seen, Witness

WORK = ("repair", "long_test", "deep_analysis")
VOIDS = {"receiving", "replacing", "order_parts", "final_test", *WORK}
GONE = {"replaced", "scrapped", "lost"}
CAME = ("sn", "sn_found", "old_unit")
"""The units of a return that may have come to us."""


def inv_01(seen: Witness) -> None:
    """Nothing ships before it was judged and then tested, in this round, by somebody who did no work on it."""
    for each in _returns(seen):
        judged, tester, workers = False, "", set[str]()
        for moment in each.story():
            if moment.row.kind == "reopened":
                judged, tester = False, ""
            if moment.is_done(*WORK):
                workers.add(str(moment.row.by))
            judged = judged or moment.is_done("reinspection.passed")
            tester = str(moment.row.by) if moment.is_done("final_test.passed") else tester
            for step in moment.entered:
                if step == "shipping":
                    assert judged, broken("INV-01", each, "shipping without a judgement", moment)
                    assert tester, broken("INV-01", each, "shipping without a passed test since", moment)
                    assert tester not in workers, broken("INV-01", each, f"{tester} tested their own work", moment)
                    tester = ""
                if step in VOIDS:
                    tester = ""
                judged = judged and step != "receiving"
            judged = judged and not moment.is_done("shipping.shipped")
        _in_advance(each)


def inv_02(seen: Witness) -> None:
    """The kind of test fits what was done; a reading that is not in order is no pass."""
    for each in _returns(seen):
        worked = replaced = False
        for moment in each.story():
            if moment.row.kind == "reopened":
                worked = replaced = False
            worked, replaced = worked or "repair" in moment.entered, replaced or "replacing" in moment.entered
            if moment.is_done("final_test.passed", "test_swap.passed"):
                rows = [*(moment.after.get("readings") or []), *(moment.after.get("checklist") or [])]
                bad = [row for row in rows if row.get("ok") is False]
                assert not bad, broken("INV-02", each, f"passed with {bad}", moment)
            if "shipping" in moment.entered:
                kind = moment.after.get("test_kind")
                own = moment.after.get("tested_unit") == moment.after.get("sn")
                unrepaired = own and moment.after.get("measure") == "as_is"
                fits = kind != "identity" or unrepaired or not (worked or replaced)
                assert fits, broken("INV-02", each, "a unit that was worked on was only looked at", moment)
            if "ship_swap" in moment.entered:
                assert moment.after.get("test_kind") != "identity", broken("INV-02", each, "only looked at", moment)


def inv_03(seen: Witness) -> None:
    """What ships is what was tested, and that is the customer's unit or the replacement chosen for it; what came is not left
    behind when its return ends."""
    for each in _returns(seen):
        if has_just_ended(each):
            _nothing_is_left_behind(seen, each)
        for moment in each.story():
            if not moment.is_done("shipping.shipped", "ship_swap.shipped"):
                continue
            before, after = moment.before, moment.after
            unit = after.get("shipped_unit")
            assert unit and unit == before.get("tested_unit"), broken("INV-03", each, f"{unit} was not tested", moment)
            expected = {before.get("new_unit"), *([before.get("sn")] if moment.row.step == "shipping" else [])}
            assert unit in expected, broken("INV-03", each, f"{unit} is none of {expected}", moment)


def inv_10(seen: Witness) -> None:
    """A warranty end changes only with a record of it: who or what, from what to what, why."""
    numbers = [record.key for record in seen.units.values()]
    assert len(numbers) == len(set(numbers)), "INV-10: a serial number exists twice"
    told: dict[str, str | None] = {}
    for unit, old, new, source, reason in seen.warranty_changes():
        assert old == told.get(unit), f"INV-10: {unit}: {old} had never become its warranty end"
        assert source and reason, f"INV-10: {unit}: nobody knows why its warranty ends on {new}"
        told[unit] = new
    for id, record in seen.units.items():
        now = record.attributes.get("warranty_until") or None
        assert now == told.get(id), f"INV-10: {id}: the warranty ends on {now}, on record is {told.get(id)}"
    for each in seen.touched:
        for moment in each.story():
            if each.case.process == "warranty_renewal" and "activating" in moment.entered:
                paid = all(moment.after.get(name) for name in ("accepted_by", "accepted_on", "paid_on", "pay_proof"))
                assert paid, broken("INV-10", each, "renewed before it was accepted and paid", moment)


def inv_11(seen: Witness) -> None:
    """Chargeable work begins after an accepted quotation: how much, who, when, and the proof."""
    for each in seen.touched:
        for moment in each.story():
            values = moment.after
            factory = each.case.process == "factory_return" and {"repair", "replacing"} & set(moment.entered)
            if factory and _money(values.get("customer_share")) > 0:
                proof = all(
                    values.get(name) for name in ("quote_accepted", "accepted_by", "accepted_on", "quote_proof")
                )
                assert proof, broken("INV-11", each, "chargeable work without an accepted quotation", moment)
            visit = each.case.process == "onsite_repair" and "visit" in moment.entered
            if visit and values.get("coverage") == "chargeable":
                proof = all(values.get(name) for name in ("quote_accepted", "accepted_by", "quote_proof"))
                assert proof, broken("INV-11", each, "a chargeable visit without an accepted quotation", moment)


def inv_12(seen: Witness) -> None:
    """The shares of a cost add up to 100 % and to the cost."""
    for each in seen.touched:
        for moment in each.story():
            values, total, share = moment.after, "", ""
            if each.case.process == "factory_return" and moment.is_done("reinspection.passed"):
                total, share = "cost_total", "share"
            if each.case.process == "complaint" and "answering" in moment.entered:
                total, share = "cost", "percent"
            if total and _money(values.get(total)) > 0:
                rows = values.get("cost_shares") or []
                parts = sum(_money(row.get("amount")) for row in rows)
                assert parts == _money(values[total]), broken("INV-12", each, f"{parts} of {values[total]}", moment)
                percent = sum(Decimal(str(row.get(share) or 0)) for row in rows)
                assert percent == 100, broken("INV-12", each, f"{percent} %", moment)


def inv_13(seen: Witness) -> None:
    """A replaced unit is no live one, and its replacement became live in the same moment."""
    for id, unit in seen.units.items():
        heir = unit.attributes.get("replaced_by")
        if not heir:
            continue
        status = unit.attributes.get("status")
        assert status in GONE, f"INV-13: {id} was replaced by {heir} and is {status}: two live units"
        if _was_so_from_the_beginning(seen, id):
            continue
        new = seen.units[str(heir)]
        assert new.attributes.get("replaces") == id, f"INV-13: {heir} does not know that it replaces {id}"
        ended = [c["at"] for c in seen.record_changes(id) if (c["attribute"], c["new"]) == ("replaced_by", heir)]
        began = [c["at"] for c in seen.record_changes(str(heir)) if (c["attribute"], c["new"]) == ("replaces", id)]
        assert ended and ended[-1] in began, f"INV-13: {id} ended at {ended}, {heir} began at {began}"


def _nothing_is_left_behind(seen: Witness, each: Seen) -> None:
    """Its unit is known to the end, and none lies here that no open return is about, but as evidence of a swindle."""
    values = each.case.values
    known = values.get("sn") or values.get("sn_unknown") or each.case.ended == "cancelled"
    assert known, broken("INV-03", each, "it ended and its unit is not known any more")
    evidence = any(moment.is_done("decide_fraud.refused") for moment in each.story())
    for name in CAME:
        unit = seen.units.get(str(values.get(name)))
        here = unit is not None and unit.attributes.get("custody") == "factory"
        assert not here or evidence or _is_in_hand(seen, values[name]), broken(
            "INV-03", each, f"'{each.case.ended}', and {values[name]} ({name}) lies here on no open case"
        )


def _is_in_hand(seen: Witness, unit: str) -> bool:
    """Whether an open return is about this unit."""
    others = (each.case for each in seen.seen.values() if each.case.is_open and each.case.process == "factory_return")
    return any(unit in (case.values.get("new_unit"), *map(case.values.get, CAME)) for case in others)


def _was_so_from_the_beginning(seen: Witness, id: str) -> bool:
    """A unit that came with a list as replaced; who replaced it may not even be known here."""
    return any(c["attribute"] == "replaced_by" and c["reason"] == "import" for c in seen.record_changes(id))


def _in_advance(each: Seen) -> None:
    """A replacement in advance: a judgement on evidence, and its own passed test before each journey."""
    agreed, tested = False, ""
    for moment in each.story():
        if moment.row.kind == "reopened":
            agreed, tested = False, ""
        if moment.is_done("advance_judging.agreed"):
            agreed = bool(moment.after.get("evidence"))
        if moment.is_done("test_swap.passed"):
            tested = str(moment.after.get("tested_unit"))
        for step in moment.entered:
            if step == "ship_swap":
                assert agreed, broken("INV-01", each, "a replacement in advance without a judgement", moment)
                right = tested and tested == moment.after.get("new_unit")
                assert right, broken("INV-01", each, f"{moment.after.get('new_unit')} without a test", moment)
            if step in ("choose_swap", "test_swap", "ship_swap"):
                tested = ""
            agreed = agreed and step != "authorising"


def _returns(seen: Witness) -> list[Seen]:
    return [each for each in seen.touched if each.case.process == "factory_return"]


def _money(amount: Any) -> Decimal:
    return Decimal(str(amount or 0))
