"""The words of every language: each phrase is well formed and is found where it stands."""

import re
import resource
import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from provenance.attribute.finder import PART, Finder, firsts
from provenance.attribute.lexicon import languages, lexicon, phrase
from provenance.attribute.text import HANDLE
from provenance.records import HedgeType, Relation
from provenance.reference.parties import lowered

SIDES = {"right", "left", "subject", "topic", "back", "enclosed"}
SECTIONS = {
    "nouns", "edges", "visuals", "medium_roles", "hedges", "claims", "dates", "places", "verdicts", "handover", "platforms",
}  # fmt: skip
VERDICTS = {"false", "generated", "miscaptioned", "genuine", "not", "label", "rated"}


def plain(text: str) -> str:
    """A phrase of the data files in its shortest reading: first choices, nothing that may be missing, one word for a gap."""
    words = [part.split("|")[0] for part in PART.findall(text) if not part.startswith("[")]
    return " ".join("so" if word in ("…", "{w}") else word.replace("*", "") for word in words)


@pytest.mark.parametrize("language", languages())
def test_every_cue_is_found_in_its_plain_reading(language: str) -> None:
    """Each phrase of each cue is found, whole, by its own cue or one that stands before it in the file."""
    lex = lexicon(language)
    for number, cue in enumerate(lex.cues):
        for text in cue.words:
            read = plain(text) if lex.spaced else plain(text).replace(" ", "")
            found = lex.cue.match(lowered(read), 0)
            assert found is not None, (language, cue.relation, text)
            assert found.number <= number or found.end == len(read), (language, text)


@pytest.mark.parametrize("language", languages())
def test_every_word_list_keeps_to_the_schema(language: str) -> None:
    """Sections, relations, sides and types are those that the program knows, and no word is empty or said twice in a list."""
    lex = lexicon(language)
    assert set(lex.words) <= SECTIONS
    assert {c.relation for c in lex.cues} <= set(Relation.__args__)
    assert {c.side for c in lex.cues} <= SIDES
    assert set(lex.words.get("hedges", {})) <= set(HedgeType.__args__)
    assert set(lex.words.get("verdicts", {})) <= VERDICTS
    for table, lists in lex.words.items():
        for key, words in lists.items():
            assert all(word.strip() for word in words), (table, key)


@pytest.mark.parametrize("language", [name for name in languages() if name not in ("et", "hu")])
def test_every_language_can_tell_a_verdict_and_a_doubt(language: str) -> None:
    """No language is left without words of judgement, hedges and verbs of posting."""
    words = lexicon(language).words
    assert {"false", "generated", "miscaptioned", "genuine"} <= set(words["verdicts"])
    assert words["hedges"]


PHRASES = st.lists(st.text(alphabet="abc ", min_size=1, max_size=8).filter(str.strip), min_size=1, max_size=6)


@given(PHRASES, st.text(alphabet="abc .", max_size=40))
def test_a_finder_finds_what_one_alternation_finds(phrases: list[str], text: str) -> None:
    """Sorting phrases by their first letter changes no result."""
    compiled = [phrase(p) for p in phrases]
    one = re.compile(rf"(?<![\w@])(?:{'|'.join(compiled)})(?!\w)")
    finder = Finder([phrases], phrase, spaced=True, tail=r"\w")
    assert [(f.start, f.end) for f in finder.finditer(text)] == [m.span() for m in one.finditer(text)]


@pytest.mark.parametrize("text", ["… by", "{w} said", "*institut"])
def test_a_phrase_that_begins_with_a_gap_is_refused_by_name(text: str) -> None:
    """The error names the phrase and the remedy."""
    with pytest.raises(ValueError, match="begin it with a word"):
        firsts(text)


HOSTILE = """
from provenance.attribute import read
from provenance.records import Block, DocumentFacts, Page
shapes = ["(" , '"photo «said" ', "the photo, the video, ", "according to citing ", "shared with Reuters by the photo of ", "@a ",
          "Source: A, B\\n", "the photo is fake not fake ", "posted on Telegram channel on X ", "near Kyiv photo ", "a",
          "von dem ", "13. "]
for language in ("en", "de", "tr", "ar", "zh"):
    for shape in shapes:
        text = shape * (6_000 // len(shape))
        block = Block(kind="paragraph", start=0, end=len(text))
        read(Page(source="x", facts=DocumentFacts(sha256="0" * 64, language=language), text=text, blocks=(block,)))
"""


def test_no_sentence_can_use_up_the_processor() -> None:
    """Thirteen hostile shapes of 30,000 characters in five languages stay within a minute of CPU, or the process is killed."""
    limit = (40, 40)
    done = subprocess.run(
        [sys.executable, "-c", HOSTILE], check=False, preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_CPU, limit)
    )
    assert done.returncode == 0


def test_a_handle_in_a_script_with_signs_is_whole() -> None:
    """Vowel signs that stand as characters of their own do not cut a handle."""
    found = HANDLE.search("टेलीग्राम @बंदरगाह_प्रहरी पर")
    assert found is not None
    assert found.group(1) == "बंदरगाह_प्रहरी"
