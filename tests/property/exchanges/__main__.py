"""Random pairs of OpenAPI documents whose comparison is held against exchanges.

`python -m tests.property.exchanges --first 0 --count 1000` prints every dispute and how
many pairs were judged. A *lie* is a change that is called harmless although an exchange
goes wrong; it is *understated* if a tolerant client is said to survive it and does not;
*idle* is harm that no exchange shows (`--idle` prints these, too).
"""

from __future__ import annotations

import argparse
import json
import time
from collections import Counter

from codegen.compat import compare
from tests.property.document_edits import module
from tests.property.exchanges import edits, judging, witnesses


def main() -> int:
    """Judge pairs, and print where exchanges say something else."""
    parser = argparse.ArgumentParser(prog="exchanges", description=__doc__)
    parser.add_argument("--first", type=int, default=0)
    parser.add_argument("--count", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--idle", action="store_true")
    options = parser.parse_args()
    counts: Counter[str] = Counter()
    start = time.process_time()
    for number in range(options.first, options.first + options.count):
        old, new = edits.versions(number, options.seed)
        told = compare(module(old), module(new))
        counts["pairs"] += 1
        counts.update(f"{v.value}" for v in told.directions.values())
        if told.contradictions:
            counts["contradictions"] += 1
            print(f"{number} CONTRADICTION {told.contradictions}")
        found = judging.pair(old, new)
        for one in judging.disputes(told, found):
            counts[one.kind] += 1
            counts[f"{one.kind}: {' '.join(one.rules)}"] += one.kind.startswith("idle")
            if one.kind in ("lie", "understated") or options.idle:
                print(f"{number} {one.kind} {one.direction} {' '.join(one.rules)}")
                if one.shown:
                    print(f"    {one.shown.why}: {one.shown.exchange}", flush=True)
        for said, finding in witnesses.checked(told, found):
            counts[f"witness {said}"] += 1
            if said == "false" or (said == "unsent" and options.idle):
                assert finding.witness is not None
                shown = json.dumps(finding.witness.value)
                print(f"{number} {said} {finding.rule} {finding.schema}: {shown}")
    seconds = time.process_time() - start
    for kind, many in counts.most_common():
        print(f"  {many} {kind}")
    print(json.dumps({"seconds": round(seconds)}))
    wrong = counts["lie"] + counts["understated"] + counts["contradictions"]
    return 1 if wrong else 0


if __name__ == "__main__":
    raise SystemExit(main())
