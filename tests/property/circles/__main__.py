"""`python -m tests.property.circles --first N --count M`: many random packages."""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path

from tests.property.circles.attack import complaints


def main() -> int:
    """Print every complaint. Returns 1 if there is one."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--first", type=int, default=0)
    parser.add_argument("--count", type=int, default=100)
    given = parser.parse_args()
    found = 0
    with tempfile.TemporaryDirectory() as folder:
        for seed in range(given.first, given.first + given.count):
            for complaint in complaints(seed, Path(folder)):
                print(complaint, flush=True)
                found += 1
    print(f"{given.count} packages, {found} complaints")
    return found > 0


if __name__ == "__main__":
    sys.exit(main())
