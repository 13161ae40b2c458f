"""Run the notebooks of nbs/9_gpu in full on replicas of their datasets, drawn by safe_nb.

    python .ci/replicas.py [70 71 ...] [--store] [--backbone NAME] [--weights random|FILE]
                           [--size 224] [--full]
Without options: all seven, with the embedded backbone at 32 pixels and two epochs; fails if one
fails. --store keeps the outputs in the notebooks, --full trains with the recipe's epochs and
random features."""

import argparse
import os
import re
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import nbformat
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError

from safe_nb.testing.replicas import make_replica

GPU = Path(__file__).resolve().parents[1] / 'nbs' / '9_gpu'
SECONDS = 1800  # for one cell


def parameters(nb):
    "The place of the cell in which a notebook chooses its benchmark."
    starts = [c.cell_type == 'code' and c.source.startswith('# Parameters') for c in nb.cells]
    return starts.index(True)


def changes(name, args, tmp):
    "The code that sends a notebook to a replica of its dataset below `tmp`."
    changed = dict(
        root=str(tmp / name),
        out=str(tmp / 'runs' / name),
        backbone=args.backbone,
        weights=args.weights,
        size=args.size,
        trial=not args.full,
        progress=False,
    )
    return f'from dataclasses import replace\nb = replace(b, **{changed!r})'


def client(nb):
    "What executes a notebook in its folder."
    return NotebookClient(
        nb,
        timeout=SECONDS,
        coalesce_streams=True,
        kernel_name='python3',
        resources=dict(metadata=dict(path=str(GPU))),
    )


def execute(path, args, tmp):
    "Run one notebook; returns what went wrong, None if nothing did."
    nb, start = nbformat.read(path, 4), time.time()
    at = parameters(nb)
    name = re.search(r"Benchmark\(\s*'(\w+)'", nb.cells[at].source)[1]
    make_replica(name, tmp / name)
    nb.cells.insert(at + 1, nbformat.v4.new_code_cell(changes(name, args, tmp)))
    try:
        client(nb).execute()
    except CellExecutionError as e:
        return re.sub(r'\x1b\[[0-9;]*m', '', str(e))[-1500:]
    finally:
        print(f'{path.name}: {time.time() - start:.0f} s', flush=True)
    if args.store:
        del nb.cells[at + 1]
        nbformat.write(nb, path)


def arguments():
    p = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    p.add_argument('numbers', nargs='*', help='which notebooks; default: all')
    p.add_argument('--store', action='store_true')
    p.add_argument('--backbone', default='glyph')
    p.add_argument('--weights', default=None)
    p.add_argument('--size', type=int, default=32)
    p.add_argument('--full', action='store_true')
    p.add_argument('--workers', type=int, default=2)
    return p.parse_args()


def main():
    args = arguments()
    paths = sorted(GPU.glob('7*.ipynb'), reverse=True)  # DomainNet takes longest
    paths = [p for p in paths if not args.numbers or p.name[:2] in args.numbers]
    if args.workers > 1:
        os.environ.update(OMP_NUM_THREADS='1', MKL_NUM_THREADS='1')
    with tempfile.TemporaryDirectory() as d, ThreadPoolExecutor(args.workers) as pool:
        errors = list(pool.map(lambda p: execute(p, args, Path(d)), paths))
    failed = {p.name: e for p, e in zip(paths, errors) if e}
    for name, e in failed.items():
        print(f'{name} failed: {e}')
    print(f'{len(paths) - len(failed)} of {len(paths)} GPU notebooks ran on replicas.')
    return bool(failed) or not paths


if __name__ == '__main__':
    sys.exit(main())
