"""What was proved about each rule of a published version: worked out once per version and kept."""

from __future__ import annotations

from functools import lru_cache

from engine.checks.prover import Verdict, prove_all
from engine.definition.compiled import Compiled


@lru_cache(maxsize=64)
def verdicts_of(compiled: Compiled) -> tuple[Verdict, ...]:
    """The verdict on each rule, in the order of the file. A compiled version is kept alive by the definitions anyway."""
    return prove_all(compiled)
