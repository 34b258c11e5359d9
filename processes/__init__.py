"""The shipped processes: what an after-sales desk can use on its first day.

Law: one YAML file per process, with its wording, rules and scenarios together; no code beside finding the files. Whoever
runs Aftercare owns copies of them; these here are the originals a new installation begins with.
"""

from __future__ import annotations

from collections.abc import Mapping
from importlib.resources import files
from importlib.resources.abc import Traversable
from types import MappingProxyType

SITE = "_site.yaml"
SHARED = "_shared.yaml"


def paths() -> Mapping[str, Traversable]:
    """Every shipped file by its name: the site first, then the shared pieces, then the processes in alphabetical order."""
    found = {each.name: each for each in files(__name__).iterdir() if each.name.endswith(".yaml")}
    names = [SITE, SHARED, *sorted(set(found) - {SITE, SHARED})]
    return MappingProxyType({name: found[name] for name in names})
