"""Laws of the layout, for graphs of any shape."""

from __future__ import annotations

from itertools import combinations, pairwise

import pytest
from hypothesis import given, settings

from tests.web.picture.any_graph import graphs
from web.picture.layout import arrange
from web.picture.shapes import Box, Exit, Place

few = settings(max_examples=60, deadline=None, derandomize=True)
Graph = tuple[list[Box], list[Exit], list[str]]


@few
@given(graphs())
def test_no_two_boxes_overlap(graph: Graph) -> None:
    for before in (True, False):
        places = arrange(*graph, labels_before=before).places
        assert not [(a, b) for a, b in combinations(places, 2) if overlap(places[a], places[b])]


@few
@given(graphs())
def test_no_wire_runs_through_a_box(graph: Graph) -> None:
    layout = arrange(*graph)
    for route in layout.routes:
        for (u1, v1), (u2, v2) in pairwise(route.points):
            piece = Place(min(u1, u2), min(v1, v2), abs(u1 - u2), abs(v1 - v2))
            assert not [name for name, place in layout.places.items() if overlap(piece, place, 0.5)]


@few
@given(graphs())
def test_wires_start_at_their_source_and_end_at_their_target(graph: Graph) -> None:
    layout = arrange(*graph)
    assert {(r.exit, r.target) for r in layout.routes} == {(n, t) for n, x in enumerate(graph[1]) for t in x.targets}
    for route in layout.routes:
        assert touches(layout.places[graph[1][route.exit].source], route.points[0])
        assert touches(layout.places[route.target], route.points[-1])
        assert all(u1 == u2 or v1 == pytest.approx(v2) for (u1, v1), (u2, v2) in pairwise(route.points))


@few
@given(graphs())
def test_labels_lie_on_no_box_and_on_no_other_label(graph: Graph) -> None:
    exits = graph[1]
    for before in (True, False):
        layout = arrange(*graph, labels_before=before)
        rooms = [
            Place(u, v - x.across if before else v, x.along, x.across)
            for (u, v), x in zip(layout.labels, exits, strict=True)
        ]
        assert not [(a, b) for a, b in combinations(rooms, 2) if overlap(a, b, 0.5)]
        assert not [(a, name) for a in rooms for name, place in layout.places.items() if overlap(a, place, 0.5)]


@few
@given(graphs())
def test_everything_lies_within_the_sheet(graph: Graph) -> None:
    layout = arrange(*graph)
    corners = [point for route in layout.routes for point in route.points]
    corners += [(p.u, p.v) for p in layout.places.values()] + [
        (p.u + p.along, p.v + p.across) for p in layout.places.values()
    ]
    assert all(0 <= u <= layout.length and 0 <= v <= layout.breadth for u, v in corners)


@few
@given(graphs())
def test_the_normal_way_is_one_straight_line(graph: Graph) -> None:
    layout = arrange(*graph)
    for source, target in pairwise(graph[2]):
        ways = [r for r in layout.routes if r.target == target and graph[1][r.exit].source == source]
        assert any(len({v for _, v in route.points}) == 1 for route in ways)


def test_nothing_to_arrange_is_an_empty_sheet() -> None:
    assert arrange([], [], []).places == {}


def overlap(a: Place, b: Place, by: float = 0.0) -> bool:
    along = min(a.u + a.along, b.u + b.along) - max(a.u, b.u)
    across = min(a.v + a.across, b.v + b.across) - max(a.v, b.v)
    thin = a.along == 0 or a.across == 0 or b.along == 0 or b.across == 0
    if thin:  # a line counts when it runs inside, not along an edge
        inside = max(a.u, b.u) < min(a.u + a.along, b.u + b.along) - by or (
            a.along == 0 and b.u + by < a.u < b.u + b.along - by
        )
        beside = max(a.v, b.v) < min(a.v + a.across, b.v + b.across) - by or (
            a.across == 0 and b.v + by < a.v < b.v + b.across - by
        )
        return inside and beside
    return along > by and across > by


def touches(place: Place, point: tuple[float, float]) -> bool:
    u, v = point
    on_u = (
        min(abs(u - place.u), abs(u - place.u - place.along)) < 0.01
        and place.v - 0.01 <= v <= place.v + place.across + 0.01
    )
    on_v = (
        min(abs(v - place.v), abs(v - place.v - place.across)) < 0.01
        and place.u - 0.01 <= u <= place.u + place.along + 0.01
    )
    return on_u or on_v
