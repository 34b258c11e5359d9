"""What a check may look at: the process, the pieces and processes it refers to, and where it can be."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from engine.checks.filled import Filling
from engine.checks.scope import ProcessScope
from engine.definition.compiled import Compiled, Site
from engine.definition.compiling import Flaw
from engine.definition.configurations import Graph, explore
from engine.definition.model import LibraryFile


@dataclass(frozen=True)
class Given:
    """One process before publishing. `others` are the newest versions of the other processes, by id."""

    process: Compiled
    library: LibraryFile | None = None
    others: Mapping[str, Compiled] = field(default_factory=dict)

    @property
    def site(self) -> Site:
        """What the installation offers."""
        return self.process.site

    @property
    def known(self) -> Mapping[str, Compiled]:
        """Every process that can be named here, this one as it is being published."""
        return {**self.others, self.process.id: self.process}

    @cached_property
    def scope(self) -> ProcessScope:
        """The names a condition may use outside of events."""
        return ProcessScope(self.process)

    @cached_property
    def graph(self) -> Graph:
        """Where a case can be. Raises TooManyConfigurations; only sound processes are asked."""
        return explore(self.process)

    @cached_property
    def filling(self) -> Filling:
        """Which fields certainly have a value, and when."""
        return Filling(self.process, self.graph)


Check = Callable[[Given], Iterable[Flaw]]
