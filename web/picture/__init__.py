"""The process picture: a process, or a case in it, as an SVG drawing. Knows nothing of requests, pages or stores."""

from __future__ import annotations

from web.picture.drawing import picture_svg

__all__ = ["picture_svg"]
