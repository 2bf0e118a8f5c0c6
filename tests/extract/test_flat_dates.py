"""Dates and times as pages print them."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from provenance.extract.flat_dates import dates, page_times
from provenance.extract.flat_text import table


@pytest.mark.parametrize(
    ("text", "language", "value"),
    [
        ("October 20, 2023, 12:29", "en", "2023-10-20T12:29"),
        ("Tue, Oct 22nd, 2023", "en", "2023-10-22"),
        ("22 Oct 2023", "en", "2023-10-22"),
        ("Wed Jun 19, 2023 09:47 AM", "en", "2023-06-19T09:47"),
        ("Oct. 20, 2023 - 10:59", "en", "2023-10-20T10:59"),
        ("12:05 AM, October 20, 2023", "en", "2023-10-20T00:05"),
        ("2023-10-19T18:43:25Z", "en", "2023-10-19T18:43:25Z"),
        ("2023-10-19T18:43:25+09:00", None, "2023-10-19T09:43:25Z"),
        ("2023.10.20 오후 3:05", "ko", "2023-10-20T15:05"),
        ("2023년 10월 20일", "ko", "2023-10-20"),
        ("2023年10月22日 14時05分", "ja", "2023-10-22T14:05"),
        ("1:08pm 22/10/2023", "zh", "2023-10-22T13:08"),
        ("22 октября 2023 г., 10:20 (МСК)", "ru", "2023-10-22T07:20Z"),
        ("22 de octubre de 2023 a las 9:15", "es", "2023-10-22T09:15"),
        ("Mercredi 19 juin 2023 10h01 (GMT+7)", "fr", "2023-06-19T03:01Z"),
        ("5. März 2025, 14.30 Uhr", "de", "2025-03-05T14:30"),
        ("ngày 22/10/2023 15:23 PM (GMT+7)", "vi", "2023-10-22T08:23Z"),
        ("٢٢ أكتوبر ٢٠٢٤", "ar", "2024-10-22"),
        ("5 listopada 2023", "pl", "2023-11-05"),
        ("5 listopada 2023", "hr", "2023-10-05"),
        ("05/06/2023", "fr", "2023-06-05"),
        ("05/26/2023", "en", "2023-05-26"),
        ("05/06/2023", "en", None),
        ("5 listopada 2023", None, None),
        ("31 February 2023", "en", None),
        ("10.22 (화)", "ko", None),
        ("1.2.3.2023.5", "de", None),
    ],
)
def test_dates_are_read_in_many_languages(text: str, language: str | None, value: str | None) -> None:
    """A date that can be known has one value, in UTC where a zone is printed; else it has none."""
    assert next((d.value for d in dates(text, language)), None) == value


@given(st.dates(dt.date(1900, 1, 1), dt.date(2099, 12, 31)), st.sampled_from(sorted(table("flat_months"))))
def test_every_month_of_every_language_is_read_back(moment: dt.date, language: str) -> None:
    """A date written with the language's first form of the month is that date."""
    month = table("flat_months")[language][moment.month - 1].split()[0]
    found = [d.value for d in dates(f"{moment.day} {month} {moment.year}", language)]
    assert found == [moment.isoformat()]


@given(st.text(max_size=120))
def test_any_text_is_searched_without_harm(text: str) -> None:
    """Whatever the text, offsets lie in it, in order."""
    found = list(dates(text, "en"))
    assert all(0 <= d.start < d.end <= len(text) for d in found)
    assert sorted(d.start for d in found) == [d.start for d in found]


@pytest.mark.parametrize(
    ("line", "published", "modified"),
    [
        ("Posted : October 20, 2023, 12:29 Updated : October 20, 2023, 12:54", "2023-10-20T12:29", "2023-10-20T12:54"),
        ("Written: 2023-10-22 19:22:15Updated: 2023-10-23 09:25:11", "2023-10-22T19:22:15", "2023-10-23T09:25:11"),
        ("기사등록 2023/10/22 10:16:17 최종수정 2023/10/22 11:10:16", "2023-10-22T10:16:17", "2023-10-22T11:10:16"),
        ("2023年10月20日發表", "2023-10-20", None),
        ("Stand: 05.03.2025, 14:30 Uhr", None, "2025-03-05T14:30"),
    ],
)
def test_stamps_tell_publication_from_change(line: str, published: str | None, modified: str | None) -> None:
    """The label before a date, or behind it, says what it is the date of."""
    found = page_times(line)
    assert found is not None
    assert (found.published.value if found.published else None, found.modified.value if found.modified else None) == (
        published,
        modified,
    )


def test_a_date_in_a_sentence_is_no_stamp() -> None:
    """A line that says more than its date does not date the page."""
    found = page_times("The bridge over the river was opened to all on March 5, 2020.", "en")
    assert found is None or not (found.alone or found.labelled)
