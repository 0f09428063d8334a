"""The native codec of the packages that wirewright generates.

Nothing here is for programs: a generated package finds it by itself, and shows in its
`__codec__` whether it has.
"""

from ._codec import TABLES as _TABLES
from ._codec import Codec, counts

__version__ = "0.1.0"
TABLES = frozenset({3, _TABLES})
"""The versions of the tables that this codec reads."""

__all__ = ("TABLES", "Codec", "__version__", "counts")
