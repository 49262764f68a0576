"""Python packages that scripts compare with, each in an environment outside the repository."""

import os
import pathlib
import subprocess
import sys


def enter(variable, package, module):
    """Goes on in the environment that has the package, made first where it is missing.

    The environment is in the folder that the variable names, or ~/.cache/vitrail/PACKAGE.
    """
    cache = pathlib.Path.home() / ".cache/vitrail" / package
    folder = pathlib.Path(os.environ.get(variable, cache))
    python = folder / "bin" / "python"
    if pathlib.Path(sys.prefix).resolve() == folder.resolve():
        return
    if not python.exists():
        print(f"installing {package} in {folder}", file=sys.stderr)
        subprocess.run([sys.executable, "-m", "venv", folder], check=True)
    has = subprocess.run([python, "-c", f"import {module}"], capture_output=True)
    if has.returncode != 0:
        subprocess.run([python, "-m", "pip", "install", "--quiet", package], check=True)
    os.execv(python, [str(python), *sys.argv])
