"""Dates printed below the headline, in many languages, where no metadata gives one."""

import pytest

from provenance.extract import html
from tests.extract.test_html import MORE, PROSE, snapshot

PRINTED = {
    "de": "Veröffentlicht am 5. März 2026, 14:30 Uhr",
    "fr": "Publié le 5 mars 2026 à 14h30",
    "es": "5 de marzo de 2026 - 14:30",
    "pt": "Publicado em 05/03/2026 às 14h30",
    "it": "5 marzo 2026, 14:30",
    "nl": "5 maart 2026 14:30",
    "sv": "Publicerad 5 mars 2026 kl 14.30",
    "fi": "Julkaistu 5.3.2026 klo 14.30",
    "pl": "5 marca 2026, 14:30",
    "cs": "5. března 2026 14:30",
    "ro": "Publicat: 5 martie 2026, 14:30",
    "hu": "2026. március 5. 14:30",
    "tr": "5 Mart 2026 14:30",
    "el": "5 Μαρτίου 2026, 14:30",
    "ru": "5 марта 2026, 14:30",
    "uk": "5 березня 2026, 14:30",
    "hr": "05. ožujka 2026. u 14:30",
    "ar": "5 مارس 2026 - 14:30",
    "he": "5 במרץ 2026, 14:30",
    "hi": "5 मार्च 2026, 14:30",
    "ko": "입력 2026.03.05. 오후 2:30",
    "ja": "2026年3月5日 14時30分",
    "zh": "2026年03月05日 14:30",
    "th": "5 มีนาคม 2569 14:30",
    "lt": "2026 m. kovo 5 d. 14:30",
    "lv": "2026. gada 5. marts 14:30",
}


@pytest.mark.parametrize(("language", "printed"), PRINTED.items())
def test_a_printed_time_below_the_headline_is_the_published_one(language: str, printed: str) -> None:
    """Each of these lines says 5 March 2026, half past two in the afternoon, without a zone."""
    page = html.page(
        snapshot(
            f"<html lang={language}><head><title>T</title></head><body><article><h1>Harbour reopens after storm</h1>"
            f"<span class=x1>{printed}</span>{PROSE}{MORE}</article></body></html>",
            url="https://www.tarnpost.example/a",
        )
    )
    facts = page.facts
    assert ("2026-03-05T14:30", "minute", "text") == (facts.published, facts.published_precision, facts.published_basis)
