"""The folder of a repository that has just begun."""

import subprocess

subprocess.run(["git", "init", "--quiet"], check=True)
