"""What a page says of itself."""

import hashlib
import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from provenance.extract import html, jsonld
from provenance.extract.html_images import asset_key, bare, same_asset, unwrapped
from provenance.extract.html_times import in_address, moment
from provenance.records import DocumentFacts, Outlet, Page, Snapshot

PROSE = (
    "<p>The night ferry to Lindholm was late again on Monday, the third time this month, "
    "the harbour office of Tarnmouth said.</p>"
)


def read(head: str, body: str = "", **given_: Any) -> Page:
    """A short article with a head."""
    content = f"<html><head>{head}</head><body><article><h1>Ferry late again</h1>{body}{PROSE}</article></body></html>".encode()
    facts = {"url": "https://www.tarnpost.example/2025/02/10/ferry", "how": "fetch"} | given_
    return html.page(
        Snapshot(
            source="-",
            content=content,
            sha256=hashlib.sha256(content).hexdigest(),
            media_type="text/html",
            obtained_at="2026-01-01T00:00:00Z",
            **facts,
        )
    )


def facts(head: str, body: str = "", **given_: Any) -> DocumentFacts:
    """What that article says of itself."""
    return read(head, body, **given_).facts


def ld(**values: Any) -> str:
    """A block of structured data."""
    data = {"@context": "https://schema.org", "@type": "NewsArticle", **values}
    return f'<script type="application/ld+json">{json.dumps(data)}</script>'


def test_structured_data_goes_before_metas() -> None:
    """Outlet, author and times are taken from the best source, which is named; a time with a zone is told in UTC."""
    found = facts(
        ld(
            headline="Ferry late again",
            datePublished="2025-02-10T21:33+01:00",
            dateModified="2025-02-11T00:00:05.250Z",
            author=[{"name": "Ana Ruiz"}, {"name": "Bo Lind"}],
            publisher={"name": "The Tarn Post"},
        )
        + "<meta property=article:published_time content=2025-02-09><meta property=og:site_name content=Other>"
    )
    assert (found.published, found.published_precision, found.published_basis) == ("2025-02-10T20:33Z", "minute", "json-ld")
    assert (found.modified, found.byline, found.published_text) == (
        "2025-02-11T00:00:05Z",
        "Ana Ruiz, Bo Lind",
        "2025-02-10T21:33+01:00",
    )
    assert Outlet(name="The Tarn Post", domain="tarnpost.example", basis="json-ld") == found.outlet


@pytest.mark.parametrize(
    ("head", "body", "published", "basis"),
    [
        (
            "<meta property=article:published_time content='2025-02-10T08:00:00Z'>",
            "",
            "2025-02-10T08:00:00Z",
            "meta article:published_time",
        ),
        ("", "<time datetime='2025-02-10 08:00'>today</time>", "2025-02-10T08:00", "time element"),
        ("", "", "2025-02-10", "url"),
    ],
)
def test_the_publication_time_has_its_basis(head: str, body: str, published: str, basis: str) -> None:
    """Metas, then time elements, then the address tell when; the basis says which."""
    found = facts(head, body)
    assert (published, basis) == (found.published, found.published_basis)


def test_a_printed_date_is_the_last_resort() -> None:
    """A date that only readers see is read in the page's language, and the printed form is kept."""
    found = facts("", "<div>Published: 10 February 2025, 08:15</div>", url=None)
    assert ("2025-02-10T08:15", "minute", "text") == (found.published, found.published_precision, found.published_basis)
    assert found.published_text == "Published: 10 February 2025, 08:15"


def test_what_is_given_goes_before_what_the_page_says() -> None:
    """The caller's outlet and date win, with the basis "given"."""
    found = facts(ld(datePublished="2025-02-10"), outlet="Desk Copy", published="2025-02-12")
    assert (found.outlet.name, found.outlet.basis, found.published, found.published_basis) == (
        "Desk Copy",
        "given",
        "2025-02-12",
        "given",
    )


def test_unknown_is_none() -> None:
    """A page that says nothing of itself leaves the fields empty."""
    found = facts("", url=None)
    assert (None, None, None, None, None) == (found.url, found.outlet.name, found.outlet.domain, found.published, found.byline)


@pytest.mark.parametrize(("lang", "language"), [("<html lang=de-AT>", "de"), ("<html lang='pt_BR'>", "pt")])
def test_the_language_is_the_pages_own_word(lang: str, language: str) -> None:
    """The root's language is told by its two letters."""
    content = f"{lang}<body><h1>Fähre</h1>{PROSE}".encode()
    page = html.page(
        Snapshot(source="-", content=content, sha256="0", media_type="text/html", obtained_at="2026-01-01T00:00:00Z", how="stdin")
    )
    assert language == page.facts.language


def test_the_right_headline_is_found_among_several() -> None:
    """The heading that repeats the stated title is the headline, not the site's name in an `h1` before it."""
    content = b"<html><head><meta property=og:title content='Ferry late again'></head><body>"
    content += f"<h1>The Tarn Post</h1><div><h1>Ferry late again</h1>{PROSE}</div>".encode()
    page = html.page(
        Snapshot(source="-", content=content, sha256="0", media_type="text/html", obtained_at="2026-01-01T00:00:00Z", how="stdin")
    )
    assert page.facts.headline == "Ferry late again"
    assert page.text.startswith("Ferry late again")


def test_links_of_the_body_are_kept() -> None:
    """The article's own links are told, absolute, each once; those of the navigation are not."""
    page = read(
        "",
        "<p>The harbour office <a href=/office>said</a> it <a href='https://x.com/tarn/status/12'>on Monday</a>, "
        "and <a href=/office>again</a>, that it was late.</p>",
    )
    assert page.links == ("https://www.tarnpost.example/office", "https://x.com/tarn/status/12")


# ------------------------------------------------------------------ structured data


@pytest.mark.parametrize(
    "block",
    [
        '{"@type": "NewsArticle", "headline": "Ferry"}',
        '<!-- {"@type": "NewsArticle", "headline": "Ferry"} -->',
        '//<![CDATA[\n{"@type": "NewsArticle", "headline": "Ferry"}\n//]]>',
        '/*<![CDATA[*/{"@type": "NewsArticle", "headline": "Ferry"}/*]]>*/',
        '\ufeff{"@type": "NewsArticle", "headline": "Ferry",}',
        '{"@type": "NewsArticle", "headline": "Ferry"};',
        '{"@type": "Thing"} {"@type": "NewsArticle", "headline": "Ferry"}',
        '[{"@type": "NewsArticle", "headline": "Ferry", "tags": ["a",],}]',
        '{"@graph": [{"@type": ["NewsArticle"], "headline": "Ferry"}]}',
        '{"@type": "NewsArticle", "headline": "Ferry",\n "description": "two\nlines"}',
    ],
)
def test_structured_data_is_read_as_pages_carry_it(block: str) -> None:
    """Comments, CDATA, several roots, trailing commas and raw line breaks lose nothing."""
    nodes, warnings = jsonld.load([block])
    assert any("NewsArticle" in jsonld.types(n) and n["headline"] == "Ferry" for n in nodes)
    assert warnings == []


def test_a_broken_block_does_not_spoil_the_others() -> None:
    """The good blocks are read, and the broken one is named in a warning."""
    nodes, warnings = jsonld.load(['{"@type": "NewsArticle", "headline": ', '{"@type": "NewsArticle", "headline": "Ferry"}'])
    assert [n["headline"] for n in nodes] == ["Ferry"]
    assert warnings == ["structured data: block 1 is not valid JSON; it was left out"]


@given(
    st.recursive(
        st.none() | st.booleans() | st.text(max_size=9),
        lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=9), inner, max_size=3),
        max_leaves=12,
    )
)
def test_every_object_of_valid_data_is_found(value: Any) -> None:
    """Opening lists and objects loses none."""

    def objects(inner: Any) -> int:
        values = inner.values() if isinstance(inner, dict) else inner if isinstance(inner, list) else ()
        return isinstance(inner, dict) + sum(map(objects, values))

    nodes, warnings = jsonld.load([json.dumps(value)])
    assert (objects(value), []) == (len(nodes), warnings)


def test_deep_data_ends() -> None:
    """A block of a hundred thousand brackets is a warning, no crash."""
    assert jsonld.load(["[" * 100_000])[1]
    assert jsonld.load(['{"a":' * 900 + "1" + "}" * 900])[0]


# ------------------------------------------------------------------ times and addresses


@pytest.mark.parametrize(
    ("text", "value", "precision"),
    [
        ("2025-02-10T21:33:05+01:00", "2025-02-10T20:33:05Z", "second"),
        ("2025-02-10T21:33Z", "2025-02-10T21:33Z", "minute"),
        ("2025-02-10 21:33:05", "2025-02-10T21:33:05", "second"),
        ("2025-02-10T21:33:05.123+0900", "2025-02-10T12:33:05Z", "second"),
        ("2025-02-10", "2025-02-10", "day"),
        ("20250210", "2025-02-10", "day"),
        ("Mon, 10 Feb 2025 21:33:05 GMT", "2025-02-10T21:33:05Z", "second"),
        ("10. Februar 2025", "2025-02-10", "day"),
        ("2025년 2월 10일", "2025-02-10", "day"),
    ],
)
def test_times_are_read_in_every_spelling(text: str, value: str, precision: str) -> None:
    """A zone is converted, not relabelled; the precision is that of the print."""
    found = moment(text)
    assert found is not None
    assert (value, precision) == (found.value, found.precision)


@pytest.mark.parametrize("text", ["", "2025-13-40", "yesterday", "12:30", "2025-02-30T10:00Z"])
def test_what_is_no_time_is_none(text: str) -> None:
    """Impossible and relative dates are unknown, never guessed."""
    assert moment(text) is None


def test_an_address_may_hold_the_day() -> None:
    """Day folders of an address are a day; other numbers are not."""
    assert [
        getattr(in_address(f"https://t.example{p}"), "value", None)
        for p in ("/2025/02/10/a", "/news/2025-02-10-a", "/20250210/a", "/2025/13/10/a", "/a/123456789")
    ] == [
        "2025-02-10",
        "2025-02-10",
        "2025-02-10",
        None,
        None,
    ]


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("https://a.example/800x600/ferry-quay-2041.jpg", "https://b.example/1600x900/ferry-quay-2041.jpg?x=1", True),
        ("https://a.example/up/ferry-300x200.jpg", "https://a.example/up/ferry.jpg?w=900", True),
        (
            "https://a.example/clip/0f8fad5b-d9cb-469f-a165-70867728950e_wide_0.webp",
            "https://a.example/clip/0f8fad5b-d9cb-469f-a165-70867728950e_share.jpg",
            True,
        ),
        ("https://a.example/ferry-20240101.jpg", "https://a.example/ferry-20240101_comm.jpg", True),
        ("https://a.example/press/1018461_harbour.jpg", "https://a.example/press/1018470_harbour.jpg", False),
        ("https://a.example/1/image.jpg", "https://a.example/2/image.jpg", False),
        ("https://a.example/ferry-20240101.jpg", "https://a.example/ferry-20240101-1.jpg", False),
    ],
)
def test_renditions_are_one_asset_and_neighbours_are_two(one: str, other: str, same: bool) -> None:  # noqa: FBT001 -- a table's column
    """Sizes, formats and hosts do not make another picture; another number does."""
    assert same == same_asset(asset_key(one), asset_key(other))


@given(st.text(max_size=120))
def test_any_text_has_an_asset_key(text: str) -> None:
    """No address raises."""
    assert isinstance(asset_key(text) + unwrapped(text) + bare(text), str)
