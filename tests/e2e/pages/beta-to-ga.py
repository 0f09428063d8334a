"""The repository, as far as the page looks at it."""

import shutil

from tests.corpus_paths import ROOT

shutil.copytree(ROOT / "specs", "specs")
