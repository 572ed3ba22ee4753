"""The command line; without a sub-command it opens the window."""

from __future__ import annotations

import argparse
import io
import os
import sys
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, NoReturn

import msgspec

from atlas import __version__
from atlas.catalog.masks import Mask, members
from atlas.catalog.query import FACET_IDS, FacetIndex, Query
from atlas.catalog.search import SearchIndex, squeeze
from atlas.edition import open_edition, read_edition
from atlas.export import PICTURES
from atlas.output import file_name, put
from atlas.problems import AtlasError, DataError, unreadable
from atlas.resources import APP, data_folder
from atlas.study.commands import add_commands

if TYPE_CHECKING:
    from atlas.catalog.model import Catalogue
    from atlas.catalog.point import Point

FINE, PROBLEMS, USAGE = 0, 1, 2


class _Parser(argparse.ArgumentParser):
    """Says what is wrong in one line, and where help is."""

    def error(self, message: str) -> NoReturn:
        self.exit(USAGE, f"{self.prog}: {message} (see {self.prog} --help)\n")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the program; returns the exit code."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):  # the locale's encoding may lack 肾
            stream.reconfigure(encoding="utf-8", errors="replace")
    try:
        return _run(arguments)
    except OSError as error:
        if error.filename is not None:  # no fault of the output
            raise
        # Python tries to write what is left once more when it ends.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        if isinstance(error, BrokenPipeError):  # the reader has seen enough, as with `list | head`
            return FINE
        print(f"{APP}: {unreadable('the output', error)}", file=sys.stderr)
        return PROBLEMS


def _run(arguments: Sequence[str] | None) -> int:
    parser = _build_parser()
    try:
        options = parser.parse_args(arguments)
        command: Callable[[argparse.Namespace], int] = options.run
        return command(options)
    except DataError as error:
        for problem in error.problems:
            print(problem, file=sys.stderr)
        return PROBLEMS
    except UsageError as error:
        print(f"{parser.prog}: {error}", file=sys.stderr)
        return USAGE
    except AtlasError as error:
        print(f"{parser.prog}: {error}", file=sys.stderr)
        return PROBLEMS
    finally:
        print(end="", flush=True)  # while somebody can still answer that the reader has gone


def main_and_exit() -> NoReturn:
    """The installed command."""
    sys.exit(main())


class UsageError(AtlasError):
    """The command was called in a way that can't be meant."""


def _build_parser() -> argparse.ArgumentParser:
    parser = _Parser(
        prog=APP,
        description="An atlas of acupuncture points, measured from landmarks. "
        "Without a command it opens the window.",
    )
    parser.add_argument("--version", action="version", version=__version__)
    parser.add_argument("--data", type=file_name, metavar="DIR", help="another data folder")
    parser.set_defaults(run=_window)
    commands = parser.add_subparsers(title="commands", metavar="COMMAND")

    check = commands.add_parser("check", help="check a data folder")
    check.add_argument("folder", nargs="?", type=file_name, metavar="DIR")
    check.add_argument("--coverage", action="store_true",
                       help="show how many points have each field")  # fmt: skip
    check.set_defaults(run=_check)

    listing = commands.add_parser("list", help="list points")
    _add_filters(listing)
    listing.set_defaults(run=_list)

    show = commands.add_parser("show", help="show all that is known of a point")
    show.add_argument("point", metavar="CODE", help="a code, or a name such as shenshu")
    show.set_defaults(run=_show)

    export = commands.add_parser("export", help="print the catalogue for other programs")
    export.add_argument("--format", choices=("json", "csv"), default="json")
    export.add_argument("-o", "--output", type=file_name, metavar="FILE")
    _add_filters(export)
    export.set_defaults(run=_export)

    render = commands.add_parser("render", help="draw a map into a file, without a window")
    render.add_argument("map", metavar="MAP", help="a map, such as back or hand_palm")
    render.add_argument("-o", "--output", type=file_name, required=True, metavar="FILE",
                        help="a name that ends in .pdf, .svg or .png")  # fmt: skip
    render.add_argument("--theme", choices=("light", "dark", "projector"), default="light")
    render.add_argument("--select", metavar="CODE", help="show how this point is measured")
    render.add_argument("--bones", action="store_true", help="with the skeleton")
    render.add_argument("--channels", action="store_true", help="with the meridians' courses")
    _add_filters(render)
    render.set_defaults(run=_render)

    deck = commands.add_parser("deck", help="write cards for Anki")
    deck.add_argument("-o", "--output", type=file_name, required=True, metavar="FILE",
                      help="a name that ends in .apkg")  # fmt: skip
    deck.add_argument("--kind", action="append", choices=("locate", "identify", "recall"),
                      help="only cards of this kind, or of several; all unless said")  # fmt: skip
    _add_filters(deck)
    deck.set_defaults(run=_deck)

    study = commands.add_parser("study", help="move the learner's progress, or restore it")
    add_commands(study)

    schema = commands.add_parser("schema", help="print the JSON schema of a data file")
    schema.add_argument("name", nargs="?", default="points", metavar="NAME")
    schema.set_defaults(run=_schema)
    for command in (listing, show, export, render, deck):
        # SUPPRESS: an absent option here must not undo the one before the command.
        command.add_argument("--data", type=file_name, metavar="DIR", default=argparse.SUPPRESS,
                             help="another data folder")  # fmt: skip
    return parser


def _add_filters(parser: argparse.ArgumentParser) -> None:
    for facet in FACET_IDS:
        parser.add_argument(f"--{facet.replace('_', '-')}", nargs="+", action="extend",
                            default=[], metavar="VALUE")  # fmt: skip
    parser.add_argument("--text", default="", metavar="WORDS")


def _query(options: argparse.Namespace, facets: FacetIndex) -> Query:
    chosen = {}
    for facet in FACET_IDS:
        words = [w for given in getattr(options, facet) for w in given.split(",") if w.strip()]
        try:
            chosen[facet] = frozenset(facets.named(facet, word) for word in words)
        except AtlasError as error:
            raise UsageError(f"--{facet.replace('_', '-')}: {error}") from None
    return Query(**chosen, text=options.text)


def _matching(options: argparse.Namespace, catalogue: Catalogue) -> Mask:
    facets = FacetIndex(catalogue, SearchIndex(catalogue))
    return facets.matching(_query(options, facets))


def _point(catalogue: Catalogue, search: SearchIndex, name: str) -> Point:
    """The point with a code or name. Raises `UsageError` where it is not clear which."""
    point = catalogue.point(name.upper())
    if point is not None:
        return point
    found = [catalogue.points[hit.at] for hit in search.search(name)]
    for same in (_same_letters, _same_sound):
        called = [p for p in found if same(p, name)]
        if len(called) == 1:
            return called[0]
        if called:
            found = called
            break
    if len(found) == 1:
        return found[0]
    near = ", ".join(p.code for p in found[:5])
    raise UsageError(f"no point {name}" + (f" (did you mean {near}?)" if near else ""))


def _same_letters(point: Point, name: str) -> bool:
    """Whether a point has just this name, tones included."""
    return name.casefold() in {text.casefold() for text in msgspec.structs.astuple(point.names)}


def _same_sound(point: Point, name: str) -> bool:
    """Whether a point has this name, whatever the tones and spaces."""
    names: tuple[str, ...] = msgspec.structs.astuple(point.names)
    return squeeze(name) in {squeeze(text) for text in (*names, point.code)}


def _check(options: argparse.Namespace) -> int:
    folder = options.folder or options.data
    if options.coverage:
        from atlas.catalog.coverage import readable_points, table

        if known := readable_points((folder or data_folder()) / "points.yaml"):
            print(table(known))  # first: it helps most while there are problems
    edition = read_edition(folder)
    points, maps = len(edition.catalogue.points), len(edition.body.maps)
    print(f"{points} points on {maps} maps, no problems")
    return FINE


def _list(options: argparse.Namespace) -> int:
    catalogue = open_edition(options.data).catalogue
    for i in members(_matching(options, catalogue)):
        point = catalogue.points[i]
        names = point.names
        print(f"{point.code}\t{names.pinyin}\t{names.hanzi_simplified}\t{names.english}")
    return FINE


def _show(options: argparse.Namespace) -> int:
    from atlas.export import to_text

    edition = open_edition(options.data)
    catalogue = edition.catalogue
    print(to_text(edition, _point(catalogue, SearchIndex(catalogue), options.point)))
    return FINE


def _export(options: argparse.Namespace) -> int:
    from atlas.export import to_csv, to_json

    edition = open_edition(options.data)
    mask = _matching(options, edition.catalogue)
    text = (to_json if options.format == "json" else to_csv)(edition, mask)
    put(text, options.output)
    return FINE


def _render(options: argparse.Namespace) -> int:
    from atlas.scene import Stage

    edition = open_edition(options.data)
    if options.map not in edition.body.maps:
        raise UsageError(f"no map {options.map} (one of {', '.join(edition.body.maps)})")
    if options.output.suffix.lower() not in PICTURES:
        raise UsageError(f"{options.output.name} does not end in one of {', '.join(PICTURES)}")
    stage = Stage(edition)
    query = _query(options, stage.facets)
    selected = None
    if options.select:
        selected = _point(stage.catalogue, stage.search, options.select)
    if selected is not None and options.map not in selected.places:
        best = ", ".join(selected.places)
        raise UsageError(f"{selected.code} can't be seen on {options.map} (but on {best})")
    from atlas.ui.offscreen import render

    code = selected.code if selected is not None else None
    layers = {"labels", "measure"}
    layers |= {name for name in ("bones", "channels") if getattr(options, name)}
    render(stage, options.map, query, code, layers, options.output, options.theme)
    return FINE


def _deck(options: argparse.Namespace) -> int:
    from atlas.scene import Stage
    from atlas.study.deck import ENDING, deck_cards, size_of
    from atlas.study.deck_text import DECK_KINDS
    from atlas.study.sayings import count
    from atlas.ui.offscreen import write_deck

    if options.output.suffix.lower() != ENDING:
        raise UsageError(f"{options.output.name} does not end in {ENDING}")
    stage = Stage(open_edition(options.data))
    matching = stage.facets.matching(_query(options, stage.facets))
    cards = deck_cards(stage, matching, tuple(options.kind or DECK_KINDS))
    watched = sys.stderr.isatty()
    for done in write_deck(stage, cards, options.output):
        if watched:
            print(f"{done:,} of {count(len(cards), 'card')}", end="\r", file=sys.stderr, flush=True)
    if watched:
        print(size_of(cards), file=sys.stderr)
    return FINE


def _schema(options: argparse.Namespace) -> int:
    from atlas.schema import schema

    try:
        print(schema(options.name), end="")
    except AtlasError as error:
        raise UsageError(str(error)) from None
    return FINE


def _window(options: argparse.Namespace) -> int:
    from atlas.ui.display import why_no_window

    reason = why_no_window()
    if reason:
        raise AtlasError(reason)
    from atlas.ui.app import run

    return run(options.data)
