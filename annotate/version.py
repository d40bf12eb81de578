"""The version of this package, from the metadata that was installed with it."""

from importlib.metadata import PackageNotFoundError, version

try:
    __version__ = version("adfontes")
except PackageNotFoundError:  # run from a checkout that was never installed
    __version__ = "0.0.0"
