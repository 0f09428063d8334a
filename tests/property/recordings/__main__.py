"""`python -m tests.property.recordings --first N --count M` checks recordings, and
prints everything that the model knows better."""

from __future__ import annotations

import argparse
import tempfile
import traceback
from pathlib import Path

from tests.property.recordings.attack import lies


def main() -> int:
    """Exits with 1 if anything is wrong."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--first", type=int, default=0)
    parser.add_argument("--count", type=int, default=200)
    options = parser.parse_args()
    wrong = 0
    for number in range(options.first, options.first + options.count):
        with tempfile.TemporaryDirectory() as folder:
            try:
                found = list(lies(number, Path(folder)))
            except Exception:  # noqa: BLE001 - each is a finding
                found = [traceback.format_exc()]
        wrong += bool(found)
        for lie in found:
            print(f"{number}: {lie}")
    print(f"{wrong} of {options.count} are wrong")
    return int(bool(wrong))


if __name__ == "__main__":
    raise SystemExit(main())
