"""The Anki package, read by Anki itself."""

from __future__ import annotations

import os
import re
import time
from collections.abc import Callable
from pathlib import Path
from random import Random

import pytest
from anki.consts import CARD_TYPE_REV, QUEUE_TYPE_REV

from atlas.catalog.masks import Mask
from atlas.edition import Edition, open_edition
from atlas.export import DISCLAIMER
from atlas.problems import AtlasError
from atlas.scene import Stage
from atlas.study import deck
from atlas.study.cards import Card, sure_maps
from atlas.study.deck import DECK_KINDS, DeckFile, check_target, deck_cards, picture_name, tags
from atlas.study.deck_text import CSS, FIELDS, TEMPLATES, fields
from atlas.study.questions import ask
from tests.unit.study.anki_collection import collection, import_deck

Edit = Callable[[str, str, str], None]
EVERY = {
    "locate": {"question": b"body", "answer": b"measured"},
    "identify": {"question": b"marked"},
    "recall": {},
}


def mask(edition: Edition, *codes: str) -> Mask:
    return sum(1 << edition.catalogue.index[code] for code in codes)


def all_of(edition: Edition) -> Mask:
    return (1 << len(edition.catalogue.points)) - 1


def write(folder: Path, path: Path, pictures: dict[str, dict[str, bytes]] = EVERY) -> list[Card]:
    """A deck of a whole data folder, with anything for pictures."""
    stage = Stage(open_edition(folder))
    file, cards = DeckFile(stage.edition), deck_cards(stage, all_of(stage.edition))
    for card in cards:
        file.add(ask(stage, card, Random(card.key)), pictures[card.kind])  # type: ignore[arg-type]
    file.write(path)
    return cards


def back(stage: Stage, key: str) -> str:
    """The text on the back of a card."""
    card = Card.from_key(key)
    assert card is not None
    return fields(stage.edition, ask(stage, card, Random(key)), {})[-1]


def test_the_cards_of_a_deck(stage: Stage) -> None:
    found = deck_cards(stage, mask(stage.edition, "BL23", "LU1"))
    assert [card.key for card in found] == [
        *("locate:LU1", "identify:LU1", "recall:LU1"),
        *("locate:BL23", "identify:BL23", "recall:BL23"),
    ]
    only = deck_cards(stage, mask(stage.edition, "BL23"), ("recall", "locate"))
    assert [card.key for card in only] == ["locate:BL23", "recall:BL23"]


def test_what_no_map_shows_well_is_recalled_only(stage: Stage) -> None:
    unsure = [p.code for p in stage.catalogue.points if not sure_maps(p)]
    assert unsure
    found = deck_cards(stage, mask(stage.edition, *unsure))
    assert [card.key for card in found] == [f"recall:{code}" for code in unsure]
    with pytest.raises(AtlasError, match="no map shows these points well enough for locate"):
        deck_cards(stage, mask(stage.edition, *unsure), ("locate", "identify"))
    with pytest.raises(AtlasError, match="no point matches"):
        deck_cards(stage, 0)


def test_what_anki_knows_a_deck_by_never_changes() -> None:
    """With any of these changed, a re-import would double what learners have."""
    assert deck.DECK_ID == 1874362095
    assert deck.MODEL_IDS == {
        "locate": 1605839274, "identify": 1938274651, "recall": 1720465983
    }  # fmt: skip
    assert picture_name(Card("EX-B2", "locate"), "answer") == (
        "acupoint_atlas_locate_EX-B2_answer.jpg"
    )
    assert FIELDS == ("Key", "Question", "Picture", "Answer picture", "Answer")


def test_tags(stage: Stage) -> None:
    point = stage.catalogue.point("BL23")
    assert point is not None
    found = tags(point)
    assert found[:2] == ["meridian::BL", "region::lower_back"]
    assert {"pain::radicular", "pain::spondylosis", "category::back_shu"} <= set(found)


def test_tags_of_all_points_are_such_as_anki_takes(stage: Stage) -> None:
    for point in stage.catalogue.points:
        found = tags(point)
        assert len(found) == len(set(found))
        assert all(re.fullmatch(r"(meridian|region|pain|category)::[\w-]+", t) for t in found)


def test_anki_imports_a_deck(tiny_folder: Path, tmp_path: Path) -> None:
    path = tmp_path / "tiny.apkg"
    cards = write(tiny_folder, path)
    assert len(cards) == 9
    with collection(tmp_path) as anki:
        assert import_deck(anki, path) == (9, 0)
        assert (anki.note_count(), anki.card_count()) == (9, 9)
        note = anki.get_note(anki.find_notes("Key:locate:BL1")[0])
        assert note.guid == "acupoint-atlas:locate:BL1"
        assert note.tags == ["category::back_shu", "meridian::BL", "pain::acute", "region::back"]
        assert len(anki.find_notes("tag:meridian::BL")) == 6
        assert anki.decks.by_name("Acupoint Atlas") is not None
        media = {file.name: file.read_bytes() for file in Path(anki.media.dir()).iterdir()}
        assert media["acupoint_atlas_locate_BL1_question.jpg"] == b"body"
        assert media["acupoint_atlas_locate_BL1_answer.jpg"] == b"measured"
        assert media["acupoint_atlas_identify_BL1_question.jpg"] == b"marked"
        assert len(media) == 9
        checked = anki.media.check()
        assert (list(checked.missing), list(checked.unused)) == ([], [])


def test_new_cards_come_in_the_order_of_the_points(tiny_folder: Path, tmp_path: Path) -> None:
    path = tmp_path / "tiny.apkg"
    cards = write(tiny_folder, path)
    with collection(tmp_path) as anki:
        import_deck(anki, path)
        found = [anki.get_card(i) for i in anki.find_cards("", order="c.due")]
        assert [card.note().fields[0] for card in found] == [card.key for card in cards]
        assert len({card.due for card in found}) == len(cards)


def test_what_anki_shows(tiny_folder: Path, tmp_path: Path) -> None:
    path = tmp_path / "tiny.apkg"
    write(tiny_folder, path)
    with collection(tmp_path) as anki:
        import_deck(anki, path)

        def faces(key: str) -> tuple[str, str]:
            card = anki.get_card(anki.find_cards(f"Key:{key}")[0])
            assert DISCLAIMER in card.answer()
            assert DISCLAIMER not in card.question()
            return card.question(), card.answer()

        asked, answered = faces("locate:BL1")
        assert "Where is BL1 Jīngmíng?" in asked
        assert "locate_BL1_question.jpg" in asked
        assert "Location" not in asked
        assert "locate_BL1_answer.jpg" in answered
        assert "question.jpg" not in answered, "one picture, the one with the point"
        asked, answered = faces("identify:BL1")
        assert "BL1" not in re.sub(r"<img[^>]*>", "", asked)
        assert "identify_BL1_question.jpg" in asked
        assert "identify_BL1_question.jpg" in answered
        assert all(told in answered for told in ("BL1", "睛明", "Jīngmíng", "2 cun below the top"))
        asked, answered = faces("recall:BL1")
        assert "BL1 Jīngmíng" in asked
        assert "<img" not in answered


def test_a_new_import_updates_and_keeps_progress(
    tiny_folder: Path, edit: Edit, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path, now = tmp_path / "tiny.apkg", time.time()
    monkeypatch.setattr(time, "time", lambda: now - 3600)
    write(tiny_folder, path)
    with collection(tmp_path) as anki:
        import_deck(anki, path)
        (learnt,) = anki.find_cards("Key:recall:GV1")
        card = anki.get_card(learnt)
        card.type, card.queue = CARD_TYPE_REV, QUEUE_TYPE_REV
        card.ivl, card.due, card.reps = 30, 30, 4
        anki.update_card(card)

        edit("points.yaml", "Half way down the midline.", "A third down the midline.")
        monkeypatch.setattr(time, "time", lambda: now)
        other = {kind: dict.fromkeys(faces, b"new") for kind, faces in EVERY.items()}
        write(tiny_folder, path, other)
        new, updated = import_deck(anki, path)
        assert (new, updated) == (0, 9)
        assert (anki.note_count(), anki.card_count()) == (9, 9)
        card = anki.get_card(learnt)
        assert "A third down the midline." in card.answer()
        assert (card.type, card.ivl, card.due, card.reps) == (CARD_TYPE_REV, 30, 30, 4)
        answered = anki.get_card(anki.find_cards("Key:locate:GV1")[0]).answer()
        (shown,) = re.findall(r'<img src="([^"]+)"', answered)
        assert Path(anki.media.dir(), shown).read_bytes() == b"new"


def test_cautions_come_first(stage: Stage) -> None:
    told = back(stage, "locate:BL23")
    assert told.index("class='caution'") < told.index("Location") < told.index("How to find it")
    assert "kidney" in told
    assert "(WHO 2008)" in told
    assert "Sources differ" not in told
    assert "Sources differ" in back(stage, "locate:GB30")


def test_identify_says_no_more_than_name_and_location(stage: Stage) -> None:
    told = back(stage, "identify:BL23")
    assert "肾俞" in told
    assert "How to find it" not in told


def test_recall_tells_each_statement_with_its_source(stage: Stage) -> None:
    point = stage.catalogue.point("BL23")
    assert point is not None
    told = back(stage, "recall:BL23")
    heads = ("Location", "Categories", "class='caution'", "Back pain", "Needling")
    assert sorted(heads, key=told.index) == list(heads)
    assert "Back-shu (Kidney)" in told
    sources = [r.source for r in point.back_pain] + [n.source for n in point.needling]
    assert len(set(sources)) > 1
    for source in sources:
        assert f"({stage.catalogue.source_by_id[source].short})" in told
    plain = back(stage, "recall:LI9")
    assert "None special to this point" in plain
    assert "Back pain" not in plain


def test_text_can_t_become_markup(tiny_folder: Path, edit: Edit) -> None:
    edit("points.yaml", "Feel for the top and go down.", "Where the pulse is <b> & down.")
    told = back(Stage(open_edition(tiny_folder)), "locate:BL1")
    assert "is &lt;b&gt; &amp; down" in told


def test_all_backs_are_html_that_closes(stage: Stage) -> None:
    for card in deck_cards(stage, all_of(stage.edition)):
        told = back(stage, card.key)
        opened = re.findall(r"<(h1|h2|p|div|span|b)\b", told)
        assert len(opened) == len(re.findall(r"</(?:h1|h2|p|div|span|b)>", told)), card.key


def test_every_answer_has_the_disclaimer() -> None:
    assert set(TEMPLATES) == set(DECK_KINDS)
    assert all(DISCLAIMER in answer for _, answer in TEMPLATES.values())


def test_both_modes_of_anki_can_be_read() -> None:
    from atlas.ui.theme import contrast

    day, night = re.findall(r"\{ (--text[^}]*)", CSS)
    assert re.search(r"\.card\.nightMode, \.card\.night_mode \{ --text", CSS)
    for block in (day, night):
        colours = dict(re.findall(r"--([\w-]+): (#\w{6})", block))
        for ink, ground in (
            *(("text", "ground"), ("muted", "ground")),
            *(("text", "danger-ground"), ("danger", "danger-ground"), ("muted", "danger-ground")),
        ):
            assert contrast(colours[ink], colours[ground]) >= 4.5, (ink, ground)
    rules = CSS.partition("night_mode {")[2].partition("}")[2]
    assert not re.search(r"#\w{3}", rules), "elsewhere colours go by name"


@pytest.mark.parametrize(
    ("name", "message"),
    [("deck.zip", "deck.zip does not end in .apkg"), ("none/deck.apkg", "none is not a folder"),
     ("taken.apkg", "taken.apkg is a folder")],
)  # fmt: skip
def test_a_place_that_won_t_do(tmp_path: Path, name: str, message: str) -> None:
    (tmp_path / "taken.apkg").mkdir()
    with pytest.raises(AtlasError, match=message):
        check_target(tmp_path / name)
    check_target(tmp_path / "Deck.APKG")


def test_a_folder_that_can_t_be_written_to(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "access", lambda path, mode: False)
    with pytest.raises(AtlasError, match="can't be written to"):
        check_target(tmp_path / "deck.apkg")


def test_a_failed_writing_leaves_the_old_deck(
    tiny_folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "out" / "tiny.apkg"
    path.parent.mkdir()
    path.write_bytes(b"old")

    def full(self: Path, content: bytes) -> int:
        with self.open("wb") as file:
            file.write(content[:100])
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "write_bytes", full)
    with pytest.raises(AtlasError, match=r"tiny\.apkg: no space left on device"):
        write(tiny_folder, path)
    assert path.read_bytes() == b"old"
    assert list(path.parent.iterdir()) == [path]
