"""Bounds on what a hostile document may cost, each with its reason."""

from __future__ import annotations

from typing import Final

MAX_BYTES: Final = 64 * 1024 * 1024
"""The largest published specifications are about 10 MB; reading 64 MiB still ends
in a minute and well below a gigabyte of memory."""

TOO_LARGE: Final = f"it is larger than {MAX_BYTES} bytes"

MAX_DEPTH: Final = 120
"""How deep mappings and sequences may nest. Consumers recurse over schemas with a
few Python frames for each level, and Python allows 1,000 frames; published
specifications stay below 60."""

MAX_NODES: Final = 5_000_000
"""Values of a document after its YAML aliases are expanded. Nine aliases of nine
items each are a billion values in a few hundred bytes; 64 MiB of honest text
holds fewer than this many."""

MAX_ALIASED: Final = 10_000
"""The same as far as it is aliases that make them, and ..."""

MAX_REPEATS: Final = 100
"""... how many times as many values they may make as are written, if that is more.
Each of ten anchors that holds two aliases of the one before it doubles the classes of a
package, which take milliseconds each; answers that all operations share are written
some twenty times."""

MAX_DIGITS: Final = 4_000
"""Digits of an integer: Python converts longer ones only in quadratic time and
refuses them by default."""

MAX_DOCUMENTS: Final = 2_000
"""Files that one specification may pull in through references."""

MAX_FETCHED: Final = 200
"""Documents that one run fetches from the web."""

MAX_REDIRECTS: Final = 5
"""Redirects on the way to one of them."""

MAX_SILENCE: Final = 10
"""Seconds without a byte of it."""

MAX_SECONDS: Final = 60
"""Seconds for all of it."""

MAX_COPIES: Final = 5_000
"""Schemas that are copies made for the sake of dynamic references. Twenty anchors
that are bound on two paths each make a million environments of a few lines."""

MAX_WHOLE: Final = 1_000_000
"""Values around schemas that are read from other files, counted as often as references
lead to them. Thirty values in a row that each refer to the next one twice would be a
billion."""

MAX_PATH: Final = 4_000
"""Characters of a JSONPath of an overlay."""

MAX_STEPS: Final = 3_000_000
"""Nodes visited and values compared for one JSONPath: `$..[?count($..*) > 1]` visits
the whole document at each of its values. A filter at each value of 10 MB takes about
half as many; these take some ten seconds."""

MAX_ALL_STEPS: Final = 10 * MAX_STEPS
"""The same for all JSONPaths of all overlays of one specification, which may be
thousands. A path that names its places takes a few steps."""

MAX_CHILDREN: Final = 20_000
"""Children of bases with a discriminator, all together: each stands wherever its base
and every base above is referred to."""
