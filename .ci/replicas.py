"""Run the notebooks of nbs/9_gpu in full on replicas of their datasets: pictures drawn by safe_nb in the layout of each.
    python .ci/replicas.py [70 71 ...] [--store] [--backbone NAME] [--weights random|FILE] [--size 224] [--full]
Without options: all seven, with the embedded backbone at 32 pixels and two epochs; fails if one fails.
--store keeps the outputs in the notebooks, --full trains with the recipe's epochs and random features."""

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


def execute(path, args, tmp):
    "Run one notebook; returns what went wrong, None if nothing did."
    nb, start = nbformat.read(path, 4), time.time()
    at = next(
        i
        for i, c in enumerate(nb.cells)
        if c.cell_type == 'code' and c.source.startswith('# Parameters')
    )
    name = re.search(r"Benchmark\(\s*'(\w+)'", nb.cells[at].source)[1]
    make_replica(name, tmp / name)
    changed = dict(
        root=str(tmp / name),
        out=str(tmp / 'runs' / name),
        backbone=args.backbone,
        weights=args.weights,
        size=args.size,
        trial=not args.full,
        progress=False,
    )
    nb.cells.insert(
        at + 1,
        nbformat.v4.new_code_cell(
            f'from dataclasses import replace\nb = replace(b, **{changed!r})'
        ),
    )
    try:
        NotebookClient(
            nb,
            timeout=1800,
            coalesce_streams=True,
            kernel_name='python3',
            resources=dict(metadata=dict(path=str(GPU))),
        ).execute()
    except CellExecutionError as e:
        return re.sub(r'\x1b\[[0-9;]*m', '', str(e))[-1500:]
    finally:
        print(f'{path.name}: {time.time() - start:.0f} s', flush=True)
    if args.store:
        del nb.cells[at + 1]
        nbformat.write(nb, path)


def main():
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
    args = p.parse_args()
    paths = [
        q for q in sorted(GPU.glob('7*.ipynb')) if not args.numbers or q.name[:2] in args.numbers
    ]
    if args.workers > 1:
        os.environ.update(OMP_NUM_THREADS='1', MKL_NUM_THREADS='1')
    with tempfile.TemporaryDirectory() as d, ThreadPoolExecutor(args.workers) as pool:
        failed = {
            q.name: e
            for q, e in zip(paths, pool.map(lambda q: execute(q, args, Path(d)), paths))
            if e
        }
    for name, e in failed.items():
        print(f'{name} failed: {e}')
    print(f'{len(paths) - len(failed)} of {len(paths)} GPU notebooks ran on replicas.')
    return bool(failed) or not paths


if __name__ == '__main__':
    sys.exit(main())
