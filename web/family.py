"""The parent and the children of a case, as far as somebody may see them: a link to a closed door tells of what is behind."""

from __future__ import annotations

from collections.abc import Sequence

from engine.screen_rows import CaseRow
from engine.screens import Screens, Viewer


def seen_family(screens: Screens, viewer: Viewer, case_id: str) -> tuple[CaseRow | None, Sequence[CaseRow]]:
    """The parent, if there is one for these eyes, and the children that are."""
    parent, children = screens.family(case_id)
    seen_parent = parent if parent is not None and screens.may_see(viewer, parent.id) else None
    return seen_parent, [child for child in children if screens.may_see(viewer, child.id)]
