"""The quick tests before the patterns change nothing in what these find."""

import re
from collections.abc import Callable
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from provenance.attribute.dates import _NUMBERS, _forms_in, _named
from provenance.attribute.finder import Finder
from provenance.attribute.lexicon import _weight, languages, lexicon, phrase
from provenance.attribute.platforms import platforms_in
from provenance.attribute.speakers import Speakers
from provenance.attribute.text import Sentence
from provenance.records import Block
from provenance.reference import gate, parties, places

Find = Callable[..., list[Any]]
LISTS = [
    ("visuals", "shows"),
    ("visuals", "moves"),
    ("visuals", "not_visual"),
    ("handover", "verbs"),
    ("handover", "by"),
    ("claims", "inference"),
    ("places", "site"),
    ("edges", "to"),
]
GLUE = ["", " ", "  ", "x", "@", ".", "’", "-", "\u0130", "\u212a", "\n"]


def plain(table: str, key: str, language: str) -> re.Pattern[str]:
    """The phrases of a list as one alternation, with no test before it."""
    lex = lexicon(language)
    words = sorted(lex.words.get(table, {}).get(key, ()), key=_weight, reverse=True)
    body = "|".join(phrase(w, spaced=lex.spaced) for w in words) or "(?!)"
    return re.compile(rf"(?<![\w@])(?:{body})(?!\w)" if lex.spaced else f"(?:{body})", re.IGNORECASE)


def pieces(words: list[str]) -> st.SearchStrategy[str]:
    """Texts of a list's own words, whole, cut and in other cases, with what may stand between them."""
    bare = sorted({part for w in words for part in re.split(r"[\s|\[\]{}…*]+", w) if part}) or ["a"]
    cut = st.sampled_from(bare).flatmap(lambda w: st.sampled_from([w, w[:-1], w.upper(), w.capitalize(), w[:3], w + "s"]))
    return st.lists(st.one_of(cut, st.sampled_from(GLUE)), max_size=20).map("".join)


@pytest.mark.parametrize("language", languages())
@given(data=st.data())
@settings(max_examples=12, deadline=None)
def test_a_list_finds_with_its_gate_what_it_finds_without(language: str, data: st.DataObject) -> None:
    """The gate of a list lets every place through at which one of its phrases stands."""
    for table, key in LISTS:
        words = list(lexicon(language).words.get(table, {}).get(key, ()))
        text = data.draw(pieces(words))
        quick, slow = lexicon(language).pattern(table, key), plain(table, key, language)
        assert [m.span() for m in quick.finditer(text)] == [m.span() for m in slow.finditer(text)], (table, key)


@pytest.mark.parametrize("language", languages())
@given(data=st.data())
@settings(max_examples=12, deadline=None)
def test_the_cues_found_are_those_that_stand_at_each_place(language: str, data: st.DataObject) -> None:
    """The search leaps from one likely place to the next, and finds what trying each place would find."""
    lex = lexicon(language)
    text = parties.lowered(data.draw(pieces([w for cue in lex.cues for w in cue.words])))
    assert [(f.start, f.end, f.number) for f in lex.cue.finditer(text)] == list(each_place(lex.cue, text, spaced=lex.spaced))


def each_place(finder: Finder, low: str, *, spaced: bool) -> list[tuple[int, int, int]]:
    """What a finder's phrases match, place by place, none over another."""
    found: list[tuple[int, int, int]] = []
    done = 0
    for at in range(len(low)):
        inside = spaced and at > 0 and re.match(r"[\w@]", low[at - 1])
        hit = None if at < done or inside else finder.match(low, at)
        if hit:
            found.append((hit.start, hit.end, hit.number))
            done = max(hit.end, at + 1)
    return found


def test_a_phrase_may_begin_at_the_second_sign_of_another() -> None:
    """Where no blanks part the words, a place that only looks like the start of one phrase hides no other."""
    finder = Finder([["ABX"], ["BC"]], re.escape, spaced=False, tail="")
    assert [(f.start, f.end, f.number) for f in finder.finditer("ABC")] == [(1, 3, 1)]


@pytest.mark.parametrize("language", languages())
@given(data=st.data())
@settings(max_examples=10, deadline=None)
def test_the_forms_of_dates_that_a_text_can_hold_are_all_that_match(language: str, data: st.DataObject) -> None:
    """No way to write a date is left out that would find one in the text."""
    table = lexicon(language).words.get("dates", {})
    text = parties.lowered(data.draw(pieces([*(w for words in table.values() for w in words), "12", "2031", "3日", "1월"])))
    kept = {form.pattern for form in _forms_in(text, language)}
    assert all(form.pattern in kept for form in (*_NUMBERS, *_named(language)) if form.pattern.search(text))


@given(
    st.sets(st.text("abkişs'ı", min_size=1, max_size=5), max_size=6),
    st.text("abkABKİIışſs'’ \u212ax", max_size=20),
    st.sampled_from([re.NOFLAG, re.IGNORECASE]),
)
def test_a_gate_opens_where_a_head_stands(heads: set[str], text: str, flags: re.RegexFlag) -> None:
    """A gate lets through exactly those places where one of its heads stands at its edge."""
    quick = re.compile(gate.gate(heads, edge=r"(?<!\w)", ignore_case=flags is re.IGNORECASE), flags)
    body = "|".join(re.escape(h).replace("'", "['’]") for h in sorted(heads))
    slow = re.compile(rf"(?<!\w)(?={body})" if heads else r"(?<!\w)", flags)
    assert [m.start() for m in quick.finditer(text)] == [m.start() for m in slow.finditer(text)]


def test_letters_are_taken_for_one_another_as_in_patterns_without_case() -> None:
    """Each letter of the word lists is let through in every form that a pattern without case takes for it."""
    signs = "".join(map(chr, range(0x20, 0xD800)))
    letters = {
        c
        for language in languages()
        for table in lexicon(language).words.values()
        for words in table.values()
        for w in words
        for c in w
    }
    for letter in sorted(c for c in letters if c.lower() != c.upper()):
        assert set(re.findall(re.escape(letter), signs, re.IGNORECASE)) <= gate._forms(letter), letter


def test_every_listed_name_is_found_as_it_is_written() -> None:
    """No name of the lists is kept out: each is found between blanks; a name of one sign is not looked for."""
    listed: list[tuple[str, Find]] = [(name, parties.find) for e in parties.entries() for name in (e.name, *e.names)]
    listed += [(name, places.find) for e in places.entries() for name in (e.name, *e.names)]
    looked_for = [(name, find) for name, find in listed if re.match(r"\w\S", name)]
    missed = [name for name, find in looked_for if not any(m.start <= 2 for m in _found(find, f"- {name} -"))]
    assert not missed


def _found(find: Find, text: str) -> list[Any]:
    return find(text, plain=True) if find is parties.find else find(text)


@pytest.mark.parametrize("name", ["Telegram", "Твиттере", "вк", "t.me", "فیس‌بوک", "テレグラム", "fb.com", "tik tok", "電報"])
def test_platforms_are_found_in_every_script(name: str) -> None:
    """The name of a platform is found between blanks in each alphabet that the list has."""
    assert platforms_in(f"( {name} )")


@pytest.mark.parametrize("language", languages())
@given(data=st.data())
@settings(max_examples=12, deadline=None)
def test_a_word_in_a_list_is_one_that_the_list_spells_out(language: str, data: st.DataObject) -> None:
    """A word is in a list where it stands there, or begins or ends as one of its open words does."""
    lex = lexicon(language)
    table, key = data.draw(st.sampled_from([(t, k) for t, keys in lex.words.items() for k in keys]))
    words = [w.lower() for w in lex.words[table][key]]
    word = data.draw(pieces(words)).lower()
    stems = tuple(w[:-1] for w in words if w.endswith("*") and w != "*")
    tails = tuple(w[1:] for w in words if w.startswith("*") and w != "*")
    assert lex.has(table, key, word) is (word in words or word.startswith(stems) or word.endswith(tails))
    assert lex.has_any(table, key, ["\0", word]) is lex.has(table, key, word)


@pytest.mark.parametrize("language", languages())
@given(data=st.data())
@settings(max_examples=12, deadline=None)
def test_people_are_met_whose_role_stands_before_their_name(language: str, data: st.DataObject) -> None:
    """The test whether a sentence holds a word for a role at all keeps none out that does."""
    lex = lexicon(language)
    roles = lex.words.get("nouns", {}).get("person", ())
    text = data.draw(pieces([*roles, "Ana", "Ruiz", "İ", "Ana Ruiz"]))
    speakers = Speakers(lex, text)
    sentence = Sentence(0, len(text), text, Block(kind="paragraph", start=0, end=len(text)))
    speakers.meet(sentence)
    words = sentence.words
    before = [w for w, after in pairwise(words) if after.text[0].isupper() and lex.has("nouns", "person", w.low)]
    assert not speakers.met or before
    assert speakers._names_roles(sentence) or not before
