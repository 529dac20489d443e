"""Where the program is, what comes with it, and a digest of every file that decides what it answers."""

from functools import cache
from hashlib import sha256
from pathlib import Path

#: The folder that holds the package.
ROOT = Path(__file__).resolve().parents[1]
_INSTALLED = ROOT / "monitor" / "project"
#: The folder that holds what comes with the package: `dashboard.py`, `pages`, `data`. A wheel has it
#: within the package.
PROJECT = _INSTALLED if _INSTALLED.is_dir() else ROOT
#: Code, templates, scripts, texts, tables and letters; the packaged places; what is installed beside.
_PLACES = ("monitor", "pages", "data/reference", "requirements.txt")
_KINDS = {".py", ".po", ".html", ".css", ".js", ".sql", ".ttf", ".gz", ".geojson", ".txt"}


def working_folder() -> Path:
    """Where relative paths of databases begin: at the project's folder, wherever a command was started;
    at the current folder, if the program was installed as a package."""
    return Path.cwd() if PROJECT == _INSTALLED else PROJECT


@cache
def program_digest() -> str:
    """The digest of this program, the same in every replica that runs the same files."""
    return digest_of(ROOT)


def digest_of(root: Path) -> str:
    """The SHA-256, in hexadecimal, of the program in a folder."""
    whole = sha256()
    for place in _PLACES:
        files = (root / place).rglob("*") if (root / place).is_dir() else [root / place]
        for file in sorted(one for one in files if one.suffix in _KINDS and one.is_file()):
            content = file.read_bytes()
            whole.update(f"{file.relative_to(root).as_posix()}\0{len(content)}\0".encode())
            whole.update(content)
    return whole.hexdigest()
