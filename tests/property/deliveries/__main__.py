"""`python -m tests.property.deliveries --first N --count M` compares pairs, and prints
every lie, every false alarm, and how many directions were judged how."""

from __future__ import annotations

import argparse
from collections import Counter

from tests.property.deliveries.attack import judged


def main() -> int:
    """Exits with 1 if there is a lie or a false alarm."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--first", type=int, default=0)
    parser.add_argument("--count", type=int, default=500)
    options = parser.parse_args()
    counts: Counter[str] = Counter()
    for number in range(options.first, options.first + options.count):
        for one in judged(number):
            counts[one.kind] += 1
            if one.is_lie or one.is_false_alarm:
                print(f"{number}: {one}")
    for kind, count in sorted(counts.items()):
        print(f"{count:6} {kind}")
    return int(any("LIE" in kind or "FALSE" in kind for kind in counts))


if __name__ == "__main__":
    raise SystemExit(main())
