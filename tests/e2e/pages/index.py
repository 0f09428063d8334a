"""A repository with a document, of which main has an older version."""

import subprocess
from pathlib import Path

from tests.e2e.talk import SPEC

Path("openapi.yaml").write_text(SPEC, "utf-8")
for arguments in (
    ["init", "--quiet", "--initial-branch=main"],
    ["add", "."],
    ["-c", "user.name=A", "-c", "user.email=a@example.com", "commit", "-qm", "1"],
):
    subprocess.run(["git", *arguments], check=True)
Path("openapi.yaml").write_text(SPEC.replace("[alloy, sage]", "[alloy]"), "utf-8")
