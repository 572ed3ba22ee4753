"""The Anki package: its cards, what it is known by, what stands on it, where it may go."""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from pathlib import Path
from random import Random

import pytest

from atlas.catalog.masks import Mask
from atlas.edition import Edition, open_edition
from atlas.export import DISCLAIMER
from atlas.problems import AtlasError
from atlas.scene import Stage
from atlas.study import deck
from atlas.study.cards import Card, sure_maps
from atlas.study.deck import check_target, deck_cards, picture_name, size_of, tags
from atlas.study.deck_text import CSS, DECK_KINDS, FIELDS, TEMPLATES, asked, facts
from atlas.study.questions import ask
from tests.unit.study.decks import EVERY, all_of, write

Edit = Callable[[str, str, str], None]


def mask(edition: Edition, *codes: str) -> Mask:
    return sum(1 << edition.catalogue.index[code] for code in codes)


def back(stage: Stage, key: str) -> str:
    """The back of a card, as Anki puts it together."""
    card = Card.from_key(key)
    point = stage.catalogue.point(card.code) if card is not None else None
    assert card is not None
    assert point is not None
    own = asked(stage.edition, ask(stage, card, Random(key)), {})
    fields = {**dict.fromkeys(FIELDS, ""), **facts(stage.edition, point), **own}
    told = re.sub(
        r"{{\^(\w+)}}(.*?){{/\1}}",
        lambda found: "" if fields[found[1]] else found[2],
        TEMPLATES[card.kind][1],  # type: ignore[index]
    )
    return re.sub(r"{{([\w ]+)}}", lambda found: fields[found[1]], told)


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


def test_the_size_of_a_deck_in_words(stage: Stage) -> None:
    assert size_of(deck_cards(stage, mask(stage.edition, "BL23"))) == "1 point, 3 cards"
    assert size_of(deck_cards(stage, mask(stage.edition, "BL23"), ("recall",))) == "1 point, 1 card"
    every = deck_cards(stage, all_of(stage.edition))
    assert size_of(every) == f"{len(stage.catalogue.points)} points, {len(every):,} cards"


def test_what_anki_knows_a_deck_by_never_changes() -> None:
    """With any of these changed, a re-import would not update what learners have."""
    assert deck.TITLE == "Acupoint Atlas"
    assert deck.DECK_ID == 1874362095
    assert deck.MODEL_ID == 1775048339
    assert picture_name(Card("EX-B2", "locate"), "answer") == (
        "acupoint_atlas_locate_EX-B2_answer.jpg"
    )
    assert DECK_KINDS == ("locate", "identify", "recall")
    assert FIELDS == (
        "Code", "Locate", "Locate picture", "Locate answer picture",
        "Identify", "Identify picture", "Identify answer picture", "Recall",
        "Names", "Cautions", "Location", "Finding", "Knowledge",
    )  # fmt: skip


def test_every_field_that_is_filled_or_shown_exists(stage: Stage) -> None:
    shown = re.findall(r"{{[#^/]?([\w ]+)}}", "".join(q + a for q, a in TEMPLATES.values()))
    assert set(shown) == set(FIELDS) - {"Code"}
    point = stage.catalogue.points[0]
    names = set(facts(stage.edition, point))
    for card in deck_cards(stage, mask(stage.edition, point.code)):
        pictures = dict.fromkeys(EVERY[card.kind], "x.jpg")
        question = ask(stage, card, Random(card.key))
        names |= set(asked(stage.edition, question, pictures))  # type: ignore[arg-type]
    assert names == set(FIELDS)


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


def test_cautions_come_first(stage: Stage) -> None:
    told = back(stage, "locate:BL23")
    assert told.index("class='caution'") < told.index("Location") < told.index("How to find it")
    assert "kidney" in told
    assert "(WHO 2008)" in told
    assert "Sources differ" not in told
    assert "Sources differ" in back(stage, "locate:GB30")


def test_identify_says_name_cautions_and_location(stage: Stage) -> None:
    told = back(stage, "identify:BL23")
    assert told.index("肾俞") < told.index("class='caution'") < told.index("Location")
    assert "How to find it" not in told
    assert "Needling" not in told


def test_recall_tells_each_statement_with_its_source(stage: Stage) -> None:
    point = stage.catalogue.point("BL23")
    assert point is not None
    told = back(stage, "recall:BL23")
    heads = ("class='caution'", "Location", "Categories", "Back pain", "Needling")
    assert sorted(heads, key=told.index) == list(heads)
    assert "Back-shu (Kidney)" in told
    assert "None special" not in told
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
    assert tuple(TEMPLATES) == DECK_KINDS
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
