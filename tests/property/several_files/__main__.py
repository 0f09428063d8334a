"""`python -m tests.property.several_files --first N --count M` splits every document in
that many ways, and prints where something else is said of the outcome."""

from __future__ import annotations

import argparse
import json

from tests.property.several_files.attack import complaints, content, documents, edits

_EDITS = 5


def main() -> int:
    """Exits with 1 if something else is said."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--first", type=int, default=0)
    parser.add_argument("--count", type=int, default=3)
    options = parser.parse_args()
    found = 0
    for path in documents():
        document = json.loads(json.dumps(content(path)))
        for number in range(options.first, options.first + options.count):
            for said in (
                *complaints(document, number),
                *edits(document, number, _EDITS),
            ):
                found += 1
                print(f"{path} {number}: {said[:500]}")
    print(f"{found} places")
    return int(bool(found))


if __name__ == "__main__":
    raise SystemExit(main())
