"""The commands `study export`, `study import` and `study restore`."""

from __future__ import annotations

import argparse

from atlas.output import file_name, put


def add_commands(study: argparse.ArgumentParser) -> None:
    """Add what can be done with the learner's progress."""
    commands = study.add_subparsers(title="commands", metavar="COMMAND", required=True)

    export = commands.add_parser("export", help="print all progress as JSON")
    export.add_argument("-o", "--output", type=file_name, metavar="FILE")
    export.set_defaults(run=_export)

    imported = commands.add_parser("import", help="add the progress of another machine")
    imported.add_argument("file", type=file_name, metavar="FILE")
    imported.set_defaults(run=_import)

    restore = commands.add_parser("restore", help="put back the newest backup of damaged progress")
    restore.add_argument("--empty", action="store_true", help="begin anew, without the backup")
    restore.set_defaults(run=_restore)


def _export(options: argparse.Namespace) -> int:
    from atlas.study.store import Store
    from atlas.study.transfer import export_text

    with Store() as store:
        text = export_text(store)
    put(text, options.output)
    return 0


def _import(options: argparse.Namespace) -> int:
    from atlas.study.store import Store
    from atlas.study.transfer import import_file

    with Store() as store:
        new = import_file(store, options.file)
    put(
        f"new: {_count(new.reviews, 'review')}, {_count(new.withdrawals, 'withdrawal')}, "
        f"{_count(new.notes, 'note')}, {_count(new.collections, 'list')}\n"
    )
    return 0


def _restore(options: argparse.Namespace) -> int:
    from atlas.study.rescue import StudyDamaged, begin_anew, restore
    from atlas.study.store import Store, study_file

    try:
        Store().close()
    except StudyDamaged as damaged:
        if options.empty:
            begin_anew(damaged.path)
            put(f"{damaged.path} begins anew\n")
            return 0
        if damaged.backup is None:
            raise
        restore(damaged.path, damaged.backup)
        put(f"{damaged.path} is the backup {damaged.backup.name}\n")
        return 0
    put(f"{study_file()} is sound; nothing was restored\n")
    return 0


def _count(number: int, what: str) -> str:
    return f"{number} {what}" if number == 1 else f"{number} {what}s"
