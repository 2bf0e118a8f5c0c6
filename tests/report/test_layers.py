"""The drawing of the chain: layered, within its frame, complete."""

import dataclasses
from collections.abc import Callable
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from provenance.records import ChainHop, Dossier, Origin, Span, Visual
from provenance.report.index import Index
from provenance.report.layers import BOX_HEIGHT, BOX_WIDTH, Drawing, draw, published

EMPTY = Dossier(title="", made_at="", made_by="", visuals=(), documents={})


def visual(*chains: tuple[str, ...], loops: tuple[tuple[str, ...], ...] = (), hops: tuple[ChainHop, ...] = ()) -> Visual:
    facts = {"id": "v-1", "label": "", "outlets": 0, "documents": 0, "independent_origins": None, "origin": Origin(why="")}
    return Visual(members=(), chains=chains, loops=loops, hops=hops, **facts)


def drawn(*chains: tuple[str, ...], **facts: object) -> Drawing:
    found = draw(visual(*chains, **facts), Index(EMPTY))  # type: ignore[arg-type]
    assert found is not None
    return found


def boxes(drawing: Drawing) -> dict[str, tuple[float, float]]:
    return {box.full: (box.x, box.y) for box in drawing.boxes}


def test_documents_left_origin_right() -> None:
    """Documents stand in the first column, the source in the last, and who is between, between."""
    at = boxes(drawn(("d1", "wire", "post"), ("d2", "blog", "wire", "post"), ("d3", "post")))
    assert at["d1"][0] == at["d2"][0] == at["d3"][0] < at["blog"][0] < at["wire"][0] < at["post"][0]


def test_kinds_tell_document_between_and_origin_apart() -> None:
    """Each box has the kind of its place in the chain."""
    kinds = {box.full: box.kind for box in drawn(("d1", "wire", "post")).boxes}
    assert kinds == {"d1": "document", "wire": "middle", "post": "origin"}


def test_an_edge_without_words_is_another_line() -> None:
    """Only a hop with recorded words is a full line, and it bears the number of these words."""
    hop = ChainHop(citing="d1", cited="wire", relation="reports", document="d1", span=Span(0, 1, "x"))
    lines = drawn(("d1", "wire", "post"), hops=(hop,)).lines
    assert [(line.kind, line.label) for line in lines] == [("shown", "1"), ("silent", "")]


def test_no_hop_no_drawing() -> None:
    """A visual whose documents name no source has nothing to draw."""
    assert draw(visual(("d1",), ("d2",)), Index(EMPTY)) is None
    assert draw(visual(), Index(EMPTY)) is None


def test_a_circle_is_drawn_apart() -> None:
    """An edge that closes a circle is marked as such and moves nobody to another column."""
    drawing = drawn(("d1", "wire"), ("d2", "wire"), loops=(("d1", "d2", "d1"),))
    at = boxes(drawing)
    assert at["d1"][0] == at["d2"][0]
    assert [line.kind for line in drawing.lines].count("loop") == 2


def test_a_circle_inside_the_chains_ends() -> None:
    """Chains that cite each other in a circle still give a drawing, with the closing edge marked."""
    drawing = drawn(("a", "b", "c"), ("b", "a"), ("c", "a"))
    assert [line.kind for line in drawing.lines].count("loop") == 2


def test_a_name_that_cites_itself_is_no_line() -> None:
    """A circle of one has no second box to lead to; it is listed in words only."""
    assert [line.kind for line in drawn(("d1", "wire"), loops=(("wire", "wire"),)).lines] == ["silent"]


def test_few_crossings() -> None:
    """Documents are ordered by where they lead, so that two bundles do not cross."""
    at = boxes(drawn(("d1", "a", "x"), ("d2", "b", "y"), ("d3", "a", "x"), ("d4", "b", "y")))
    upper, lower = sorted(["a", "b"], key=lambda name: at[name][1])
    heads = {"a": ("d1", "d3"), "b": ("d2", "d4")}
    assert max(at[name][1] for name in heads[upper]) < min(at[name][1] for name in heads[lower])


def test_many_documents_that_lead_the_same_way_share_a_box() -> None:
    """Forty documents with one way to the source are one box that counts them."""
    drawing = drawn(*((f"d{n}", "wire", "post") for n in range(40)), ("other", "post"))
    assert len(drawing.boxes) == 4
    assert sum("40 documents" in box.full for box in drawing.boxes) == 1


def test_long_names_take_two_lines_and_then_are_cut() -> None:
    """A name that does not fit goes on in a second line; one that fits no two is cut, and stands whole in the title."""
    name = "telegram:@harbour_watch_of_westmarch"
    long = f"{name} {'and its many friends ' * 9}"
    lines = {box.full: box.lines for box in drawn(("d1", name), ("d1", long)).boxes}
    assert "".join(lines[name]) == name
    assert len(lines[name]) == 2
    assert lines[long][1].endswith("…")


NAMES = st.sampled_from("abcdefgh")
CHAINS = st.lists(st.lists(NAMES, min_size=1, max_size=5, unique=True).map(tuple), max_size=12)


@given(chains=CHAINS, loops=st.lists(st.lists(NAMES, min_size=2, max_size=4).map(lambda names: (*names, names[0])), max_size=2))
def test_any_chains_give_a_drawing_within_its_frame(chains: list[tuple[str, ...]], loops: list[tuple[str, ...]]) -> None:
    """Whatever the chains, boxes never overlap, stay inside, and every hop of a chain is a line."""
    drawing = draw(visual(*chains, loops=tuple(loops)), Index(EMPTY))
    hops = {edge for chain in chains for edge in pairwise(chain)}
    assert (drawing is None) == (not hops)
    if drawing is None:
        return
    places = [(box.x, box.y) for box in drawing.boxes]
    assert all(0 <= x <= drawing.width - BOX_WIDTH and 0 <= y <= drawing.height - BOX_HEIGHT for x, y in places)
    pairs = [(one, two) for n, one in enumerate(places) for two in places[n + 1 :]]
    assert all(abs(x1 - x2) >= BOX_WIDTH or abs(y1 - y2) >= BOX_HEIGHT for (x1, y1), (x2, y2) in pairs)
    assert len(drawing.lines) >= len(hops)
    assert {box.full for box in drawing.boxes} >= {name for edge in hops for name in edge}


@given(chains=CHAINS)
def test_edges_run_to_the_right_unless_they_close_a_circle(chains: list[tuple[str, ...]]) -> None:
    """An edge that is not marked as closing a circle ends further right than it starts."""
    drawing = draw(visual(*chains), Index(EMPTY))
    for line in drawing.lines if drawing else ():
        if line.kind != "loop":
            start, end = float(line.path[1:].split(" ")[0]), float(line.path.replace("C", " ").split(" ")[-2])
            assert start < end


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("2031-05-05T08:30:11Z", "2031-05-05 08:30 UTC"),
        ("2031-05-05T08:30", "2031-05-05 08:30"),
        ("2031-05", "2031-05"),
        (None, "no date"),
        ("--05-04", "4 May, year not known"),
        ("--99-04", "--99-04"),
        ("2031-05-05T08:30:11+02:00", "2031-05-05 08:30 +02:00"),
    ],
)
def test_a_time_is_printed_no_more_exactly_than_it_is_known(value: str | None, expected: str) -> None:
    """UTC is printed only where the record has it."""
    assert published(value) == expected


def test_the_drawing_of_the_fixture(dossier: Dossier, golden: Callable[[str, str], None]) -> None:
    """Boxes and lines of a small chain stay as they were looked at and approved."""
    found = draw(dataclasses.replace(dossier.visuals[0]), Index(dossier))
    assert found is not None
    rows = [f"{box.kind:9} {box.x:6.1f} {box.y:6.1f} {' | '.join(box.lines)}" for box in found.boxes]
    golden("drawing.txt", "\n".join([*rows, *(f"{line.kind:9} {line.label:5} {line.path}" for line in found.lines)]) + "\n")
