"""Names under which a generated package can be imported.

A package at the top of the import path hides a module of the standard library that has
its name, for the whole program: `import copy` anywhere then finds the package. Inside
of a parent package it hides nothing.
"""

from __future__ import annotations

import keyword
from typing import Final

from codegen.diagnostics import Report, Span

_NAMES: Final = """
abc aifc annotationlib antigravity argparse array ast asynchat asyncio asyncore atexit
audioop base64 bdb binascii bisect builtins bz2 cProfile calendar cgi cgitb chunk
cmath cmd code codecs codeop collections colorsys compileall compression concurrent
configparser contextlib contextvars copy copyreg crypt csv ctypes curses dataclasses
datetime dbm decimal difflib dis distutils doctest email encodings ensurepip enum
errno faulthandler fcntl filecmp fileinput fnmatch fractions ftplib functools gc
genericpath getopt getpass gettext glob graphlib grp gzip hashlib heapq hmac html http
idlelib imaplib imghdr imp importlib inspect io ipaddress itertools json keyword
lib2to3 linecache locale logging lzma mailbox mailcap marshal math mimetypes mmap
modulefinder msilib msvcrt multiprocessing netrc nis nntplib nt ntpath nturl2path
numbers opcode operator optparse os ossaudiodev pathlib pdb pickle pickletools pipes
pkgutil platform plistlib poplib posix posixpath pprint profile pstats pty pwd
py_compile pyclbr pydoc pydoc_data pyexpat queue quopri random re readline reprlib
resource rlcompleter runpy sched secrets select selectors shelve shlex shutil signal
site smtpd smtplib sndhdr socket socketserver spwd sqlite3 sre_compile sre_constants
sre_parse ssl stat statistics string stringprep struct subprocess sunau symtable sys
sysconfig syslog tabnanny tarfile telnetlib tempfile termios textwrap this threading
time timeit tkinter token tokenize tomllib trace traceback tracemalloc tty turtle
turtledemo types typing unicodedata unittest urllib uu uuid venv warnings wave weakref
webbrowser winreg winsound wsgiref xdrlib xml xmlrpc zipapp zipfile zipimport zlib
zoneinfo
"""
STANDARD_LIBRARY: Final = frozenset(_NAMES.split())
"""`sys.stdlib_module_names` of Python 3.11 to 3.14 together, without those that begin
with an underscore: a list, so that every Python refuses the same names."""

_OTHERS: Final = frozenset({"orjson", "pybase64", "tests"})
"""What generated code imports beside it, and where its tests stand."""


def check_package_name(name: str, span: Span, report: Report) -> None:
    """Report a name, of a package at the top or dotted, under which generated code
    could not be imported."""
    parts = name.split(".")
    top = parts[0]
    if not all(map(_is_name, parts)):
        report.add("package-name", f"{name!r} is no Python package name", span)
    elif top in STANDARD_LIBRARY:
        message = (
            f"a package named {top!r} would hide the module {top!r} of the standard "
            "library from the whole program; choose another name"
        )
        report.add("package-name", message, span)
    elif top in _OTHERS or any(map(_is_special, parts)):
        message = f"a package named {name!r} would hide a module that Python needs"
        report.add("package-name", message, span)


def _is_name(part: str) -> bool:
    return part.isidentifier() and part.isascii() and not keyword.iskeyword(part)


def _is_special(part: str) -> bool:
    return part.startswith("__") and part.endswith("__")
