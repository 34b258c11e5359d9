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


def test_a_site_whose_units_do_not_take_the_words_of_a_swap_is_told_which_to_add() -> None:
    words = ", status: {type: choice, choices: {active: Active | 在用, lost: Lost | 丢失}}"
    files = _files(**{"_site.yaml": (", status: text", words)})
    (told,) = [p for p in checked(files).problems if p.code == "P462"]
    assert told.message.en.endswith("a swap writes 'replaced', and status of serial_number does not take it")
    assert told.hint.en == "add it to its choices in _site.yaml"
