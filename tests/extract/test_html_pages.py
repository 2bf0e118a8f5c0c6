"""Whole pages of invented outlets, each showing one rule of reading HTML; the pages stand in `test_html_pages/`.

A file holds cases of one subject: a page's `body` (inside an article with a headline and a paragraph unless it is a
whole `page`), and what a perfect reader records of it. A field that a case leaves out is not looked at.
"""

import tomllib
from pathlib import Path
from typing import Any

import pytest

from provenance.extract import html
from provenance.records import Page
from tests.extract.test_html import MORE, PROSE, snapshot

FOLDER = Path(__file__).with_suffix("")
CASES = [
    pytest.param(case, id=f"{path.stem}: {case['rule'][:60]}")
    for path in sorted(FOLDER.glob("*.toml"))
    for case in tomllib.loads(path.read_text(encoding="utf-8"))["page"]
]
PAGE_URL = "https://www.tarnpost.example/news/2026/harbour"


def read(case: dict[str, Any]) -> Page:
    """The page of a case."""
    whole = case.get("page") or (
        f"<html lang={case.get('lang', 'en')}><head><title>Harbour reopens</title>{case.get('head', '')}</head><body>"
        f"<article><h1>Harbour reopens after storm</h1>{case.get('lead', '')}{PROSE}{MORE}{case['body']}{PROSE}</article>"
        f"{case.get('rest', '')}</body></html>"
    )
    whole = whole.replace("{PROSE}", PROSE).replace("{MORE}", MORE)
    return html.page(snapshot(whole, url=case.get("url", PAGE_URL), how=case.get("how", "fetch")))


@pytest.mark.parametrize("case", CASES)
def test_a_page_is_read_as_a_person_reads_it(case: dict[str, Any]) -> None:
    """Each case says its rule; pictures are compared in order, in the fields that the case gives."""
    page = read(case)
    if "pictures" in case:
        shown = [m for m in page.media if m.role in {"lead", "body", "gallery"} and m.kind not in {"video", "audio"}]
        assert [_fields(m, want) for m, want in zip(shown, case["pictures"], strict=False)] == case["pictures"]
        assert len(shown) == len(case["pictures"]), [m.url for m in shown]
    if "videos" in case:
        videos = [m for m in page.media if m.kind in {"video", "audio"} and m.role != "embedded-post"]
        assert [_fields(m, want) for m, want in zip(videos, case["videos"], strict=False)] == case["videos"]
        assert len(videos) == len(case["videos"]), [m.url for m in videos]
    if "posts" in case:
        posts = [p for p in page.posts if p.embedding == "embedded"]
        assert [_fields(p, want) for p, want in zip(posts, case["posts"], strict=False)] == case["posts"]
        assert len(posts) == len(case["posts"]), [p.url for p in posts]
    if "reviews" in case:
        assert [_fields(r, want) for r, want in zip(page.reviews, case["reviews"], strict=True)] == case["reviews"]
    if "facts" in case:
        assert _fields(page.facts, case["facts"]) == case["facts"]
    if "outlet" in case:
        assert _fields(page.facts.outlet, case["outlet"]) == case["outlet"]
    for absent in case.get("not_in_text", []):
        assert absent not in page.text


def _fields(record: Any, want: dict[str, Any]) -> dict[str, Any]:
    """The fields of a record that a case names; a missing value is written as an empty string."""
    found = {name: getattr(record, name) for name in want}
    return {name: list(v) if isinstance(v, tuple) else "" if v is None else v for name, v in found.items()}


def test_the_cases_are_many_and_each_says_its_rule() -> None:
    """Every case has a rule of its own, so that a failure says what was broken."""
    rules = [param.values[0]["rule"] for param in CASES]
    assert len(set(rules)) == len(rules) > 0
