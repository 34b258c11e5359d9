"""What the checks say about swaps where the site keeps too little of its units."""

from __future__ import annotations

from tests.engine.checks.a_loan import FILES, checked

SWAP = (
    "set: {seen_at: = event.place}",
    "swap_unit: {old: sn, new: other, warranty: rest_or_90_days, reason: = reason}",
)
OTHER = "  seen_at: {type: text,"


def _files(**changes: tuple[str, str]) -> dict[str, str]:
    loan = FILES["loan.yaml"].replace(*SWAP)
    loan = loan.replace(OTHER, f"  other: {{type: record, of: serial_number, label: Other | 另一台}}\n{OTHER}")
    return {**FILES, "loan.yaml": loan} | {file: FILES[file].replace(*change) for file, change in changes.items()}


def test_a_swap_of_two_units_passes() -> None:
    assert [p.line() for p in checked(_files()).problems if p.code != "P432"] == []


def test_a_site_that_does_not_keep_what_a_unit_replaces_is_told_what_to_add() -> None:
    files = _files(**{"_site.yaml": (", replaces: text", "")})
    (told,) = [p for p in checked(files).problems if p.code == "P462"]
    assert told.message.en == "units cannot be replaced here: serial_number has no attribute 'replaces'"
    assert told.hint.en == "add it to serial_number in _site.yaml"
