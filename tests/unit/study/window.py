"""Another process with the same file: what it prints has happened.

`answer PATH COUNT` answers, takes back and writes notes (COUNT 0: until it is killed),
`correct PATH NAME` answers card after card of its own and corrects each until it is killed,
`import PATH FILE` imports, `open PATH` says what opening says.
"""

from __future__ import annotations

import sys
from itertools import count
from pathlib import Path

from atlas.problems import AtlasError
from atlas.study.records import Review
from atlas.study.store import Store
from atlas.study.transfer import import_file


def say(*words: object) -> None:
    sys.stdout.write(" ".join(map(str, words)) + "\n")
    sys.stdout.flush()


def answer(path: Path, number: int) -> None:
    with Store(path) as store:
        for i in range(number) if number else count():
            review = Review(f"locate:BL{i % 67 + 1}", i % 4 + 1, miss=i / 9, parts={"down": i / 9})
            say("answered", store.add_review(review).uid)
            if i % 5 == 4:
                say("undone", store.withdraw(review.uid) and review.uid)
            if i % 7 == 6:
                say("noted", store.set_note("BL23", f"note {review.uid}").text)


def correct(path: Path, name: str) -> None:
    with Store(path) as store:
        for i in count():
            review = store.add_review(Review(f"locate:{name}-{i}", 3))
            say("answered", review.card)
            again = store.correct(review.uid, 1)
            say("corrected", again and again.card)


def main(command: str, path: Path, argument: str = "") -> None:
    say("started")
    if command == "answer":
        answer(path, int(argument))
    elif command == "correct":
        correct(path, argument)
    elif command == "import":
        with Store(path) as store:
            say("imported", import_file(store, Path(argument)).reviews)
    else:
        try:
            Store(path).close()
            say("sound")
        except AtlasError as error:
            say(error)


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]), *sys.argv[3:])
