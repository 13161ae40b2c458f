"""Stored rows to one flat row per (run, method, part, session), or per (run, method, part).

Ran once, on the files of commit b63a3b5; no number is changed, only where it stands.
glyphs, digits, domains (rows of sessions): the parts of SAFE, until now methods 'slow' and 'fast', become
    method 'SAFE' with part 'slow' and 'fast'; n_sessions and n_test (from the streams) are added; forgetting, which was
    on the last row of each run, goes: it follows from group_accuracy, to the last digit (asserted).
systems, search, transfer_loss, transfer_loss_ptm, tuning, ablations, departures (rows of whole runs): method, part and
    stream are added; columns slow, fast, slow_average, fast_average, final, average, join_* become final_acc and avg_acc
    of a row for each part. Keys of the jobs stay, except variant 'SAFE' of ablations, which ran with
    aggregation=concat and is now named 'concat'.
cost, data_path: no runs over streams; untouched.
"""

import json
from functools import cache
from pathlib import Path

import numpy as np

from safe_nb.bench.recipes import make_learner
from safe_nb.data.streams import load_stream
from safe_nb.learners import metrics
from safe_nb.learners.evaluate import accuracy_matrix
from safe_nb.models.backbones import glyph_backbone

HERE = Path(__file__).parent
VERSIONS = 'device', 'torch', 'timm', 'safe_nb', 'date'
BACKBONE = glyph_backbone()


def read(name):
    return [json.loads(line) for line in (HERE / f'{name}.jsonl').read_text().splitlines()]


def write(name, rows):
    text = ''.join(json.dumps(row, ensure_ascii=False) + '\n' for row in rows)
    (HERE / f'{name}.jsonl').write_text(text)


@cache
def n_test(stream, seed):
    return [len(s.test) for s in load_stream(stream, seed=seed)]


@cache
def method_of(learner):
    return make_learner(learner, BACKBONE).name


def split(row, job, measured):  # job first, versions last, `measured` between
    head = {k: row[k] for k in job if k in row}
    return head | measured | {k: row[k] for k in VERSIONS}


def session_rows(name, job):
    rows, runs = [], {}
    for old in read(name):
        part = old['method'] if old['method'] in ('slow', 'fast') else ''
        counts = n_test(old['stream'], old['seed'])
        new = split(
            old,
            job,
            dict(
                method='SAFE' if part else old['method'],
                part=part,
                stream=old['stream'],
                session=old['session'],
                n_sessions=len(counts),
                accuracy=old['accuracy'],
                group_accuracy=old['group_accuracy'],
                n_test=counts,
                seconds=old['seconds'],
                n_trainable=old['n_trainable'],
            ),
        )
        rows.append(new)
        runs.setdefault((old['learner'], old['seed'], part), []).append((old, new))
    for pairs in runs.values():
        A = accuracy_matrix([new for _, new in pairs])
        curve = metrics.top1_curve(A, pairs[0][1]['n_test'])
        np.testing.assert_allclose(curve, [old['accuracy'] for old, _ in pairs], rtol=1e-14)
        assert metrics.forgetting(A) == pairs[-1][0]['forgetting']
    write(name, rows)


def run_row(row, job, method, part, stream, final, average, **more):
    if part:
        more = {}
    return split(
        row,
        job,
        dict(method=method, part=part, stream=stream, final_acc=final, avg_acc=average) | more,
    )


def systems(row):
    more = {k: row[k] for k in ('forgetting', 'curve', 'n_trainable', 'n_stored', 'n_replay', 'seconds')}
    a, b = row['final_acc'], row['avg_acc']
    yield run_row(row, ('learner', 'data', 'seed'), row['method'], '', row['data'], a, b, **more)


def search(row):
    job, method = ('learner', 'settings', 'data', 'seed'), method_of(row['learner'])
    yield run_row(row, job, method, '', row['data'], row['final_acc'], row['avg_acc'])


def transfer_loss(row):
    more = {k: row[k] for k in ('tuned_on', 'later')}
    job, a, b = ('data', 'diag', 'rdn', 'seed'), row['final_acc'], row['avg_acc']
    yield run_row(row, job, 'slow learner', '', row['data'], a, b, **more)


def transfer_loss_ptm(row):
    method = method_of('ranpac_no_pet')
    yield run_row(row, ('data', 'seed'), method, '', row['data'], row['final_acc'], None)


def tuning(row):
    a, b = row['final_acc'], row['avg_acc']
    if 'lr' in row:
        yield run_row(row, ('lr', 'epochs', 'seed'), 'RanPAC', '', 'glyphs', a, b)
        return
    job = 'fast_lr', 'fast_epochs', 'lambda_cos', 'seed'
    yield run_row(row, job, 'SAFE', '', 'glyphs', a, b)
    for part in ('slow', 'fast'):
        yield run_row(row, job, 'SAFE', part, 'glyphs', row[part], None)


def ablations(row):
    if row['variant'] == 'SAFE':
        assert row['settings'] == 'aggregation=concat'
        row = row | dict(variant='concat', final=row['join_concat'], average=None)
    job = 'variant', 'seed', 'settings'
    yield run_row(row, job, 'SAFE', '', 'glyphs', row['final'], row['average'])
    for part in ('slow', 'fast'):
        yield run_row(row, job, 'SAFE', part, 'glyphs', row[part], row[f'{part}_average'])
    for part in ('sum', 'max', 'entropy'):
        if f'join_{part}' in row:
            yield run_row(row, job, 'SAFE', part, 'glyphs', row[f'join_{part}'], None)
    for part in ('slow', 'fast'):
        if f'join_{part}' in row:
            assert abs(row[f'join_{part}'] - row[part]) < 1e-12


def departures(row):
    job, more = ('variant', 'seed', 'settings'), {k: row[k] for k in ('peeked', 'peeked_average')}
    yield run_row(row, job, 'SAFE', '', 'glyphs', row['final'], row['average'], **more)
    for part in ('slow', 'fast'):
        yield run_row(row, job, 'SAFE', part, 'glyphs', row[part], row[f'{part}_average'])


for name, job in (
    ('glyphs', ('learner', 'data', 'seed')),
    ('digits', ('learner', 'data', 'seed')),
    ('domains', ('learner', 'seed')),
):
    session_rows(name, job)
for f in (systems, search, transfer_loss, transfer_loss_ptm, tuning, ablations, departures):
    write(f.__name__, [new for row in read(f.__name__) for new in f(row)])
