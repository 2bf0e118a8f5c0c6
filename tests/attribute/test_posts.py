"""What a post cites beside its sentences: the source named at its end, and the account that it is forwarded from."""

from dataclasses import replace
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from provenance.attribute import read
from provenance.records import Account, Block, Citation, DocumentFacts, Medium, Page, PartyKind, Post, Span

ORIGIN = Account(platform="telegram", handle="lindholm_eye", name="Lindholm Eye", as_written="Lindholm Eye")


def post(text: str, origin: Account | None = None, language: str | None = None) -> Page:
    span = Span(0, len(text), text) if text else None
    one = Post(
        id="p1",
        platform="telegram",
        post_id="41",
        handle="orrin_mill",
        author_name="Orrin Mill Watch",
        text=text or None,
        embedding="embedded",
        media=("m1",),
        forwarded_from=origin,
        span=span,
    )
    return Page(
        source="p",
        facts=DocumentFacts(kind="post", language=language, sha256="0" * 64),
        text=text,
        blocks=(Block(kind="post", start=0, end=len(text), post="p1"),) if text else (),
        media=(Medium(id="m1", kind="photo", role="embedded-post", post="p1"),),
        posts=(one,),
    )


def cited(page: Page, relation: str = "credits") -> list[Citation]:
    return [c for c in read(page).citations if c.relation == relation]


@pytest.mark.parametrize(
    ("text", "name", "kind", "handle"),
    [
        ("The mill burns.\nSource: FT", "Financial Times", "newspaper", None),
        ("The mill burns. Source: @lindholm_eye", "@lindholm_eye", "social-account", "lindholm_eye"),
        ("The mill burns #fire Source: @lindholm_eye", "@lindholm_eye", "social-account", "lindholm_eye"),
        ("The mill burns (Video: https://t.me/lindholm_eye/5)", "@lindholm_eye", "social-account", "lindholm_eye"),
        ("The mill burns.\nSource: Tarn Post", "Tarn Post", "organisation", None),
        ("Мельница горит.\nИсточник: @lindholm_eye", "@lindholm_eye", "social-account", "lindholm_eye"),
        ("El molino arde.\nFuente: EFE", "EFE", "agency", None),
        ("磨坊着火。来源：新华社", "Xinhua", "agency", None),
    ],
)
def test_the_source_named_at_the_end_of_a_post_is_cited(text: str, name: str, kind: str, handle: str | None) -> None:
    """By its handle, address or name; about the post's media, stated by the post, with the exact words."""
    (found,) = cited(post(text))
    assert (name, kind, handle, ("m1",), "p1") == (
        found.cited.name,
        found.cited.kind,
        found.cited.handle,
        found.about,
        found.stated_by,
    )
    assert "Orrin Mill Watch" == found.citing.name
    assert found.cue_span is not None
    assert text[found.cue_span.start : found.cue_span.end] == found.cue_span.text == found.cue


@pytest.mark.parametrize(
    "text",
    [
        "Source: trust me, friend",
        "Video: the mill burns in Orrin",
        "The source: of all evil, is money",
        "The truth: Orrin",
        "The mill burns. Source: @Orrin_Mill",
    ],
)
def test_a_clause_or_the_account_itself_is_no_source(text: str) -> None:
    """Words after the label that name nobody, and the post's own account, are no citation."""
    assert [] == cited(post(text))


def test_a_forward_is_a_citation() -> None:
    """Of the account that the platform names, about the media, though the post has no words for it."""
    for text in ("The mill burns.", ""):
        (found,) = cited(post(text, ORIGIN), "posted-by")
        assert ("Lindholm Eye", "social-account", "lindholm_eye") == (found.cited.name, found.cited.kind, found.cited.handle)
        assert (("p1", "m1"), "p1", None) == (found.about, found.stated_by, found.cue_span)


def test_a_forward_from_nobody_known_is_a_citation_of_an_unknown_account() -> None:
    """Unknown is a value: the post is second-hand, from whom is not known."""
    (found,) = cited(post("Fire", Account(platform="telegram")), "posted-by")
    assert ("anonymous", None, None, "telegram") == (found.cited.kind, found.cited.name, found.cited.handle, found.cited.platform)


def test_the_ids_of_citations_are_their_own() -> None:
    """Those of sentences, source lines and forwards together."""
    page = post("The mayor said it burns. Source: @tarn_watch", ORIGIN)
    ids = [c.id for c in read(replace(page, facts=replace(page.facts, language="en"))).citations]
    assert len(ids) == len(set(ids)) > 1


def test_look_alike_handles_are_flagged_and_kept_apart() -> None:
    """Whether cited or only printed, both stand in the record as written, and a warning names the pair."""
    document = read(post("The mill burns, says @lindho1m_eye. Source: @lindholm_eye"))
    assert ["@lindholm_eye and @lindho1m_eye look alike and are not the same account: one may imitate the other"] == [
        w.replace("@lindho1m_eye and @lindholm_eye", "@lindholm_eye and @lindho1m_eye") for w in document.warnings
    ]
    assert {"lindholm_eye"} <= {c.cited.handle for c in document.citations}


@given(
    st.lists(
        st.sampled_from(
            ["Source:", "Video :", "@a_b", "@", "来源：", "FT", "\n", "(", ")", ". ", "http://", "t.me/a_bc/1", "É", "🔥", " "]
        )
    )
)
def test_any_source_line_is_survived(parts: list[str]) -> None:
    """Whatever stands around a label, spans are exact and kinds are those of the contract."""
    text = " ".join(parts).strip()
    for found in read(post(text)).citations:
        assert found.cited.kind in get_args(PartyKind)
        assert found.cue_span is None or text[found.cue_span.start : found.cue_span.end] == found.cue_span.text
