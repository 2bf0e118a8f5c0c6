"""What a desk marked graphic, on visuals."""

from hypothesis import given
from hypothesis import strategies as st

from provenance.chain.marks import Marks
from provenance.records import AppearanceKey, GraphicLabel, Marking, Member, Origin, Visual

A, B = "a" * 64, "b" * 64


def marking(label: GraphicLabel, *assets: str, at: str = "2026-03-04T05:06:07Z", places: tuple[str, ...] = ()) -> Marking:
    keys = tuple(AppearanceKey(place, "m1") for place in places)
    return Marking(id="m1", label=label, assets=assets, appearances=keys, who="Ada", why="looked", at=at)


def visual(**assets: str | None) -> Visual:
    members = tuple(
        Member(document=name, source=name, media="m1", how="bytes", confidence="same", why="", asset=asset)
        for name, asset in assets.items()
    )
    return Visual(
        id="v", label="", members=members, outlets=1, documents=1, independent_origins=None, origin=Origin(why="nobody is named")
    )


def labels(found: Visual) -> tuple[str, ...]:
    return found.graphic, *(member.graphic for member in found.members)


def test_what_nobody_looked_at_is_said_to_be_that() -> None:
    """Without a mark a picture is not looked at, which is not the same as not graphic."""
    unseen = visual(d1=A, d2=None)
    assert Marks().on(unseen) == unseen
    assert labels(unseen) == ("not-looked-at",) * 3


def test_another_version_of_a_graphic_picture_is_graphic() -> None:
    """A version that nobody looked at goes with the graphic one; one that was looked at keeps its own word."""
    marked = [marking("graphic", A), marking("not-graphic", B)]
    assert labels(Marks(marked[:1]).on(visual(d1=A, d2=B, d3=None))) == ("graphic",) * 4
    assert labels(Marks(marked).on(visual(d1=A, d2=B))) == ("graphic", "graphic", "not-graphic")


def test_a_visual_is_not_graphic_only_when_every_picture_was_looked_at() -> None:
    """One picture that was not looked at leaves the visual open; appearances without bytes do not count beside pictures."""
    marks = Marks([marking("not-graphic", A)])
    assert labels(marks.on(visual(d1=A, d2=B))) == ("not-looked-at", "not-graphic", "not-looked-at")
    assert marks.on(visual(d1=A, d2=None)).graphic == "not-graphic"


def test_the_last_word_holds_and_can_be_taken_back() -> None:
    """Markings go by their order in the record, whatever the clocks said, and `not-looked-at` undoes."""
    later = marking("not-looked-at", A, at="2020-01-01T00:00:00Z")
    assert Marks([marking("graphic", A), later]).on(visual(d1=A)).graphic == "not-looked-at"
    assert Marks([later, marking("graphic", A)]).on(visual(d1=A)).graphic == "graphic"


def test_a_mark_on_words_holds_for_the_bytes_that_come_later() -> None:
    """A visual that was marked before its picture was at hand is graphic with it."""
    marks = Marks([marking("graphic", places=("d1",))])
    assert labels(marks.on(visual(d1=None))) == labels(marks.on(visual(d1=A))) == ("graphic", "graphic")


@given(st.lists(st.tuples(st.sampled_from(["graphic", "not-graphic", "not-looked-at"]), st.sampled_from([A, B]))))
def test_no_picture_is_shown_of_a_graphic_visual_unless_it_was_looked_at(words: list[tuple[GraphicLabel, str]]) -> None:
    """Whatever was said in whatever order: where a visual is graphic, each picture is graphic or was found not to be."""
    found = Marks([marking(label, asset) for label, asset in words]).on(visual(d1=A, d2=B))
    assert (found.graphic == "graphic") == any(m.graphic == "graphic" for m in found.members)
    assert found.graphic != "graphic" or "not-looked-at" not in labels(found)
