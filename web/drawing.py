"""Lets a drawing of ours into a page. The only place where markup is not escaped, and only after it was looked through."""

from __future__ import annotations

from xml.etree import ElementTree  # our own drawings only; they hold no document type, so nothing can be expanded

SVG = "{http://www.w3.org/2000/svg}"
ELEMENTS = frozenset(
    [
        "svg",
        "g",
        "rect",
        "path",
        "text",
        "tspan",
        "a",
        "title",
        "desc",
        "circle",
        "ellipse",
        "line",
        "polyline",
        "polygon",
        "defs",
        "marker",
        "symbol",
        "use",
    ]
)


class Drawing:
    """An SVG that holds shapes, texts and links to our own pages, and nothing that runs."""

    def __init__(self, svg: str) -> None:
        if "<!" in svg:
            raise ValueError("a drawing holds no document type and no comment")
        look_through(ElementTree.fromstring(svg))  # noqa: S314  # see above
        self._svg = svg

    def __html__(self) -> str:
        return self._svg


def look_through(element: ElementTree.Element) -> None:
    """Refuses any element or attribute that could run something or fetch from elsewhere."""
    if element.tag.removeprefix(SVG) not in ELEMENTS:
        raise ValueError(f"<{element.tag}> does not belong into a drawing")
    for name, value in element.attrib.items():
        bare = name.rpartition("}")[2].lower()
        if bare.startswith("on") or bare == "style":
            raise ValueError(f"{bare}= does not belong into a drawing")
        if bare == "href" and not value.startswith(("#", "/")):
            raise ValueError(f"a drawing links to our own pages only, not to {value[:40]}")
    for child in element:
        look_through(child)
