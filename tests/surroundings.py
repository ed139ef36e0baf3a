"""The surroundings of another machine, for processes that are started on this one."""

import os

from numpy._core import _multiarray_umath as core


def surroundings(threads):
    """Return the environment of a machine without vector instructions, in another country."""
    on = [name for name in core.__cpu_dispatch__ if core.__cpu_features__.get(name)]
    return os.environ | {
        # Only what NumPy can do without and this processor has; it refuses anything else.
        "NPY_DISABLE_CPU_FEATURES": " ".join(on),
        "OPENBLAS_CORETYPE": "Prescott",
        "GLIBC_TUNABLES": "glibc.cpu.hwcaps=-AVX512F,-AVX2,-AVX,-FMA,-FMA4",  # exp, log, pow
        "OMP_NUM_THREADS": str(threads),
        "OPENBLAS_NUM_THREADS": str(threads),
        "PYTHONHASHSEED": "20120401",
        "TZ": "Pacific/Auckland",
        "LC_ALL": "de_DE.UTF-8",
        "LANG": "de_DE.UTF-8",
    }
