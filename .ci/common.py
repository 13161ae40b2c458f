"What the checks share: folders, notebooks, running a program, a copy of the project."

import os
import re
import shutil
import subprocess
import sys
from configparser import ConfigParser
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
NBS, LIB = ROOT / 'nbs', ROOT / 'safe_nb'
BIN = Path(sys.executable).parent
JUNK = shutil.ignore_patterns(
    '__pycache__', '.ipynb_checkpoints', '.last_checked', '.gitkeep', '*.tmp'
)
FIRST = ('index', 'search')  # read before the numbered notebooks of their folder


def settings():
    "The package's name, version and links."
    config = ConfigParser(delimiters=['='], interpolation=None)
    config.read(ROOT / 'settings.ini', encoding='utf-8')
    return config['DEFAULT']


def rel(path):
    return path.relative_to(ROOT).as_posix()


def place(path):
    "Where a notebook stands in the reading order: by folder, then by name."
    rank = FIRST.index(path.stem) if path.stem in FIRST else len(FIRST)
    return path.parent.relative_to(NBS).as_posix(), rank, path.stem


def notebooks():
    "All notebooks in reading order."
    return sorted((p for p in NBS.rglob('*.ipynb') if not re.search('/[._]', rel(p))), key=place)


def modules():
    "The exported modules: dotted name inside the package -> path."
    paths = sorted(p for p in LIB.rglob('*.py') if not p.name.startswith('_'))
    return {'.'.join(p.relative_to(LIB).with_suffix('').parts): p for p in paths}


def run(*args, cwd=ROOT, **env):
    "Run a program of this environment; returns its exit code and all it printed."
    res = subprocess.run(
        [str(BIN / args[0]), *map(str, args[1:])],
        cwd=cwd,
        env={**os.environ, **env},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        encoding='utf-8',
        errors='replace',
    )
    return res.returncode, res.stdout


def copy_project(to):
    "What the checks need of the project, below the folder `to`."
    for name in ('nbs', 'safe_nb', '.ci'):
        shutil.copytree(ROOT / name, to / name, ignore=JUNK)
    for name in ('settings.ini', 'setup.py', 'pyproject.toml', 'README.md', 'LICENSE'):
        if (ROOT / name).exists():
            shutil.copy(ROOT / name, to / name)
    return to


def contents(root):
    "All that is written as, or generated from, notebooks: path -> bytes."
    paths = [p for name in ('nbs', 'safe_nb') for p in (root / name).rglob('*')]
    return {
        p.relative_to(root).as_posix(): p.read_bytes()
        for p in [*paths, root / 'README.md']
        if p.is_file() and not JUNK('', p.relative_to(root).parts)
    }
