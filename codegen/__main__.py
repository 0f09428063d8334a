"""`python -m codegen`."""

from codegen.cli import run

if __name__ == "__main__":
    run()
