"""Articles read out of HTML, on pages about invented events."""

import hashlib
from typing import Any

import pytest

from provenance import extract
from provenance.errors import UnknownFormat
from provenance.extract import html
from provenance.records import Medium, Page, Snapshot

PROSE = (
    "<p>The night ferry to Lindholm was late again on Monday, the third time this month, "
    "the harbour office of Tarnmouth said.</p>"
)
MORE = (
    "<p>Passengers waited on the quay until the early morning, and some of them went home, a spokeswoman for the line added.</p>"
)


def snapshot(content: str | bytes, **given: Any) -> Snapshot:
    """A page as it would come from a file."""
    body = content if isinstance(content, bytes) else content.encode()
    facts = {"source": "page.html", "media_type": "text/html", "obtained_at": "2026-01-01T00:00:00Z", "how": "fetch"} | given
    return Snapshot(content=body, sha256=hashlib.sha256(body).hexdigest(), **facts)


def article(body: str, head: str = "", url: str | None = "https://tarnpost.example/news/ferry", **given: Any) -> Page:
    """The page of an article whose body is given."""
    page = f"<html lang=en><head><title>Ferry late</title>{head}</head><body><nav><a href=/>Home</a></nav>"
    page += f"<article><h1>Ferry late again</h1>{body}</article></body></html>"
    return html.page(snapshot(page, url=url, **given))


def only(page: Page) -> Medium:
    """The one medium of a page."""
    assert len(page.media) == 1, page.media
    return page.media[0]


# ------------------------------------------------------------------ pictures


def test_a_figure_gives_picture_caption_and_credit_in_place() -> None:
    """Caption and credit stand in the text where the picture stands, and their spans are exact slices."""
    page = article(
        f"{PROSE}{MORE}<figure><img src=/img/ferry-2041.jpg alt=Ferry><figcaption>The ferry at the quay. "
        f"<span class=credit>Ana Ruiz/AFP</span></figcaption></figure>{PROSE}"
    )
    medium = only(page)
    assert ("m1", "photo", "body", "https://tarnpost.example/img/ferry-2041.jpg") == (
        medium.id,
        medium.kind,
        medium.role,
        medium.url,
    )
    assert ("The ferry at the quay.", "Ana Ruiz/AFP", ("Ana Ruiz", "AFP")) == (
        medium.caption,
        medium.credit,
        medium.credit_parties,
    )
    assert medium.caption_span
    assert medium.credit_span
    assert page.text[medium.caption_span.start : medium.credit_span.end] == "The ferry at the quay. Ana Ruiz/AFP"
    assert page.text.index("spokeswoman") < medium.caption_span.start < page.text.rindex("night ferry")


def test_the_first_picture_before_the_text_is_the_lead() -> None:
    """A picture above the paragraphs leads; the others are of the body."""
    page = article(
        f"<figure><img src=/a/lead-1001-ferry.jpg></figure>{PROSE}{MORE}<figure><img src=/a/body-2002-quay.jpg></figure>{PROSE}"
    )
    assert ["lead", "body"] == [m.role for m in page.media]


def test_the_largest_candidate_is_chosen() -> None:
    """Of srcset, sources and lazy attributes the widest is the address; all are candidates."""
    medium = only(
        article(
            "<picture><source srcset='/i/ferry-77.jpg?w=400 400w, /i/ferry-77.jpg?w=1600 1600w'>"
            f"<img src='data:image/gif;base64,R0lGOD' data-src='/i/ferry-77.jpg?w=800' alt=''></picture>{PROSE}{MORE}"
        )
    )
    assert medium.url == "https://tarnpost.example/i/ferry-77.jpg?w=1600"
    assert len(medium.candidate_urls) == 3


def test_of_too_many_renditions_the_largest_are_kept_and_the_page_says_so() -> None:
    """A srcset of two hundred renditions gives the widest, wherever it stands; commas in addresses are not counted as more."""
    many = ", ".join(f"https://img.example/boat-{n}.jpg {n}w" for n in range(100, 300))
    page = article(f'<p>{"Words of prose. " * 9}</p><figure><img srcset="{many}"><figcaption>A boat.</figcaption></figure>')
    assert only(page).url == "https://img.example/boat-299.jpg"
    assert page.warnings == ("page: 1 pictures with more than 60 renditions: only the largest were read",)
    commas = ", ".join(f"https://img.example/w_{n},h_9,c_fill,q_1,f_a,g_b,x_1,y_2/boat.jpg {n}w" for n in (320, 640, 1280) * 5)
    assert not article(f'<p>{"Words of prose. " * 9}</p><figure><img srcset="{commas}"></figure>').warnings


def test_blanks_between_words_stay_and_those_at_the_edges_of_blocks_go() -> None:
    """What a browser shows of the blanks between tags is in the text: one between inline elements, none at a block's edges."""
    inline = "<b>The boat</b> <i>lay</i>\n<span>on</span> <script>1</script> <em>the quay</em> at Tarn for a week."
    body = f"<div>\n  <p>\n  {inline}</p>\n\n  </div>"
    words = article(f"{body}<p>{'Words of prose. ' * 9}</p>").text.split("\n\n")[1]
    assert " ".join(words.split()) == "The boat lay on the quay at Tarn for a week."


def test_a_picture_in_a_link_to_a_post_is_no_teaser() -> None:
    """A picture that leads to a post says where it is from; one that leads to another page of the outlet is another story's."""
    prose = f"<p>{'Words of prose. ' * 9}</p>"
    shown = '<figure><img src="https://img.example/boat-on-quay.jpg" width="800"><figcaption>A boat.</figcaption></figure>'
    linked = article(f'{prose}<a href="https://t.me/tarnwatch/12">the post {shown}</a>{prose}')
    assert only(linked).url == "https://img.example/boat-on-quay.jpg"
    assert not article(f'{prose}<a href="/news/other-story">Other story {shown}</a>{prose}').media


@pytest.mark.parametrize(
    ("written", "found"),
    [
        ("https://proxy.example/?url=https://cdn.example/a/ferry-20240101.jpg&w=600", "https://cdn.example/a/ferry-20240101.jpg"),
        (
            "https://cdn.example/cdn-cgi/image/width=600/https://cdn.example/a/ferry-20240101.jpg",
            "https://cdn.example/a/ferry-20240101.jpg",
        ),
        (
            "https://tarnpost.example/imrs.php?src=https://s3.example/a/ferry-20240101.jpg&w=600",
            "https://s3.example/a/ferry-20240101.jpg",
        ),
        ("//cdn.example/a/ferry-20240101.jpg", "https://cdn.example/a/ferry-20240101.jpg"),
    ],
)
def test_a_proxy_is_looked_through(written: str, found: str) -> None:
    """The address inside a proxy's or a resizer's is the picture's own."""
    assert found == only(article(f"<figure><img src='{written}'></figure>{PROSE}{MORE}")).url


def test_noscript_twin_and_thumbnail_link_are_one_picture() -> None:
    """A lazy picture, its noscript twin and the full picture that it links to are one medium, the full one its address."""
    medium = only(
        article(
            "<a href='/wp/2024/01/ferry-quay-2041.jpg'>"
            "<img src='/pixel/blank.gif' data-src='/wp/2024/01/ferry-quay-2041-300x200.jpg'></a>"
            f"<noscript><img src='/wp/2024/01/ferry-quay-2041-300x200.jpg'></noscript>{PROSE}{MORE}"
        )
    )
    assert medium.url == "https://tarnpost.example/wp/2024/01/ferry-quay-2041.jpg"


def test_a_background_that_carries_content_is_a_picture() -> None:
    """A hero drawn as a CSS background counts."""
    assert only(article(f"<div class=hero style=\"background-image: url('/img/hero-ferry-9.jpg')\"></div>{PROSE}{MORE}")).url == (
        "https://tarnpost.example/img/hero-ferry-9.jpg"
    )


def test_a_gallery_has_each_picture_with_its_own_caption() -> None:
    """Slides of one gallery keep their captions apart."""
    slides = "".join(
        f"<figure><img src=/g/slide-{n}00{n}-ferry.jpg><figcaption>Slide {n}. (AP)</figcaption></figure>" for n in (1, 2, 3)
    )
    page = article(f"{PROSE}{MORE}<div class=photo-gallery>{slides}</div>{PROSE}")
    assert [("gallery", f"Slide {n}.", ("AP",)) for n in (1, 2, 3)] == [(m.role, m.caption, m.credit_parties) for m in page.media]


@pytest.mark.parametrize(
    "noise",
    [
        "<img src=/img/tarn-logo.png>",
        "<img src=https://stats.example/p.gif width=1 height=1>",
        "<div class=author-bio><img src=/staff/ana-ruiz-2020.jpg></div>",
        "<aside class=related-stories><a href=/other><img src=/img/other-story-1.jpg></a></aside>",
        "<a href=/news/other-story><img src=/img/other-story-20240101.jpg></a>",
        "<li><img src=/img/other-story-2.jpg><h3><a href=/x>Another story</a></h3></li>",
        "<img src=https://ad.doubleclick.net/banner-20240101.jpg width=300>",
        "<div style='display:none'><img src=/img/hidden-20240101.jpg></div>",
        "<div><h3>Read also</h3><img src=/img/other-story-3.jpg></div>",
        "<img src=/e/smile.svg>",
    ],
)
def test_what_is_no_content_stays_out(noise: str) -> None:
    """Logos, pixels, portraits, advertisements and other stories give no medium."""
    assert article(f"{PROSE}{noise}{MORE}{PROSE}").media == ()


def test_share_pictures_are_metadata_unless_shown() -> None:
    """A share picture that the body shows is marked there; one that it does not show is metadata only."""
    head = "<meta property=og:image content=https://cdn.example/1200x630/ferry-quay-2041.jpg>"
    shown = only(article(f"<figure><img src=https://cdn.example/800x600/ferry-quay-2041.jpg></figure>{PROSE}{MORE}", head))
    assert (shown.role, shown.same_as_og_image) == ("lead", True)
    hidden = only(article(PROSE + MORE, head))
    assert (hidden.role, hidden.same_as_og_image, hidden.caption) == ("metadata-only", True, None)


def test_a_picture_beside_a_saved_page_keeps_its_path() -> None:
    """A relative path is kept as written; an address is only given when the page states one."""
    body = f"<figure><img src='Ferry_files/quay-2041.jpg'></figure>{PROSE}{MORE}"
    medium = only(article(body, url=None, how="file"))
    assert ("Ferry_files/quay-2041.jpg", None) == (medium.local_path, medium.url)
    known = only(article(body, "<meta property=og:image content=https://cdn.example/quay-2041.jpg>", url=None, how="file"))
    assert ("Ferry_files/quay-2041.jpg", "https://cdn.example/quay-2041.jpg") == (known.local_path, known.url)


def test_a_caption_without_a_figure_is_found() -> None:
    """An old page's small print right under the picture is its caption."""
    medium = only(
        article(
            f"{PROSE}{MORE}<p align=center><img src=/old/quay.jpg><br><small>The quay at dawn. Photo: Bo Lind</small></p>{PROSE}"
        )
    )
    assert ("The quay at dawn.", ("Bo Lind",)) == (medium.caption, medium.credit_parties)


def test_a_paragraph_after_a_picture_is_no_caption() -> None:
    """Prose next to a picture stays prose."""
    assert only(article(f"{PROSE}<img src=/img/quay-2041-a.jpg>{MORE}{PROSE}")).caption is None


@pytest.mark.parametrize(
    ("caption", "kind"),
    [("Screengrab: Tarn TV", "video-grab"), ("A map of the quay. Graphic: Tarn Post", "graphic"), ("The quay. (AP)", "photo")],
)
def test_the_label_says_what_sort_of_picture_it_is(caption: str, kind: str) -> None:
    """A grab or a graphic is told by its credit's label."""
    assert (
        kind
        == only(article(f"<figure><img src=/img/quay-2041-a.jpg><figcaption>{caption}</figcaption></figure>{PROSE}{MORE}")).kind
    )


# ------------------------------------------------------------------ posts and players

TWEET = (
    '<blockquote class="twitter-tweet"><p lang=en>Ferry gone again. <a href="https://t.co/abcdef">https://t.co/abcdef</a> '
    "pic.twitter.com/AbCdEfGh</p>"
    "&mdash; Tarn Watch (@tarn_watch) "
    '<a href="https://twitter.com/tarn_watch/status/1234567890?ref_src=x">February 11, 2025</a></blockquote>'
)


def test_an_embedded_post_is_read_to_its_signature() -> None:
    """Handle, author, day, words and links of a post come from its embed code, and its words stand in the text."""
    page = article(PROSE + TWEET + MORE)
    (post,) = page.posts
    assert ("x", "1234567890", "tarn_watch", "Tarn Watch", "2025-02-11") == (
        post.platform,
        post.post_id,
        post.handle,
        post.author_name,
        post.date,
    )
    assert (("https://t.co/abcdef",), ("pic.twitter.com/AbCdEfGh",)) == (post.links, post.media_links)
    assert post.span
    assert (
        page.text[post.span.start : post.span.end]
        == post.text
        == "Ferry gone again. https://t.co/abcdef pic.twitter.com/AbCdEfGh"
    )
    assert [(m.id, m.role, m.post) for m in page.media] == [(post.media[0], "embedded-post", post.id)]


@pytest.mark.parametrize(
    ("code", "platform", "ident"),
    [
        (
            '<script async src="https://telegram.org/js/telegram-widget.js?22" data-telegram-post="tarn_watch/55"></script>',
            "telegram",
            "55",
        ),
        ('<iframe src="https://t.me/tarn_watch/55?embed=1"></iframe>', "telegram", "55"),
        (
            '<iframe data-src="https://www.facebook.com/plugins/post.php?href=https%3A%2F%2Fwww.facebook.com%2Ftarnpost%2Fposts%2F1234567890"></iframe>',
            "facebook",
            "1234567890",
        ),
        ('<div class="fb-post" data-href="https://www.facebook.com/tarnpost/posts/1234567890"></div>', "facebook", "1234567890"),
        (
            '<blockquote class="instagram-media" data-instgrm-permalink="https://www.instagram.com/p/Cabc-DEF_1/"><p></p></blockquote>',
            "instagram",
            "Cabc-DEF_1",
        ),
        (
            '<blockquote class="tiktok-embed" cite="https://www.tiktok.com/@tarn/video/7123456789012345678"><section></section></blockquote>',
            "tiktok",
            "7123456789012345678",
        ),
        (
            '<blockquote class="bluesky-embed" data-bluesky-uri="at://did:plc:abc/app.bsky.feed.post/3kabcdef"><p>Hi</p></blockquote>',
            "bluesky",
            "3kabcdef",
        ),
        (
            '<blockquote class="text-post-media" data-text-post-permalink="https://www.threads.net/@tarn/post/Cabc-DEF_1"></blockquote>',
            "threads",
            "Cabc-DEF_1",
        ),
        (
            '<blockquote class="reddit-embed-bq"><a href="https://www.reddit.com/r/tarn/comments/abc123/ferry/">Ferry</a></blockquote>',
            "reddit",
            "abc123",
        ),
        (
            '<iframe class="mastodon-embed" src="https://tarn.social/@post/112345678901234567/embed"></iframe>',
            "mastodon",
            "112345678901234567",
        ),
        ('<amp-twitter data-tweetid="1234567890"></amp-twitter>', "x", "1234567890"),
        ('<amp-instagram data-shortcode="Cabc-DEF_1"></amp-instagram>', "instagram", "Cabc-DEF_1"),
        ("<p>https://t.me/tarn_watch/55</p>", "telegram", "55"),
        ('<div class="tweet-embed" data-url="https://x.com/tarn_watch/status/1234567890"></div>', "x", "1234567890"),
    ],
)
def test_posts_of_every_platform_are_found(code: str, platform: str, ident: str) -> None:
    """Block quotes, frames, scripts, AMP elements and bare addresses embed posts."""
    page = article(PROSE + code + MORE)
    assert [(platform, ident, "embedded")] == [(p.platform, p.post_id, p.embedding) for p in page.posts]


@pytest.mark.parametrize(
    ("code", "platform", "ident"),
    [
        ('<iframe src="https://www.youtube-nocookie.com/embed/a1B2c3D4e5F"></iframe>', "youtube", "a1B2c3D4e5F"),
        ('<amp-youtube data-videoid="a1B2c3D4e5F"></amp-youtube>', "youtube", "a1B2c3D4e5F"),
        ('<iframe src="https://rumble.com/embed/v1abcd/"></iframe>', "rumble", "v1abcd"),
        ('<video class="jw-video" data-media-id="AbCd1234"></video>', "jwplayer", "AbCd1234"),
        ('<img src="https://i.ytimg.com/vi/a1B2c3D4e5F/hqdefault.jpg">', "youtube", "a1B2c3D4e5F"),
    ],
)
def test_players_are_videos(code: str, platform: str, ident: str) -> None:
    """A player is a medium of kind video with its platform and id; its still is no picture of its own."""
    medium = only(article(PROSE + MORE + code + PROSE))
    assert ("video", "body", platform, ident) == (medium.kind, medium.role, medium.platform, medium.platform_id)


def test_a_video_of_the_page_itself_is_found() -> None:
    """A video element with its sources is a medium."""
    medium = only(
        article(
            f"{PROSE}{MORE}<figure><video><source src=/v/ferry.mp4></video>"
            f"<figcaption>The ferry. (AP)</figcaption></figure>{PROSE}"
        )
    )
    assert ("video", "https://tarnpost.example/v/ferry.mp4", "The ferry.", ("AP",)) == (
        medium.kind,
        medium.url,
        medium.caption,
        medium.credit_parties,
    )


@pytest.mark.parametrize(
    "link",
    [
        '<p>As <a href="https://x.com/tarn/status/12">he wrote</a> on Monday.</p>',
        '<p><a href="https://x.com/tarn">Follow us</a></p>',
        '<iframe src="https://x.com/tarn"></iframe>',
    ],
)
def test_a_link_in_prose_is_no_embedded_post(link: str) -> None:
    """A post that is only linked from a sentence, or an account, is not embedded."""
    assert article(PROSE + link + MORE).posts == ()


def test_a_post_embedded_twice_is_one() -> None:
    """The same post is recorded once."""
    assert len(article(PROSE + TWEET + MORE + TWEET).posts) == 1


# ------------------------------------------------------------------ text


def test_the_text_is_the_article_and_nothing_else() -> None:
    """Paragraphs stand in order, a blank line between them; navigation, comments and footers are left out."""
    page = article(
        f"{PROSE}<div class=share-bar>Share this</div>{MORE}"
        f"<div class=comments><p>{'First! ' * 30}</p></div><footer>Imprint</footer>"
    )
    kinds = [(b.kind, page.text[b.start : b.end][:20]) for b in page.blocks]
    assert [
        ("headline", "Ferry late again"),
        ("paragraph", "The night ferry to L"),
        ("paragraph", "Passengers waited on"),
    ] == kinds
    assert page.text.count("\n\n") == 2


def test_blocks_cover_the_text_in_order() -> None:
    """Blocks do not overlap, stand in order and name the medium or post that they belong to."""
    page = article(
        f"<figure><img src=/a/lead-1001-ferry.jpg><figcaption>The ferry. (AP)</figcaption></figure>{PROSE}{TWEET}{MORE}"
    )
    ends = [0, *(b.end for b in page.blocks)]
    assert all(before <= b.start < b.end for before, b in zip(ends, page.blocks, strict=False))
    assert [("caption", "m1", None), ("credit", "m1", None), ("post", None, "p1")] == [
        (b.kind, b.medium, b.post) for b in page.blocks if b.medium or b.post
    ]


# ------------------------------------------------------------------ the door


def test_a_loose_picture_is_a_page_with_one_medium() -> None:
    """A picture without a page is one photo of the body, without text."""
    (page,) = extract.pages(snapshot(b"\xff\xd8\xff", media_type="image/jpeg", url="https://tarnpost.example/a.jpg"))
    assert ("page", "", "m1", "body") == (page.facts.kind, page.text, only(page).id, only(page).role)


def test_each_form_has_its_reader() -> None:
    """HTML and text are told apart by their media type, whatever parameters stand behind it."""
    (page,) = extract.pages(snapshot(f"<article><h1>Ferry</h1>{PROSE}</article>", media_type="text/html; charset=utf-8"))
    (plain,) = extract.pages(snapshot("Ferry late\n\nThe ferry was late.", media_type="text/plain"))
    assert page.text.startswith("Ferry\n\n")
    assert plain.text.startswith("Ferry late")


def test_unreadable_kinds_are_refused_by_name() -> None:
    """Bytes that hold no document give a typed error that names the source."""
    with pytest.raises(UnknownFormat, match=r"page\.html"):
        list(extract.pages(snapshot(b"PK", media_type="application/zip")))


def test_undecodable_bytes_are_a_warning() -> None:
    """What could not be read is said in the warnings."""
    page = html.page(snapshot(b"<html><meta charset=utf-8><body><p>" + b"ferry \xff" * 5 + PROSE.encode()))
    assert any("U+FFFD" in w for w in page.warnings)


def test_a_thumbnail_that_leads_to_its_picture_is_content() -> None:
    """A gallery's small square counts when it links to the full file; alone it is an icon."""
    thumb = "<img src=/wp/ferry-quay-2041-150x150.jpg width=150 height=150>"
    page = article(f"{PROSE}{MORE}<a href=/wp/ferry-quay-2041.jpg>{thumb}</a>{PROSE}")
    assert only(page).url == "https://tarnpost.example/wp/ferry-quay-2041.jpg"
    assert article(f"{PROSE}{MORE}{thumb}{PROSE}").media == ()


def test_a_telling_file_name_does_not_hide_a_captioned_picture() -> None:
    """A picture with a caption is content though its file is called an icon; a zero width is no size."""
    figure = "<figure><img src=/i/icon-kyle.jpg width=0 height=0><figcaption>The icon of Kyle. (AP)</figcaption></figure>"
    assert only(article(f"{PROSE}{MORE}{figure}{PROSE}")).caption == "The icon of Kyle."


@pytest.mark.parametrize(
    "button",
    [
        "Share",
        "Copy link",
        "Teilen",
        "Réservé aux abonnés",
        "공유하기",
        "가",
        "A",
        "Share 12",
        "3",
        "***",
        "|",
        "Advertisement",
        "Реклама:",
    ],
)
def test_the_words_of_buttons_are_no_text(button: str) -> None:
    """A line that is nothing but an interface word, a counter or one letter is left out; the text around it stays."""
    page = article(f"{PROSE}<div><span>{button}</span></div>{MORE}")
    lines = page.text.split("\n\n")
    assert button not in lines
    assert 3 == len(lines)


@pytest.mark.parametrize("line", ["2024", "12 October", "10.11.2025 17:59", "Share of the vote", "Print is not dead", "21:37"])
def test_dates_and_words_of_the_story_stay(line: str) -> None:
    """A date, a year, or a heading that begins with an interface word is text."""
    assert line in article(f"{PROSE}<h2>{line}</h2>{MORE}").text.split("\n\n")


@pytest.mark.parametrize(
    ("caption", "kind"),
    [
        ("A video grab shows the ferry at the quay. (AP)", "video-grab"),
        ("The ferry at the quay. (Still from harbour video via AP)", "video-grab"),
        ("A screenshot of the timetable as it stood on Monday. (AP)", "screenshot"),
        ("The ferry at the quay. Screenshot: Tarnmouth harbour office", "screenshot"),
        ("Скриншот расписания парома. (AP)", "screenshot"),
        ("The harbour office shows the timetable of the ferry, of which passengers had sent it a screenshot. (AP)", "photo"),
    ],
)
def test_the_words_say_what_sort_of_picture_it_is(caption: str, kind: str) -> None:
    """Words for grabs and screenshots at the caption's start or in its credit tell the kind."""
    page = article(f"{PROSE}<figure><img src=/img/ferry-2041.jpg><figcaption>{caption}</figcaption></figure>{MORE}")
    assert kind == only(page).kind


def test_a_paragraph_that_begins_with_a_posts_address_keeps_its_words() -> None:
    """Only a paragraph that is nothing but the address of a post is that post; one with words around it is text."""
    link = "<a href='https://x.com/tarnpost/status/1234567890'>https://x.com/tarnpost/status/1234567890</a>"
    page = article(f"{PROSE}<p>{link} was <b>taken</b> down, <i>said</i> the harbour office.</p>{MORE}")
    assert "was taken down, said the harbour office." in page.text
    assert () == page.posts
    assert 1 == len(article(f"{PROSE}<p>{link}</p>{MORE}").posts)
