"""Fixtures for all tests; nothing here imports Qt."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from atlas.edition import Edition, open_edition
from atlas.problems import DataError
from atlas.scene import Stage

os.environ["QT_QPA_PLATFORM"] = "offscreen"  # read by Qt when it is first imported

settings.register_profile("atlas", deadline=None, database=None, derandomize=True)
settings.load_profile("atlas")

Edit = Callable[[str, str, str], None]
Problems = Callable[[], list[str]]

TINY = {
    "points.yaml": """\
points:
- code: BL1
  names: {pinyin: Jīngmíng, hanzi: 睛明, hanzi_simplified: 睛明, english: Bright Eyes}
  meridian: BL
  regions: [back]
  categories: [{kind: back_shu, of: Kidney}]
  location: On the back, 2 cun below the top.
  finding: Feel for the top and go down.
  places:
    mini: {along: spine, cun: 2, lateral: 1.5}
  traditional_use: [{indications: [headache], source: book}]
  back_pain: [{for: acute, role: principal, basis: textbook, source: book}]
  cautions: [{kind: eye, severity: care, text: Keep away from the eye., source: book}]
  sources: [book]
- code: BL2
  names: {pinyin: Cuánzhú, hanzi: 攢竹, hanzi_simplified: 攒竹, english: Gathered Bamboo}
  meridian: BL
  regions: [back, leg]
  location: On the back, 1 cun below BL1.
  finding: Go down from BL1.
  places:
    mini: [{at: BL1, inferior: 1}, {at: bottom}]
  back_pain: [{for: slipped_disc, role: distant, basis: tradition, source: book}]
- code: GV1
  names: {pinyin: Chángqiáng, hanzi: 長強, hanzi_simplified: 长强, english: Long Strength}
  meridian: GV
  regions: [leg]
  location: Half way down the midline.
  finding: Halve the distance from top to bottom.
  places:
    mini: {along: spine, part: 0.5}
  anatomy: {muscles: [latissimus dorsi], nerves: [], vessels: [], source: book}
  needling: [{technique: oblique, depth: [0.5, 1], direction: towards the spine, source: book}]
  confused_with: [{point: BL1, difference: BL1 lies lower.}]
""",
    "meridians.yaml": """\
meridians:
- {code: BL, name: Bladder, pinyin: Pángguāng, hanzi: 膀胱, polarity: yang, phase: water, points: 2}
- {code: GV, name: Governor Vessel, pinyin: Dū, hanzi: 督, polarity: vessel, phase: none, points: 1}
""",
    "regions.yaml": """\
regions:
- {id: back, title: back, aliases: [dorsum]}
- {id: leg, title: lower limb}
""",
    "vocabulary.yaml": """\
categories:
- {id: back_shu, title: back-shu}
cautions:
- {id: eye, title: eye}
""",
    "back_pain.yaml": """\
types:
- {id: acute, title: Acute, aliases: [lumbago]}
conditions:
- {id: slipped_disc, title: Slipped disc, types: [acute]}
lay_names:
- {name: tail point, described: At the tail., candidates: [GV1], certainty: Sure.}
""",
    "indications.yaml": """\
groups:
- {id: head, title: Head and face}
indications:
- {id: headache, title: headache, group: head, aliases: [sore head]}
""",
    "safety.yaml": """\
contraindications:
- id: implant
  title: Pacemaker
  kind: absolute
  question: Do you have a pacemaker?
  reason: Current may disturb it.
  action: No electric current.
  concerns: {points: [GV1], regions: [back], cautions: [eye], techniques: [electroacupuncture]}
  source: book
adverse_events:
- {id: bruise, title: Bruise, rate: 3, unit: percent of patients, interval: [2, 4], source: book}
""",
    "evidence.yaml": """\
studies:
- id: big
  title: A big trial
  design: trial
  country: Nowhere
  year: 2020
  participants: 100
  population: acute
  finding: Less pain than with sham needles.
  limits: One centre.
  source: book
  comparisons:
  - {against: sham, outcome: pain, time: 4 weeks, measure: MD, scale: VAS 0 to 100,
     better: lower, effect: -9, interval: [-14, -4], certainty: low, important: unclear}
guidelines:
- id: board
  body: A Board
  title: Back pain
  year: 2021
  population: [acute]
  position: conditional
  recommendation: May be offered.
  strength: weak
  standing: current
  status: published in spring
  source: book
""",
    "sources.yaml": """\
sources:
- {id: book, short: Book, title: A Book, kind: textbook}
""",
    "landmarks.yaml": """\
landmarks:
- {id: top, title: upper end of the spine, short: top}
- {id: bottom, title: lower end of the spine}
""",
    "body_maps/mini.yaml": """\
id: mini
title: Mini
group: Back
label: Mini
order: 1
view: posterior
symmetric: true
frame: [-100, 0, 200, 200]
directions: {superior: [0, -1], inferior: [0, 1], lateral: [1, 0], medial: [-1, 0]}
landmarks: {top: [0, 10], bottom: [0, 110]}
rulers:
  spine: {through: [top, bottom], cun: 10}
scale: spine
meridian_paths: {BL_all: [BL1, BL2]}
""",
    "body_maps/mini.svg": """\
<svg xmlns="http://www.w3.org/2000/svg" viewBox="-100 0 200 200">
<g id="silhouette"><path d="M0,10L0,110" fill="#F1E4D6" stroke="#7C675A" /></g>
<g id="bones"><path d="M0,10L0,110" stroke="#AABBCC" /></g>
</svg>
""",
}


@pytest.fixture(scope="session", autouse=True)
def _own_home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Cache, configuration and log of the tests are not those of the person at the machine."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("ACUPOINT_ATLAS_HOME", str(tmp_path_factory.mktemp("home")))
        yield


@pytest.fixture(scope="session")
def edition() -> Edition:
    """The shipped data."""
    return open_edition()


@pytest.fixture(scope="session")
def stage(edition: Edition) -> Stage:
    """The shipped data with its search and facets."""
    return Stage(edition)


@pytest.fixture
def tiny_folder(tmp_path: Path) -> Path:
    """A small valid data folder of the test's own, with one map."""
    folder = tmp_path / "tiny"
    for name, text in TINY.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder


@pytest.fixture
def edit(tiny_folder: Path) -> Edit:
    """Replaces one passage in a file of the small folder."""

    def replace(name: str, old: str, new: str) -> None:
        path = tiny_folder / name
        text = path.read_text(encoding="utf-8")
        assert text.count(old) == 1, f"{old!r} must stand once in {name}"
        path.write_text(text.replace(old, new), encoding="utf-8")

    return replace


@pytest.fixture
def problems(tiny_folder: Path) -> Problems:
    """Reads the small folder and returns the lines that say what is wrong with it."""

    def read() -> list[str]:
        try:
            open_edition(tiny_folder)
        except DataError as error:
            return [str(problem) for problem in error.problems]
        return []

    return read
