"""Watching through the command, on a server that changes between runs."""

import hashlib
import json
import re
import signal
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from pytest_httpserver import HTTPServer
from werkzeug import Request, Response

from provenance import acquire
from store import open_store

from .conftest import Run, call
from .test_fetching import picture

Desk = Callable[..., Run]
WORDS = "<p>The weir above Orrin broke in the night, the harbour office said, and the lower town was cut off.</p>" * 3


class Site:
    """A site whose pages the test sets and takes away; each has an ETag of its bytes."""

    def __init__(self, server: HTTPServer) -> None:
        self.server = server
        self.pages: dict[str, bytes] = {}
        self.status: dict[str, int] = {}
        self.asked: list[str] = []
        server.expect_request(re.compile(".*")).respond_with_handler(self._answer)

    def _answer(self, request: Request) -> Response:
        where = request.full_path.rstrip("?")
        if where != "/robots.txt":
            self.asked.append(where)
        if where in self.status or where not in self.pages:
            return Response("no", status=self.status.get(where, 404))
        tag = f'"{hash(self.pages[where])}"'
        if request.headers.get("If-None-Match") == tag:
            return Response(status=304)
        return Response(self.pages[where], headers={"ETag": tag}, content_type="text/html")

    def url(self, path: str) -> str:
        return self.server.url_for(path)

    def feed(self, *items: str, cut: bool = False) -> None:
        rows = "".join(f"<item><title>Story {i}</title><link>{self.url(f'/story/{i}')}</link></item>" for i in items)
        end = "" if cut else "</channel></rss>"
        self.pages["/feed"] = f'<?xml version="1.0"?><rss version="2.0"><channel><title>Orrin Echo</title>{rows}{end}'.encode()

    def stories(self, *names: str) -> None:
        for name in names:
            self.pages[f"/story/{name}"] = story(name)

    def channel(self, **posts: str) -> None:
        shown = "".join(post(number.lstrip("n"), text) for number, text in posts.items())
        self.pages["/s/orrin_live"] = widget(shown)


def story(name: str, picture: str = "weir.jpg", caption: str = "The weir.", more: str = "") -> bytes:
    figure = f"<figure><img src='/{picture}' width=900 height=600><figcaption>{caption}</figcaption></figure>"
    body = f"<article><h1>Story {name}</h1>{WORDS}{more}{figure}</article>"
    head = f"<title>Story {name}</title><meta property='og:site_name' content='Orrin Echo'>"
    return f"<!doctype html><html lang=en><head>{head}</head><body>{body}</body></html>".encode()


def post(number: str, text: str) -> str:
    return (
        f'<div class="tgme_widget_message js-widget_message" data-post="orrin_live/{number}">'
        f'<div class="tgme_widget_message_text">{text}</div><a class="tgme_widget_message_date" href="#">'
        f'<time datetime="2025-05-03T10:00:00+00:00">10:00</time></a></div>'
    )


def widget(inner: str) -> bytes:
    return f'<!doctype html><html><body class="widget_frame_base"><main>{inner}</main></body></html>'.encode()


GONE = widget('<div class="tgme_widget_message_error">Post not found</div>')


@pytest.fixture
def site(httpserver: HTTPServer) -> Site:
    return Site(httpserver)


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Desk:
    """The command on a fresh record, with the tests' own server allowed and no pauses."""
    allowed = replace(acquire.DEFAULT.fetch, loopback=True, pause_seconds=0.0, attempts=1)
    monkeypatch.setattr(acquire, "DEFAULT", replace(acquire.DEFAULT, fetch=allowed))
    acquire.the_web.cache_clear()
    url = f"sqlite:///{tmp_path / 'desk.db'}"
    return lambda *args: call("--db", url, *args)


def seen(run: Run) -> list[tuple[str, str]]:
    """Kind and the end of the key of each event."""
    return [(o["kind"], o["key"].rpartition("/")[2]) for o in run.objects if o["schema"] == "provenance/watch-event/1"]


def last(run: Run) -> dict[str, object]:
    return next(o for o in reversed(run.objects) if o["schema"] == "provenance/watch-run/1")


def test_a_feed_tells_what_appeared_and_only_once(desk: Desk, site: Site) -> None:
    """New items are read and kept; the second run asks for the feed alone, and says that nothing is new."""
    site.feed("b", "a")
    site.stories("a", "b", "c")
    assert 0 == desk("watch", "add", site.url("/feed")).code
    first = desk("watch", "run", "--json")
    assert (0, [("appeared", "b"), ("appeared", "a")]) == (first.code, seen(first)), first.err
    site.asked.clear()
    second = desk("watch", "run", "--json")
    assert (1, [], "unchanged") == (second.code, seen(second), last(second)["result"])
    assert ["/feed"] == site.asked
    site.feed("c", "b", "a")
    third = desk("watch", "run", "--json")
    assert (0, [("appeared", "c")], "read") == (third.code, seen(third), last(third)["result"])
    assert 0 == desk("verify").code
    assert 3 == desk("db", "info", "--json").objects[0]["documents"]


def test_what_is_left_at_the_cap_is_read_the_next_time(desk: Desk, site: Site) -> None:
    """A cap leaves the rest waiting, even where the feed itself has not changed since."""
    site.feed("c", "b", "a")
    site.stories("a", "b", "c")
    desk("watch", "add", site.url("/feed"))
    runs = [desk("watch", "run", "--max", "2", "--json") for _ in range(3)]
    assert [[("appeared", "c"), ("appeared", "b")], [("appeared", "a")], []] == [seen(run) for run in runs]
    assert [1, 0, 0] == [last(run)["waiting"] for run in runs]


def test_an_item_that_scrolled_off_is_not_missing_and_one_from_the_middle_is(desk: Desk, site: Site) -> None:
    """What the feed still should list is asked for: gone, still there, or not to be found out; then asked for again."""
    site.feed("e", "d", "c", "b", "a")
    site.stories("a", "b", "c", "d", "e")
    desk("watch", "add", site.url("/feed"))
    desk("watch", "run")
    site.feed("f", "e", "b")
    site.stories("f")
    del site.pages["/story/d"]
    site.status["/story/c"] = 500
    run = desk("watch", "run", "--json")
    assert (3, {("vanished", "d"), ("not-checked", "c"), ("appeared", "f")}) == (run.code, set(seen(run)))
    assert "500" in next(o["why"] for o in run.objects if o.get("kind") == "not-checked")
    assert "/story/a" not in site.asked[-4:]
    del site.status["/story/c"]
    again = desk("watch", "run", "--json")
    assert (1, [("still-there", "c")]) == (again.code, seen(again))
    assert [] == seen(desk("watch", "run", "--json"))


def test_a_deleted_post_is_an_event(desk: Desk, site: Site) -> None:
    """A post within the channel's window that is listed no more is asked for by itself: only Telegram's word makes it gone."""
    site.channel(n7="Seven is the first.", n8="Eight burns.", n9="Nine is calm.", n10="Ten ends it.")
    desk("watch", "add", site.url("/s/orrin_live"))
    assert [("appeared", n) for n in ("7", "8", "9", "10")] == seen(desk("watch", "run", "--json"))
    site.channel(n9="Nine is calm, we said. Edited.", n11="Eleven.")
    site.pages["/orrin_live/10?embed=1&mode=tme"] = GONE
    run = desk("watch", "run", "--json")
    assert {("changed", "9"), ("appeared", "11"), ("vanished", "10")} == set(seen(run)), run.out
    change = next(o for o in run.objects if o.get("kind") == "changed")["changes"]
    assert [("text", "Nine is calm.", "Nine is calm, we said. Edited.")] == [(c["what"], c["before"], c["after"]) for c in change]
    assert (1, []) == (desk("watch", "run").code, seen(desk("watch", "run", "--json")))
    site.channel(n9="Nine is calm, we said. Edited.", n10="Ten ends it.", n11="Eleven.")
    back = desk("watch", "run", "--json")
    assert (0, [("returned", "10")]) == (back.code, seen(back))
    assert 0 == desk("verify").code


def test_a_post_that_is_only_hidden_is_not_called_deleted(desk: Desk, site: Site) -> None:
    """Its own page shows it: still there. Its own page says something else, or nothing: not checked, and why."""
    site.channel(n7="Seven.", n8="Eight.", n9="Nine.", n10="Ten.")
    desk("watch", "add", site.url("/s/orrin_live"))
    desk("watch", "run")
    site.channel(n7="Seven.", n10="Ten.")
    site.pages["/orrin_live/8?embed=1&mode=tme"] = widget(post("8", "Eight."))
    site.pages["/orrin_live/9?embed=1&mode=tme"] = widget(
        '<div class="tgme_widget_message_error">Please open Telegram to view this post</div>'
    )
    run = desk("watch", "run", "--json")
    assert (3, [("still-there", "8"), ("not-checked", "9")]) == (run.code, seen(run))
    assert "open Telegram" in next(o for o in run.objects if o.get("kind") == "not-checked")["why"]


def test_an_edited_page_tells_what_changed(desk: Desk, site: Site) -> None:
    """Headline, text, caption and media are told apart; other markup alone is no news; a page that is gone is."""
    site.pages["/weir"] = story("one")
    desk("watch", "add", site.url("/weir"))
    assert [("appeared", "weir")] == seen(desk("watch", "run", "--json"))
    site.pages["/weir"] = story("one").replace(b"<body>", b"<body><!-- 12:01 -->")
    quiet = desk("watch", "run", "--json")
    assert (1, [], "read") == (quiet.code, seen(quiet), last(quiet)["result"])
    site.pages["/weir"] = story("two", caption="The dam.", more="<p>Correction: nobody was hurt, the office says now.</p>")
    edited = desk("watch", "run", "--json")
    assert {"headline", "text", "caption"} == {c["what"] for c in edited.objects[0]["changes"]}
    assert edited.objects[0]["before"] != edited.objects[0]["document"]
    site.pages["/weir"] = story("two", picture="other.jpg", caption="The dam.")
    swapped = {c["what"] for c in desk("watch", "run", "--json").objects[0]["changes"]}
    assert {"text", "media-added", "media-removed"} == swapped
    del site.pages["/weir"]
    gone = desk("watch", "run", "--json")
    assert (0, [("vanished", "weir")]) == (gone.code, seen(gone))
    assert 1 == desk("watch", "run").code
    site.pages["/weir"] = story("two", picture="other.jpg", caption="The dam.")
    assert [("returned", "weir")] == seen(desk("watch", "run", "--json"))


def test_a_failure_is_kept_and_the_others_go_on(desk: Desk, site: Site) -> None:
    """A broken article, a broken feed and a dead server: each is told and kept, what can be read is read, exit code 3."""
    site.feed("b", "a")
    site.stories("b")
    site.pages["/weir"] = story("one")
    desk("watch", "add", "http://127.0.0.1:9/feed", site.url("/feed"), site.url("/weir"))
    run = desk("watch", "run", "--json")
    assert 3 == run.code
    assert [("appeared", "b"), ("failed", "a"), ("appeared", "weir")] == seen(run)
    assert ["failed", "read", "read"] == [o["result"] for o in run.objects if o["schema"] == "provenance/watch-run/1"]
    for _ in range(6):
        site.asked.clear()
        desk("watch", "run")
    assert "/story/a" not in site.asked, "five times is enough"
    site.pages["/feed"] = b"<rss><channel>"
    assert 3 == desk("watch", "run", site.url("/feed")).code
    site.feed("c", "b", cut=True)
    site.stories("c")
    midway = desk("watch", "run", site.url("/feed"), "--json")
    assert [("appeared", "c")] == seen(midway)
    assert last(midway)["warnings"]


def test_a_known_picture_in_another_outlet_is_told(desk: Desk, site: Site) -> None:
    """Named are the visual, the outlet and the document; a second article of the same outlet is no such news."""
    site.pages["/one.png"] = picture(3)
    site.feed("a")
    site.pages["/story/a"] = story("a", "one.png")
    desk("watch", "add", site.url("/feed"))
    desk("watch", "run", "--media")
    site.feed("lamp", "b", "a")
    site.pages["/story/b"] = story("b", "one.png")
    site.pages["/story/lamp"] = story("lamp", "one.png").replace(b"Orrin Echo", b"The Night Lamp")
    run = desk("watch", "run", "--media", "--json")
    reuse = [o for o in run.objects if o.get("kind") == "reused"]
    assert ["The Night Lamp"] == [o["outlet"] for o in reuse], run.out
    shown = desk("show", reuse[0]["visual"], "--json").objects[0]
    assert reuse[0]["document"] in {m["document"] for m in shown["members"]}
    assert 3 == len(shown["members"])
    quick = desk("lookup", f"sha256:{shown['members'][0]['asset']}", "--json")
    assert reuse[0]["visual"] == quick.objects[0]["matches"][0]["visual"]


def test_a_site_map_and_what_came_before(desk: Desk, site: Site) -> None:
    """With --from-now what is listed first is passed over; an index of site maps says what to watch instead."""
    listed = "".join(f"<url><loc>{site.url(f'/story/{n}')}</loc></url>" for n in "ab")
    form = '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{}</urlset>'
    site.pages["/map.xml"] = form.format(listed).encode()
    site.pages["/index.xml"] = (
        form.replace("urlset", "sitemapindex").format("<sitemap><loc>http://a.example/</loc></sitemap>").encode()
    )
    site.stories("a", "b", "c")
    desk("watch", "add", site.url("/map.xml"), "--from-now")
    assert 1 == desk("watch", "run").code
    site.pages["/map.xml"] = form.format(listed + f"<url><loc>{site.url('/story/c')}</loc></url>").encode()
    assert [("appeared", "c")] == seen(desk("watch", "run", "--json"))
    assert [] == seen(desk("watch", "run", "--json"))
    desk("watch", "add", site.url("/index.xml"))
    run = desk("watch", "run", site.url("/index.xml"))
    assert (3, True) == (run.code, "index of site maps" in run.err)


def test_a_removed_watch_keeps_its_history(desk: Desk, site: Site) -> None:
    """Its events stay on record under its id; adding the address again begins a new one; twice is once."""
    site.pages["/weir"] = story("one")
    url = site.url("/weir")
    (first,) = desk("watch", "add", url, "--json").objects
    assert [False] == [o["new"] for o in desk("watch", "add", url, "--json").objects]
    desk("watch", "run")
    assert 0 == desk("watch", "remove", first["id"], "--why", "done").code
    assert (1, 1) == (desk("watch", "list").code, desk("watch", "run").code)
    assert [first["id"], "done"] == [desk("watch", "list", "--removed", "--json").objects[0][k] for k in ("id", "removed_why")]
    assert [("appeared", "weir")] == seen(desk("watch", "list", first["id"], "--json"))
    assert "this watch was removed" in desk("watch", "remove", url).err
    assert first["id"] != desk("watch", "add", url, "--json").objects[0]["id"]
    assert 3 == desk("watch", "run", "nothing-like-it").code
    assert 0 == desk("verify").code


def test_the_bytes_of_a_listing_are_evidence(tmp_path: Path, desk: Desk, site: Site) -> None:
    """What an address listed is kept with what was read, and verify misses it when it is gone."""
    site.feed("a")
    site.stories("a")
    desk("watch", "add", site.url("/feed"))
    desk("watch", "run")
    assert 0 == desk("verify").code
    name = hashlib.sha256(site.pages["/feed"]).hexdigest()
    (blob,) = [path for path in (tmp_path / "blobs").rglob(f"*{name[8:]}*") if path.is_file()]
    blob.unlink()
    assert 4 == desk("verify").code


def test_wrong_usage_is_told(desk: Desk) -> None:
    """No address and no time are refused with the remedy."""
    assert [2, 2, 2] == [
        desk(*a).code for a in (("watch", "add", "x"), ("watch", "run", "--every", "soon"), ("watch", "run", "--every", "0s"))
    ]


def test_two_runs_at_once_do_the_work_once(tmp_path: Path, desk: Desk, site: Site) -> None:
    """The second run says that another is at it; together they tell each item once."""
    site.feed("c", "b", "a")
    site.stories("a", "b", "c")
    (watch,) = desk("watch", "add", site.url("/feed"), "--json").objects
    with open_store(str(tmp_path / "desk.db")) as keeper, keeper.watching.alone(watch["id"]):
        busy = desk("watch", "run")
    assert (3, True) == (busy.code, "another run" in busy.err)
    assert [("appeared", "c"), ("appeared", "b"), ("appeared", "a")] == seen(desk("watch", "run", "--json"))


@pytest.mark.skipif(sys.platform == "win32", reason="signals of Unix")
def test_the_loop_goes_on_and_stops_cleanly(tmp_path: Path, desk: Desk, site: Site) -> None:
    """Each round tells what is new since the last; SIGTERM ends it after the item at hand with exit code 130, the run kept."""
    site.feed("a")
    site.stories("a", "b")
    desk("watch", "add", site.url("/feed"))
    told = subprocess.Popen([sys.executable, "-c", LOOP, str(tmp_path / "desk.db")], stdout=subprocess.PIPE, text=True)
    assert told.stdout
    lines = iter(told.stdout.readline, "")
    assert ("appeared", "provenance/watch-run/1") == (json.loads(next(lines))["kind"], json.loads(next(lines))["schema"])
    site.feed("b", "a")
    later = next(event for event in map(json.loads, lines) if event["schema"] == "provenance/watch-event/1")
    assert ("appeared", True) == (later["kind"], later["key"].endswith("/b"))
    told.send_signal(signal.SIGTERM)
    told.communicate(timeout=30)
    assert 130 == told.returncode
    assert 0 == desk("verify").code


LOOP = """
import sys, cli
from dataclasses import replace
from provenance import acquire
allowed = replace(acquire.DEFAULT.fetch, loopback=True, pause_seconds=0.0, attempts=1)
acquire.DEFAULT = replace(acquire.DEFAULT, fetch=allowed)
sys.argv = ["provenance", "--db", sys.argv[1], "watch", "run", "--every", "1s", "--json"]
cli.main()
"""
