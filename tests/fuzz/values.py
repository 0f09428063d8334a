"""Values of random packages with something else at several places at once.

    python -m tests.fuzz.values --first 0 --count 200

Golden tests change a document at one place at a time. What a decoder has done when it
finds out that a property is missing shows only where something else is odd, too.
"""

from __future__ import annotations

import argparse
import copy
import json
import pickle
import random
import sys
import traceback
from collections import Counter
from collections.abc import Iterator
from types import ModuleType
from typing import Any, Final

from codegen.golden.machinery.values import Looks
from tests.constraints import violations as constrained
from tests.native.frames import changed
from tests.native.fuzz import random_package

_EACH: Final = 400
"""Values that are tried on every schema and table of a package, all together."""


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--first", type=int, default=0)
    parser.add_argument("--count", type=int, default=100, help="packages")
    parser.add_argument("--each", type=int, default=_EACH, help="values of each")
    arguments = parser.parse_args()
    found: Counter[str] = Counter()
    tried = 0
    for number in range(arguments.first, arguments.first + arguments.count):
        for fault in faults(number, arguments.each):
            tried += 1
            if fault:
                found[fault.partition(":")[0]] += 1
                print(f"{number} {fault}", flush=True)
    print(f"{tried} values of {arguments.count} packages: {dict(found) or 'no fault'}")
    return 1 if found else 0


def faults(number: int, each: int = _EACH) -> Iterator[str]:
    """For each value of a random package what is wrong, empty if nothing is."""
    dice = random.Random(number)
    with random_package(number) as (package, texts):
        if package is None or not texts:
            return
        documents = [json.loads(text) for text in texts]
        for _ in range(each):
            value = dice.choice(documents)
            for _ in range(dice.randrange(4)):
                value = changed(value, dice)
            # Of a name that stands twice the last is meant.
            value = json.loads(json.dumps(value))
            yield _fault(package, value, dice)


def _fault(package: ModuleType, value: Any, dice: random.Random) -> str:
    name = dice.choice(list(package.SCHEMAS))
    try:
        wrong = _asked(package, package.SCHEMAS[name], value)
        wrong = wrong or _read(package, value)
    except Exception:  # noqa: BLE001 - whatever it is, it is told
        wrong = f"raised\n{traceback.format_exc(limit=-4)}"
    return wrong and f"{wrong}: {name} {json.dumps(value)}"


def _asked(package: ModuleType, schema: Any, value: Any) -> str:
    """What is wrong with what a schema makes of a value."""
    looks, found = Looks(value), constrained(package, schema, value)
    if schema.is_valid(value) is bool(found):
        return "is_valid and violations disagree"
    decoded = schema.decode(copy.deepcopy(value), strict=False)
    if not looks.same(schema.encode(decoded)):
        return "lost"
    try:
        schema.decode(copy.deepcopy(value))
        refused = False
    except package.ValidationError:
        refused = True
    if refused is not bool(found):
        return "a strict reader and violations disagree"
    if schema.decode(copy.deepcopy(value), strict=False) != decoded:
        return "decoded twice, it differs"
    return _object(decoded, looks) if hasattr(decoded, "to_dict") else ""


def _object(decoded: Any, looks: Looks) -> str:
    """What is wrong with an object."""
    if not (
        looks.same(decoded.to_dict()) and looks.same(json.loads(decoded.to_json()))
    ):
        return "an object lost something"
    copies = copy.deepcopy(decoded), pickle.loads(pickle.dumps(decoded))
    again = type(decoded).from_dict(decoded.to_dict(), strict=False)
    return "" if all(one == decoded for one in (*copies, again)) else "a copy differs"


def _read(package: ModuleType, value: Any) -> str:
    """What is wrong with what event tables make of a value."""
    if not isinstance(value, dict):
        return ""
    frame = json.dumps(value)
    for table in package.EVENTS.values():
        event = table.decode(frame)
        if not Looks(value).same(json.loads(table.encode(event))):
            return "a table lost something"
        if isinstance(event, package.UnknownEvent) and table.peek(frame) != event.type:
            return "peek finds another tag"
    return ""


if __name__ == "__main__":
    sys.exit(main())
