"""Feeds, site maps and lists of feeds."""

import hashlib
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from provenance import extract
from provenance.acquire.sniff import sniff
from provenance.errors import EmptySource, NotDecodable, SourceError
from provenance.extract.feed import date
from provenance.records import Page, Snapshot

MEDIA = 'xmlns:media="http://search.yahoo.com/mrss/" xmlns:content="http://purl.org/rss/1.0/modules/content/"'
DC = 'xmlns:dc="http://purl.org/dc/elements/1.1/"'
PROSE = "<p>The night ferry to Lindholm was late again on Monday, the third time this month, the harbour office said.</p>"


def snapshot(content: str | bytes, **given_: Any) -> Snapshot:
    body = content if isinstance(content, bytes) else content.encode("utf-8", "surrogatepass")
    facts = {"source": "feed.xml", "media_type": sniff(body).media_type, "obtained_at": "2031-01-01T00:00:00Z", "how": "file"}
    return Snapshot(content=body, sha256=hashlib.sha256(body).hexdigest(), **(facts | given_))


def read(content: str | bytes, **given_: Any) -> list[Page]:
    return list(extract.pages(snapshot(content, **given_)))


def rss(*items: str, head: str = "<title>Tarn Post</title><language>en-GB</language>") -> str:
    inside = "".join(f"<item>{item}</item>" for item in items)
    return f'<?xml version="1.0"?><rss version="2.0" {MEDIA} {DC}><channel>{head}{inside}</channel></rss>'


ITEM = (
    "<title>Ferry late</title><link>https://tarnpost.example/ferry</link><guid isPermaLink='false'>tp-7</guid>"
    "<pubDate>Fri, 02 May 2031 09:00:00 +0200</pubDate><dc:creator>Ana Ruiz</dc:creator>"
)


def test_an_rss_item_is_an_article() -> None:
    """Address, headline, byline, outlet, time in UTC, and the words of its HTML."""
    (page,) = read(rss(f"{ITEM}<description><![CDATA[{PROSE}]]></description>"))
    facts = page.facts
    assert ("feed.xml#tp-7", "article", "https://tarnpost.example/ferry") == (page.source, facts.kind, facts.url)
    assert ("Ferry late", "Ana Ruiz", "Tarn Post", "feed") == (
        facts.headline,
        facts.byline,
        facts.outlet.name,
        facts.outlet.basis,
    )
    assert ("2031-05-02T07:00:00Z", "second", "feed") == (facts.published, facts.published_precision, facts.published_basis)
    assert "night ferry to Lindholm" in page.text
    assert ("en", "tarnpost.example") == (facts.language, facts.outlet.domain)


def test_media_rss_gives_picture_caption_and_credit() -> None:
    """Of a group the largest version; the caption and the credit stand in the text with exact spans."""
    sizes = "".join(
        f'<media:content url="https://img.example/{w}.jpg" medium="image" width="{w}" height="90"/>' for w in (120, 1600)
    )
    said = "<media:credit>Ana Ruiz/AFP</media:credit><media:description>The quay.</media:description>"
    group = f"<media:group>{sizes}{said}</media:group>"
    (page,) = read(rss(f"{ITEM}{group}<description>{PROSE.replace('<', '&lt;')}</description>"))
    (medium,) = page.media
    assert ("photo", "https://img.example/1600.jpg", "The quay.") == (medium.kind, medium.url, medium.caption)
    assert ("Ana Ruiz/AFP", ("Ana Ruiz", "AFP")) == (medium.credit, medium.credit_parties)
    assert medium.caption_span is not None
    assert page.text[medium.caption_span.start : medium.caption_span.end] == "The quay."


def test_enclosures_and_body_pictures_are_folded() -> None:
    """One picture attached and embedded is one medium; a film is a film."""
    body = (
        f"<content:encoded><![CDATA[{PROSE}<figure><img src='https://img.example/quay.jpg'></figure>{PROSE}]]></content:encoded>"
    )
    files = (
        '<enclosure url="https://img.example/quay.jpg" type="image/jpeg" length="1"/>'
        '<media:content url="https://img.example/quay.mp4" type="video/mp4"/>'
    )
    (page,) = read(rss(ITEM + files + body))
    found = {(m.kind, m.url) for m in page.media}
    assert {("photo", "https://img.example/quay.jpg"), ("video", "https://img.example/quay.mp4")} == found


def test_an_atom_entry_is_an_article() -> None:
    """Links by their relation, against the feed's address; XHTML content; an updated time is not called published."""
    feed = (
        '<feed xmlns="http://www.w3.org/2005/Atom"><title>Tarn Post</title><entry><id>urn:tp:8</id><title>Ferry late</title>'
        '<link rel="alternate" href="/ferry"/><link rel="enclosure" type="image/png" href="/quay.png"/>'
        "<author><name>Ana Ruiz</name></author><updated>2031-05-02T09:00:00+02:00</updated>"
        f'<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml">{PROSE}</div></content></entry></feed>'
    )
    (page,) = read(feed, url="https://tarnpost.example/feed.xml")
    assert ("feed.xml#urn:tp:8", "https://tarnpost.example/ferry", "Ana Ruiz") == (page.source, page.facts.url, page.facts.byline)
    assert ("2031-05-02T07:00:00Z", "feed: updated") == (page.facts.published, page.facts.published_basis)
    assert ["https://tarnpost.example/quay.png"] == [m.url for m in page.media]
    assert "night ferry" in page.text


def test_rss_one_is_read() -> None:
    """Items beside the channel, dates of Dublin Core."""
    feed = (
        f'<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/" {DC}>'
        "<channel><title>Tarn Post</title></channel><item><title>Ferry</title><link>https://tarnpost.example/f</link>"
        "<dc:date>2031-05-02</dc:date></item></rdf:RDF>"
    )
    (page,) = read(feed)
    assert ("2031-05-02", "day", "Tarn Post") == (page.facts.published, page.facts.published_precision, page.facts.outlet.name)


def test_an_aggregator_names_the_entrys_source() -> None:
    """The outlet is the one that the entry is from, not the one that lists it."""
    (page,) = read(rss(f'{ITEM}<source url="https://lindholm.example">Lindholm Eye</source>'))
    assert "Lindholm Eye" == page.facts.outlet.name


@pytest.mark.parametrize(
    ("printed", "value"),
    [
        ("Fri, 02 May 2031 09:00:00 GMT", "2031-05-02T09:00:00Z"),
        ("02 May 2031 09:00 EST", "2031-05-02T14:00:00Z"),
        ("Fri, 02 May 2031 09:00:00 -0000", "2031-05-02T09:00:00"),
        ("2031-05-02T09:00:00.5+09:00", "2031-05-02T00:00:00Z"),
        ("2031-05-02", "2031-05-02"),
        ("yesterday", None),
        ("Fri, 99 May 2031 09:00:00 GMT", None),
        ("x" * 500, None),
        (None, None),
    ],
)
def test_dates_of_feeds(printed: str | None, value: str | None) -> None:
    """A zone is converted, none is left out, what is no date is unknown."""
    assert value == date(printed)


@pytest.mark.parametrize("encoding", ["euc-kr", "windows-1251", "utf-16", "shift_jis"])
def test_feeds_in_other_encodings(encoding: str) -> None:
    """The declared encoding is used, also where the XML parser itself knows it not."""
    title = {"euc-kr": "정확한 제목", "shift_jis": "正しい題"}.get(encoding, "Заголовок")
    feed = rss(f"<title>{title}</title><link>https://tarnpost.example/f</link>").replace(
        '1.0"?>', f'1.0" encoding="{encoding}"?>'
    )
    (page,) = extract.pages(snapshot(feed.encode(encoding), media_type="application/rss+xml"))
    assert title == page.facts.headline


def test_what_feeds_get_wrong_is_mended_and_said() -> None:
    """Lone ampersands and HTML's names for characters do not lose an entry."""
    (page,) = read(rss("<title>Mill & Sons &eacute;t&eacute; &copy;</title><link>https://tarnpost.example/?a=1&b=2</link>"))
    assert ("Mill & Sons été ©", "https://tarnpost.example/?a=1&b=2") == (page.facts.headline, page.facts.url)
    assert any("mended" in w for w in page.warnings)


def test_a_feed_that_breaks_off_keeps_its_entries() -> None:
    """The entries before the break are read, and the break is said."""
    whole = rss(ITEM, ITEM.replace("tp-7", "tp-8"))
    found = read(whole[: whole.index("tp-8")])
    assert "feed.xml#tp-7" == found[0].source
    assert any("breaks off" in w for w in found[0].warnings)


@pytest.mark.parametrize(
    "attack",
    [
        '<!DOCTYPE r [<!ENTITY a "b"><!ENTITY c "&a;&a;">]><rss><channel><item><title>&c;</title></item></channel></rss>',
        '<!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/passwd">]><rss><channel><item><title>&x;</title></item></channel></rss>',
    ],
)
def test_entities_are_refused(attack: str) -> None:
    """Nothing expands and nothing is fetched."""
    with pytest.raises(NotDecodable, match="entities"):
        list(extract.pages(snapshot(attack, media_type="application/rss+xml")))


@pytest.mark.parametrize(
    "subset", ['<!ENTITY % Latin PUBLIC "-//Desk//Latin" "http://desk.example/latin.ent">', '<!-- > --><!ENTITY mill "a > b">']
)
def test_entities_that_nothing_uses_cost_a_feed_nothing(subset: str) -> None:
    """They are not read, that is told, and the entries are."""
    whole = rss(ITEM).replace("<rss", f"<!DOCTYPE rss [{subset}]><rss", 1)
    (page,) = read(whole)
    assert page.source == "feed.xml#tp-7"
    assert page.warnings == ("it declares entities, which are not read; it uses none of them",)


def test_depth_is_survived() -> None:
    """A hundred thousand nested elements are read or refused, never a crash."""
    nest = "<a>" * 100_000 + "</a>" * 100_000
    deep = f"<rss><channel><item><title>x</title><description>{nest}</description></item></channel></rss>"
    assert 1 == len(read(deep))


def test_an_empty_feed_is_said() -> None:
    """A feed without entries is no success."""
    with pytest.raises(EmptySource, match="without entries"):
        read(rss())


@settings(max_examples=80, deadline=None)
@given(st.data())
def test_a_damaged_feed_never_breaks_the_reader(data: st.DataObject) -> None:
    """Any characters changed: pages with exact spans, or a named error."""
    group = '<media:content url="https://img.example/q.jpg" medium="image"><media:credit>AFP</media:credit></media:content>'
    whole = list(rss(ITEM + group + f"<description>{PROSE.replace('<', '&lt;')}</description>"))
    for _ in range(data.draw(st.integers(1, 4))):
        at = data.draw(st.integers(0, len(whole) - 1))
        whole[at : at + data.draw(st.integers(0, 20))] = data.draw(st.text(max_size=5))
    try:
        for page in extract.pages(snapshot("".join(whole), media_type="application/rss+xml")):
            assert all(b.end <= len(page.text) for b in page.blocks)
    except SourceError:
        pass


# ------------------------------------------------------------------ site maps and outlines

NEWS = (
    'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:news="http://www.google.com/schemas/sitemap-news/0.9" '
    'xmlns:image="http://www.google.com/schemas/sitemap-image/1.1" xmlns:video="http://www.google.com/schemas/sitemap-video/1.1"'
)


def sitemap(*urls: str) -> str:
    return f'<?xml version="1.0"?><urlset {NEWS}>{"".join(f"<url>{u}</url>" for u in urls)}</urlset>'


def test_a_news_sitemap_gives_articles() -> None:
    """Publication, language, title, time; every picture with its caption and credit."""
    news = (
        "<news:news><news:publication><news:name>Tarn Post</news:name><news:language>en</news:language></news:publication>"
        "<news:publication_date>2031-05-02T09:00:00+02:00</news:publication_date><news:title>Ferry late</news:title></news:news>"
    )
    images = "".join(f"<image:image><image:loc>https://img.example/{n}.jpg</image:loc></image:image>" for n in (1, 2))
    said = "<image:caption>The quay. (Ana Ruiz/AFP)</image:caption>"
    caption = f"<image:image><image:loc>https://img.example/3.jpg</image:loc>{said}</image:image>"
    (page,) = read(sitemap(f"<loc>https://tarnpost.example/ferry</loc>{news}{images}{caption}"))
    facts = page.facts
    assert ("article", "Ferry late", "Tarn Post", "sitemap") == (
        facts.kind,
        facts.headline,
        facts.outlet.name,
        facts.outlet.basis,
    )
    assert ("2031-05-02T07:00:00Z", "en") == (facts.published, facts.language)
    assert ["https://img.example/1.jpg", "https://img.example/2.jpg", "https://img.example/3.jpg"] == [m.url for m in page.media]
    assert ("The quay.", ("Ana Ruiz", "AFP")) == (page.media[2].caption, page.media[2].credit_parties)


def test_a_video_sitemap_gives_films() -> None:
    """The file, and its still among the candidates."""
    film = (
        "<video:video><video:thumbnail_loc>https://img.example/s.jpg</video:thumbnail_loc><video:title>Quay</video:title>"
        "<video:content_loc>https://img.example/v.mp4</video:content_loc></video:video>"
    )
    (page,) = read(sitemap(f"<loc>https://tarnpost.example/v</loc>{film}"))
    assert [("video", "https://img.example/v.mp4", 2)] == [(m.kind, m.url, len(m.candidate_urls)) for m in page.media]


def test_bare_addresses_are_the_links_of_one_page() -> None:
    """A plain site map, an index and an outline each list where to go next."""
    plain = sitemap("<loc>https://tarnpost.example/a</loc>", "<loc>https://tarnpost.example/b</loc>", "<loc>javascript:x</loc>")
    assert ("https://tarnpost.example/a", "https://tarnpost.example/b") == read(plain)[0].links
    index = f"<sitemapindex {NEWS}><sitemap><loc>https://tarnpost.example/news.xml</loc></sitemap></sitemapindex>"
    assert ("https://tarnpost.example/news.xml",) == read(index)[0].links
    opml = (
        '<opml version="2.0"><head><title>Desk</title></head><body><outline text="News"><outline text="Tarn Post" '
        'type="rss" xmlUrl="https://tarnpost.example/feed.xml"/></outline></body></opml>'
    )
    (page,) = read(opml)
    assert ("Desk", ("https://tarnpost.example/feed.xml",), "Tarn Post") == (page.facts.headline, page.links, page.text)


def test_an_empty_sitemap_is_said() -> None:
    """A site map without addresses is no success."""
    with pytest.raises(EmptySource, match="lists no address"):
        read(f"<urlset {NEWS}></urlset>")


@pytest.mark.parametrize(
    ("start", "media_type"),
    [
        ("<rss version='2.0'>", "application/rss+xml"),
        ("<?xml version='1.0'?><!-- made --><?xml-stylesheet href='a'?>\n<rss>", "application/rss+xml"),
        ("<feed xmlns='http://www.w3.org/2005/Atom'>", "application/atom+xml"),
        ("<?xml version='1.0'?><rdf:RDF xmlns='http://purl.org/rss/1.0/'>", "application/rss+xml"),
        ("<?xml version='1.0'?><urlset>", "application/sitemap+xml"),
        ("<opml version='1.0'>", "text/x-opml"),
        ("<?xml version='1.0'?><feed/>", "application/xml"),
        ("<?xml version='1.0'?><rdf:RDF/>", "application/xml"),
        ("<?xml version='1.0'?><html xmlns='x'>", "text/html"),
    ],
)
def test_feeds_are_known_by_their_first_element(start: str, media_type: str) -> None:
    """The root tells; a common word counts only with its namespace."""
    assert media_type == sniff(f"{start}<x/>".encode()).media_type


def test_atom_0_3_is_read() -> None:
    """The form before the standard has its own namespace, and calls the day `issued`."""
    entry = "<entry><title>Ferry</title><link rel='alternate' href='https://t.example/1'/><issued>2031-05-02T07:00:00Z</issued></entry>"
    (found,) = read(f"<?xml version='1.0'?><feed version='0.3' xmlns='http://purl.org/atom/ns#'>{entry}</feed>")
    assert ("Ferry", "2031-05-02T07:00:00Z") == (found.facts.headline, found.facts.published)


def test_rss_0_9_is_read() -> None:
    """The first form of all has a namespace of its own, too."""
    space = 'xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://my.netscape.com/rdf/simple/0.9/"'
    item = "<item><title>Ferry</title><link>https://t.example/1</link></item>"
    (found,) = read(f"<?xml version='1.0'?><rdf:RDF {space}><channel><title>Tarn</title></channel>{item}</rdf:RDF>")
    assert ("Ferry", "https://t.example/1") == (found.facts.headline, found.facts.url)
