"""The catalogue of messages to authors, English and Chinese: one module per group, each with a dict `SENTENCES`."""

from __future__ import annotations

import importlib
import pkgutil

from engine.definition.problems import Sentence


def _collect() -> dict[str, Sentence]:
    found: dict[str, Sentence] = {}
    for module in sorted(pkgutil.iter_modules(__path__), key=lambda m: m.name):
        sentences: dict[str, Sentence] = importlib.import_module(f"{__name__}.{module.name}").SENTENCES
        twice = found.keys() & sentences.keys()
        assert not twice, f"two sentences for {sorted(twice)}"
        found.update(sentences)
    return found


CATALOGUE: dict[str, Sentence] = _collect()
