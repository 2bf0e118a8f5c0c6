"""What is left to do about a visual: the two work lists, for people and for programs."""

from pydantic import TypeAdapter

from provenance import records

from .conftest import Call


def test_corrections_are_one_object_a_party(desk: Call) -> None:
    """Each object fits its schema, and together they hold every document of the visual once."""
    visual = desk("visuals", "--json").objects[0]
    run = desk("corrections", visual["id"], "--json")
    assert run.code == 0
    for told in run.objects:
        assert (told.pop("schema"), told["visual"]) == ("provenance/correction/1", visual["id"])
        TypeAdapter(records.Correction).validate_python(told, strict=False)
    listed = [d["document"] for told in run.objects for d in told["documents"]]
    assert sorted(listed) == sorted({m["document"] for m in visual["members"]})


def test_corrections_for_people_name_outlet_address_and_words(desk: Call) -> None:
    """The table has whom to tell, where, and their own words."""
    visual = desk("visuals", "--json").objects[0]
    run = desk("corrections", visual["id"])
    for told in ("Meridian Wire", "https://meridianwire.example/", "purports to show"):
        assert told in run.out


def test_what_is_unresolved_is_listed_and_its_absence_is_an_exit_code(desk: Call) -> None:
    """All visuals by default, one by its id; where nothing is open, exit code 1."""
    found = desk("unresolved", "--json")
    assert found.code == 0
    assert {"circle", "no-source"} <= {item["kind"] for item in found.objects}
    assert {item["schema"] for item in found.objects} == {"provenance/open-origin/1"}
    assert all(item["documents"] and item["what"] for item in found.objects)
    settled = [v["id"] for v in desk("visuals", "--json").objects if not v["unresolved"]]
    for visual in settled[:1]:
        assert desk("unresolved", visual).code == 1
    of_one = desk("unresolved", found.objects[0]["visual"], "--json")
    assert {item["visual"] for item in of_one.objects} == {found.objects[0]["visual"]}


def test_an_unknown_visual_is_named(desk: Call) -> None:
    """A wrong id is told in one line, and nothing is listed."""
    for verb in ("corrections", "unresolved"):
        run = desk(verb, "v-000000000000")
        assert (run.code, run.out) != (0, "")
        assert "v-000000000000" in run.err
