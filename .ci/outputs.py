"""Notebooks are run once, in a copy, by nbdev's test; text outputs are compared.

Compared are stdout, text/markdown and text/plain of each cell, not pictures. Words, keys, shapes,
counts, settings (`name=0.1`) and the number of values must be equal; white space does not count.
Other numbers are equal if they differ by at most one unit of the last printed digit or by 0.1 %.
A notebook that trains gets two units or 5 %, and 3 points for numbers from 0 to 100 with at most
two decimals: on another CPU an image or two may be predicted differently, and one of 60 test
images is 1.7 points. Values below 1e-5 are rounding noise and equal to each other. What UNSTABLE
matches is not compared."""

import multiprocessing
import os
import re
import sys
import time
from concurrent.futures import ThreadPoolExecutor

from fastcore.nbio import read_nb

from common import ROOT, copy_project, rel

UNSTABLE = re.compile(
    r"""\b0x[0-9a-f]{4,}                                      # addresses in memory
    | \d{4}-\d\d-\d\d([T\ ]\d\d:\d\d(:\d\d)?)?                  # dates
    | \d+\.\d+\.\d+[\w.+-]*(:\d+)?                             # versions, network addresses
    | \d[\d.]*(e[+-]?\d+)?\ ?(ns|µs|us|ms|s|seconds?|min|minutes?|h|hours?)\b     # times
    | \d[\d.]*\ ?([kMG]B|images)(/s|\ per\ second)              # speeds
    | (?<![\w.~/-])/(root|home|work|tmp|Users|private|var)\b[\w./-]* | \btmp\w{6,}  # paths
    | \b(cpu|mps|cuda(:\d+)?)\b(\ \(\w+\))?                     # devices
    | \bPicture\(\d+\ bytes\)""",
    re.X,
)
TIMED = re.compile(r'\bseconds\b|\((s|ms|min)\)')  # a table of times: only its words are compared
NUMBER = re.compile(r'(?<![\w.])((?:(?<![)\]])[-+])?(?:\d+\.?\d*|\.\d+)(?:e[-+]?\d+)?)(?!\w)', re.I)
TRAINS = re.compile(r'\b(fit_session|run_stream|run_one|check_learner|tune|demo|backward)\(')
# imported once, not by each notebook; of the package itself nothing, it is what is tested
PRELOADED = 'gdown matplotlib.pyplot nbdev.test pandas sklearn.manifold timm torchvision'.split()
SLOW_FOLDERS = ('5_baselines', '4_safe', '6_bench')  # their notebooks are started first
WORKERS = 2
THREADS = dict.fromkeys(('OMP_NUM_THREADS', 'MKL_NUM_THREADS', 'OPENBLAS_NUM_THREADS'), '1')


def measured():
    "What data/results holds: file -> bytes."
    return {rel(p): p.read_bytes() for p in (ROOT / 'data' / 'results').iterdir()}


def changes(before, now):
    "Files of results that a run has made, changed or removed."
    names = sorted({*before, *now})
    return [f'{n} is not as it was' for n in names if before.get(n) != now.get(n)]


def printed(cell):
    "The text that a cell shows: what it printed, then what it displayed, pictures left out."
    text = [o.get('text', '') for o in cell.outputs if o.get('name') == 'stdout']
    shown = [o.get('data', {}) for o in cell.outputs]
    for data in [d for d in shown if 'image/png' not in d]:
        text.append(data.get('text/markdown', data.get('text/plain', '')))
    return '\n'.join(''.join(t) for t in text)


def pieces(text):
    "The text as words and numbers by turns, beginning and ending with words, without white space."
    clean = re.sub(r'-{3,}|\\\n|\x1b\[[0-9;]*m', '', text)
    parts = [''.join(p.split()) for p in NUMBER.split(UNSTABLE.sub('~', clean))]
    if TIMED.search(text):
        parts[1::2] = ['~'] * (len(parts) // 2)
    return parts


def unit(number):
    "One unit of the last digit of a printed number: 0.01 for 1.25, 10 for 1.2e2."
    digits, _, power = number.lower().partition('e')
    return 10.0 ** (int(power or 0) - len(digits.partition('.')[2]))


def near(a, b, trained):
    "Whether two printed numbers are the same measurement."
    x, y = float(a), float(b)
    big, off = max(abs(x), abs(y)), abs(x - y)
    units, share = (2.001, 0.05) if trained else (1.001, 0.001)
    if big < 1e-5 or off <= max(units * max(unit(a), unit(b)), share * big):
        return True
    points = 0 <= min(x, y) and 1 <= big <= 100 and min(unit(a), unit(b)) > 0.009
    return trained and points and off <= 3


def same(a, b, before, after, trained):
    "Whether a number printed between the words `before` and `after` may stand for another."
    if a == b:
        return True
    whole = all(re.fullmatch(r'[-+]?\d+\.?', n) for n in (a, b))
    if re.search(r'\w=$', before) or whole and not re.match('%|points', after):
        return False
    return near(a, b, trained)


def agree(old, now, i, trained):
    "Whether two lists of pieces agree at place `i`."
    if old[i] == now[i]:
        return True
    return i % 2 == 1 and same(old[i], now[i], old[i - 1], old[i + 1], trained)


def difference(stored, new, trained=False):
    "The first place where two texts differ, in words; None if they agree."
    old, now = pieces(stored), pieces(new)
    shared = range(min(len(old), len(now)))
    first = next((i for i in shared if not agree(old, now, i, trained)), None)
    if first is None and len(old) == len(now):
        return None
    start = max((shared[-1] if first is None else first) - 2, 0)
    there, here = (' '.join(parts[start:])[:90] for parts in (old, now))
    return f'stored {there!r}, now {here!r}'


def stale(stored, new):
    "What the cells of a notebook show otherwise than when their outputs were stored."
    code = [c for c in stored.cells if c.cell_type == 'code']
    now = {c.id: c for c in new.cells}
    trained = any(TRAINS.search(c.source) for c in code)
    found = {c.id: difference(printed(c), printed(now[c.id]), trained) for c in code}
    return [f'cell {name}: {what}' for name, what in found.items() if what]


def execute(path, root):
    "Run a notebook of the copy `root` as nbdev-test does, and store its outputs."
    import pandas
    from nbdev.config import get_config
    from nbdev.test import test_nb

    pandas.set_option('display.max_columns', 20)  # as in Jupyter; by itself it takes a terminal's
    cfg = get_config(path.parent)
    passed, _ = test_nb(
        path,
        skip_flags=cfg.tst_flags.split(),
        basepath=root,
        save=True,
        cell_timeout=cfg.cell_timeout,
    )
    loky = sys.modules.get('joblib.externals.loky')
    if loky:  # idle workers would keep this process alive for five minutes
        loky.get_reusable_executor().shutdown(kill_workers=True)
    sys.exit(not passed)


def slow_first(paths):
    "The order in which notebooks are started: at the end only short ones are left."
    return sorted(paths, key=lambda p: p.parent.name not in SLOW_FOLDERS)


def run_notebooks(paths, root):
    """Run notebooks in `root`, a copy of the project, two at a time, each in a process of its own.
    Yields path, problems and seconds of each, in the order in which they were started."""
    copy_project(root)
    (root / 'data').symlink_to(ROOT / 'data')
    os.environ.update(THREADS, PYTHONPATH=str(root))
    processes = multiprocessing.get_context('forkserver')
    processes.set_forkserver_preload(PRELOADED)

    def run_one(path):
        copy, start = root / rel(path), time.time()
        process = processes.Process(target=execute, args=(copy, root))
        process.start()
        process.join()
        if process.exitcode:
            problems = ['see above']
        else:
            problems = stale(read_nb(path), read_nb(copy))
        return path, problems, time.time() - start

    with ThreadPoolExecutor(WORKERS) as pool:
        yield from pool.map(run_one, paths)
