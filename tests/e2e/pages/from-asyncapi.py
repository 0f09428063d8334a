"""The specification of the Realtime API, copied."""

import shutil

from tests.corpus_paths import ROOT

shutil.copytree(ROOT / "specs" / "realtime" / "2026-08", "spec")
