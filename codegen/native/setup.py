"""Builds the one extension module, for the stable ABI of CPython 3.11."""

import os
import sys
from glob import glob

from setuptools import Extension, setup  # type: ignore[import-untyped]  # no stubs

# What files call of each other is short, so they are compiled as one.
FLAGS = ["-O3", "-flto", "-std=c11", "-fvisibility=hidden"]
if sys.platform == "linux":
    FLAGS.append("-fno-plt")  # Nearly every call is to the interpreter.
if sys.platform == "win32":
    FLAGS = ["/O2"]
MORE = os.environ.get("WIREWRIGHT_NATIVE_CFLAGS", "").split()

setup(
    ext_modules=[
        Extension(
            "wirewright_native._codec",
            sources=sorted(glob("src/*.c")),
            depends=sorted(glob("src/*.h")),
            define_macros=[("Py_LIMITED_API", "0x030b0000")],
            extra_compile_args=[*FLAGS, *MORE],
            extra_link_args=[*([] if sys.platform == "win32" else FLAGS[:2]), *MORE],
            py_limited_api=True,
        )
    ],
    options={"bdist_wheel": {"py_limited_api": "cp311"}},
)
