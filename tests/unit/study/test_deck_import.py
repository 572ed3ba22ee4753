"""The Anki package, imported by Anki itself: once, again, and with other kinds of card."""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from anki.consts import QUEUE_TYPE_SIBLING_BURIED

from atlas.export import DISCLAIMER
from atlas.study.deck_text import DECK_KINDS
from tests.unit.study.anki_collection import card_of, collection, import_deck, is_learnt, learn
from tests.unit.study.decks import EVERY, write

Edit = Callable[[str, str, str], None]


def write_later(
    monkeypatch: pytest.MonkeyPatch, folder: Path, path: Path, *kinds: str,
    pictures: dict[str, dict[str, bytes]] = EVERY,
) -> None:  # fmt: skip
    """A deck written an hour after the one before: Anki goes by the time of a note."""
    now = time.time() + 3600
    monkeypatch.setattr(time, "time", lambda: now)
    write(folder, path, *kinds, pictures=pictures)


def pictures_in(html: str) -> list[str]:
    return re.findall(r'<img src="([^"]+)"', html)


def test_anki_imports_a_deck(tiny_folder: Path, tmp_path: Path) -> None:
    path = tmp_path / "tiny.apkg"
    cards = write(tiny_folder, path)
    assert len(cards) == 9
    with collection(tmp_path) as anki:
        assert import_deck(anki, path) == (3, 0)
        assert (anki.note_count(), anki.card_count()) == (3, 9)
        note = anki.get_note(anki.find_notes("Code:BL1")[0])
        assert note.guid == "acupoint-atlas:BL1"
        assert note.tags == ["category::back_shu", "meridian::BL", "pain::acute", "region::back"]
        assert len(anki.find_notes("tag:meridian::BL note:Acupoint")) == 2
        assert anki.decks.by_name("Acupoint Atlas") is not None
        media = {file.name: file.read_bytes() for file in Path(anki.media.dir()).iterdir()}
        assert media["acupoint_atlas_locate_BL1_question.jpg"] == b"body"
        assert media["acupoint_atlas_locate_BL1_answer.jpg"] == b"measured"
        assert media["acupoint_atlas_identify_BL1_question.jpg"] == b"marked"
        assert media["acupoint_atlas_identify_BL1_answer.jpg"] == b"measured too"
        assert len(media) == 12
        checked = anki.media.check()
        assert (list(checked.missing), list(checked.unused)) == ([], [])
        assert not anki.get_empty_cards().notes


def test_new_cards_come_in_the_order_of_the_points(tiny_folder: Path, tmp_path: Path) -> None:
    path = tmp_path / "tiny.apkg"
    cards = write(tiny_folder, path)
    with collection(tmp_path) as anki:
        import_deck(anki, path)
        found = [anki.get_card(i) for i in anki.find_cards("", order="c.due, c.ord")]
        told = [f"{DECK_KINDS[card.ord]}:{card.note()['Code']}" for card in found]
        assert told == [card.key for card in cards]
        assert len({card.due for card in found}) == 3


def test_anki_can_keep_the_cards_of_a_point_apart(tiny_folder: Path, tmp_path: Path) -> None:
    path = tmp_path / "tiny.apkg"
    write(tiny_folder, path)
    with collection(tmp_path) as anki:
        import_deck(anki, path)
        deck_id = anki.decks.id_for_name("Acupoint Atlas")
        assert deck_id is not None
        config = anki.decks.config_dict_for_deck_id(deck_id)
        config["new"]["bury"] = True
        anki.decks.update_config(config)
        anki.decks.select(deck_id)
        card = anki.sched.getCard()
        assert card is not None
        anki.sched.answerCard(card, 3)
        code = card.note()["Code"]
        buried = {c.id for c in card.note().cards() if c.queue == QUEUE_TYPE_SIBLING_BURIED}
        assert buried == {i for i in anki.find_cards(f"Code:{code}") if i != card.id}
        assert len(buried) == 2


def test_what_anki_shows(tiny_folder: Path, tmp_path: Path) -> None:
    path = tmp_path / "tiny.apkg"
    write(tiny_folder, path)
    with collection(tmp_path) as anki:
        import_deck(anki, path)

        def faces(kind: str) -> tuple[str, str]:
            card = anki.get_card(card_of(anki, "BL1", kind))
            assert DISCLAIMER in card.answer()
            assert DISCLAIMER not in card.question()
            return card.question(), card.answer()

        for kind, prompt in (("locate", "Where is BL1 Jīngmíng?"), ("identify", "Which point is")):
            before, answered = faces(kind)
            assert prompt in before
            assert prompt in answered
            assert pictures_in(before) == [f"acupoint_atlas_{kind}_BL1_question.jpg"]
            assert pictures_in(answered) == [f"acupoint_atlas_{kind}_BL1_answer.jpg"]
            told = ("BL1", "睛明", "Jīngmíng", "Keep away from the eye", "2 cun below the top")
            assert all(each in answered for each in told)
            assert sorted(told[3:], key=answered.index) == list(told[3:]), "cautions first"
            assert not any(each in before for each in ("睛明", *told[3:]))
        assert "BL1" not in re.sub(r"<img[^>]*>", "", before)
        before, answered = faces("recall")
        assert "BL1 Jīngmíng" in before
        assert pictures_in(before + answered) == []


def test_a_new_import_updates_and_keeps_progress(
    tiny_folder: Path, edit: Edit, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "tiny.apkg"
    write(tiny_folder, path)
    with collection(tmp_path) as anki:
        import_deck(anki, path)
        learnt = card_of(anki, "GV1", "recall")
        learn(anki, learnt)
        edit("points.yaml", "Half way down the midline.", "A third down the midline.")
        other = {kind: dict.fromkeys(faces, b"new") for kind, faces in EVERY.items()}
        write_later(monkeypatch, tiny_folder, path, pictures=other)
        assert import_deck(anki, path) == (0, 3)
        assert (anki.note_count(), anki.card_count()) == (3, 9)
        assert "A third down the midline." in anki.get_card(learnt).answer()
        assert is_learnt(anki, learnt)
        for kind in ("locate", "identify"):
            (shown,) = pictures_in(anki.get_card(card_of(anki, "GV1", kind)).answer())
            assert Path(anki.media.dir(), shown).read_bytes() == b"new"


def test_what_is_not_asked_has_no_card(tiny_folder: Path, tmp_path: Path) -> None:
    path = tmp_path / "tiny.apkg"
    write(tiny_folder, path, "locate")
    with collection(tmp_path) as anki:
        assert import_deck(anki, path) == (3, 0)
        assert anki.card_count() == 3
        note = anki.get_note(anki.find_notes("Code:BL1")[0])
        note.tags.append("mine")
        anki.update_note(note)  # where Anki makes the cards that a note lacks
        assert [card.template()["name"] for card in note.cards()] == ["Locate"]


def test_a_point_that_no_map_shows_well_has_one_card(
    tiny_folder: Path, edit: Edit, tmp_path: Path
) -> None:
    edit("points.yaml", "part: 0.5}", "part: 0.5, note: approximate}")
    path = tmp_path / "tiny.apkg"
    write(tiny_folder, path)
    with collection(tmp_path) as anki:
        assert import_deck(anki, path) == (3, 0)
        (only,) = anki.find_cards("Code:GV1")
        assert only == card_of(anki, "GV1", "recall")
        assert anki.card_count() == 7


def test_a_kind_that_is_added_later_adds_its_cards(
    tiny_folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "tiny.apkg"
    write(tiny_folder, path, "locate")
    with collection(tmp_path) as anki:
        import_deck(anki, path)
        learnt = card_of(anki, "BL1", "locate")
        learn(anki, learnt)
        write_later(monkeypatch, tiny_folder, path)
        assert import_deck(anki, path) == (0, 3)
        assert (anki.note_count(), anki.card_count()) == (3, 9)
        assert is_learnt(anki, learnt)
        added = anki.get_card(card_of(anki, "BL1", "identify"))
        assert added.nid == anki.get_card(learnt).nid
        assert pictures_in(added.answer()) == ["acupoint_atlas_identify_BL1_answer.jpg"]
        assert "2 cun below the top" in anki.get_card(learnt).answer()


def test_a_kind_that_is_left_out_later_loses_no_progress(
    tiny_folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its cards are blank until a deck has them again."""
    path = tmp_path / "tiny.apkg"
    write(tiny_folder, path)
    with collection(tmp_path) as anki:
        import_deck(anki, path)
        learnt = card_of(anki, "BL1", "locate")
        learn(anki, learnt)
        write_later(monkeypatch, tiny_folder, path, "recall")
        assert import_deck(anki, path) == (0, 3)
        assert anki.card_count() == 9
        assert "Where is BL1" not in anki.get_card(learnt).question()
        write_later(monkeypatch, tiny_folder, path)
        assert import_deck(anki, path) == (0, 3)
        assert "Where is BL1" in anki.get_card(learnt).question()
        assert is_learnt(anki, learnt)
