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
_abc _aix_support _android_support _apple_support _ast _ast_unparse _asyncio _bisect
_blake2 _bootsubprocess _bz2 _codecs _codecs_cn _codecs_hk _codecs_iso2022 _codecs_jp
_codecs_kr _codecs_tw _collections _collections_abc _colorize _compat_pickle
_compression _contextvars _crypt _csv _ctypes _curses _curses_panel _datetime _dbm
_decimal _elementtree _frozen_importlib _frozen_importlib_external _functools _gdbm
_hashlib _heapq _hmac _imp _interpchannels _interpqueues _interpreters _io _ios_support
_json _locale _lsprof _lzma _markupbase _md5 _msi _multibytecodec _multiprocessing
_opcode _opcode_metadata _operator _osx_support _overlapped _pickle _posixshmem
_posixsubprocess _py_abc _py_warnings _pydatetime _pydecimal _pyio _pylong _pyrepl
_queue _random _remote_debugging _scproxy _sha1 _sha2 _sha256 _sha3 _sha512 _signal
_sitebuiltins _socket _sqlite3 _sre _ssl _stat _statistics _string _strptime _struct
_suggestions _symtable _sysconfig _thread _threading_local _tkinter _tokenize
_tracemalloc _types _typing _uuid _warnings _weakref _weakrefset _winapi _wmi _zoneinfo
_zstd abc aifc annotationlib antigravity argparse array ast asynchat asyncio asyncore
atexit audioop base64 bdb binascii bisect builtins bz2 cProfile calendar cgi cgitb chunk
cmath cmd code codecs codeop collections colorsys compileall compression concurrent
configparser contextlib contextvars copy copyreg crypt csv ctypes curses dataclasses
datetime dbm decimal difflib dis distutils doctest email encodings ensurepip enum errno
faulthandler fcntl filecmp fileinput fnmatch fractions ftplib functools gc genericpath
getopt getpass gettext glob graphlib grp gzip hashlib heapq hmac html http idlelib
imaplib imghdr imp importlib inspect io ipaddress itertools json keyword lib2to3
linecache locale logging lzma mailbox mailcap marshal math mimetypes mmap modulefinder
msilib msvcrt multiprocessing netrc nis nntplib nt ntpath nturl2path numbers opcode
operator optparse os ossaudiodev pathlib pdb pickle pickletools pipes pkgutil platform
plistlib poplib posix posixpath pprint profile pstats pty pwd py_compile pyclbr pydoc
pydoc_data pyexpat queue quopri random re readline reprlib resource rlcompleter runpy
sched secrets select selectors shelve shlex shutil signal site smtpd smtplib sndhdr
socket socketserver spwd sqlite3 sre_compile sre_constants sre_parse ssl stat statistics
string stringprep struct subprocess sunau symtable sys sysconfig syslog tabnanny tarfile
telnetlib tempfile termios textwrap this threading time timeit tkinter token tokenize
tomllib trace traceback tracemalloc tty turtle turtledemo types typing unicodedata
unittest urllib uu uuid venv warnings wave weakref webbrowser winreg winsound wsgiref
xdrlib xml xmlrpc zipapp zipfile zipimport zlib zoneinfo
"""
STANDARD_LIBRARY: Final = frozenset(_NAMES.split())
"""`sys.stdlib_module_names` of Python 3.11 to 3.14 together: a list, so that every
Python refuses the same names."""

_OTHERS: Final = frozenset(
    {"conftest", "hypothesis", "orjson", "pybase64", "pytest", "test", "tests"}
)
"""What generated code and its tests import beside it, what their folders are called
and, as `sys.stdlib_module_names` leaves it out, the tests of Python."""


def check_package_name(name: str, span: Span, report: Report) -> None:
    """Report a name, of a package at the top or dotted, under which generated code
    could not be imported."""
    parts = name.split(".")
    top = parts[0]
    if not all(map(_is_name, parts)):
        message = f"{name!r} is no Python package name"
        other = name.replace("-", "_").replace(" ", "_")
        if all(map(_is_name, other.split("."))):
            message += f"; {other!r} is one"
        report.add("package-name", message, span)
    elif top in STANDARD_LIBRARY:
        message = (
            f"a package named {top!r} would hide the module {top!r} of the standard "
            "library from the whole program; choose another name"
        )
        report.add("package-name", message, span)
    elif top in _OTHERS or any(map(_is_special, parts)):
        hiding = top if top in _OTHERS else next(filter(_is_special, parts))
        message = (
            f"a package named {hiding!r} would hide a module that Python or the "
            "generated tests need; choose another name"
        )
        report.add("package-name", message, span)


def _is_name(part: str) -> bool:
    return part.isidentifier() and part.isascii() and not keyword.iskeyword(part)


def _is_special(part: str) -> bool:
    return part.startswith("__") and part.endswith("__")
