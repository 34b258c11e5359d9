"""From a file as written to a process that can be proved and run.

Law: compiling never stops at a mistake; it notes the flaw, leaves that piece out and goes on.
"""

from __future__ import annotations

from engine.definition.compiling.flaws import Flaw
from engine.definition.compiling.process import compile_process
from engine.definition.compiling.site import compile_site

__all__ = ["Flaw", "compile_process", "compile_site"]
