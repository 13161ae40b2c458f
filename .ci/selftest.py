"Faults planted in a copy, and the checks that should name them."

import tempfile
from pathlib import Path

from fastcore.nbio import dict2nb, mk_cell, nb2str, read_nb

from common import contents, copy_project, run
from docs.check import Reader, broken
from docs.pages import clean_code, clean_text
from docs.reference import module_page
from drawing import Drawing
from outputs import changes, difference, stale

NOTEBOOK = 'nbs/plumbing/01_core.ipynb'  # gets a cell of code and a last text with faults
STDERR = dict(output_type='stream', name='stderr', text='/home/me')
LINES = {  # module -> what is appended to it
    'safe_nb/stale.py': 'x = 1',
    'safe_nb/core.py': f'from .bench.runner import run\nundefined_name  #{"-" * 120}',
    'safe_nb/pets/base.py': 'from .adapter import Adapter',
    'safe_nb/pets/adapter.py': 'from . import base',
    'nbs/images/framework.svg': '<!-- by hand -->',
}
NAMED = {  # command -> what it should say
    'step': [
        'safe_nb/stale.py comes from no notebook',
        'safe_nb/core.py changes',
        'holds text from stderr',
        'holds the path of a machine, /home/me',
        'installs itself on Colab twice',
    ],
    'imports': [
        'safe_nb/core.py imports bench.runner: core does not stand on bench',
        'safe_nb/pets/base.py is part of a circle of imports',
        'stale has no floor',
    ],
    'lint': [
        'F821 Undefined name `undefined_name`',
        f'{NOTEBOOK}:cell',
        'has 137 characters',
        'exercise 1 has no solution',
        'solution 2 is not folded',
        'solution 2 asserts nothing',
        'solution 2 shows nothing',
        'solution 3 has no exercise',
    ],
    'sizes': [f'{NOTEBOOK}: cell fault has 99 lines'],
    'links': [f'{NOTEBOOK}: nowhere.ipynb does not exist', f'{NOTEBOOK}: no "Next: '],
    'colab --check': [f'{NOTEBOOK} is not up to date'],
    'drawings --check': ['nbs/images/framework.svg is not up to date'],
}

# text, a fault in it, and the same text as another run may print it
TEXTS = [
    ('TrainConfig(lr=0.03, clip=1.0)', 'TrainConfig(lr=0.05, clip=1.0)', None),
    ('TrainConfig(lr=0.03)', 'TrainConfig(lr=0.03, clip=1.0)', None),
    ("{'G': (64, 64)}", "{'G': (64, 65)}", "{'G':  (64, 64)}"),
    ("{'slow': 0.4995}", "{'fast': 0.4995}", "{'slow': 0.4996}"),
    ("{'lr': 0.03}", "{'lr': 0.05}", None),
    ('loss 1.058', 'loss 1.158', 'loss 1.057'),
    ('tensor([1.25, 1.50])', 'tensor([1.25])', 'tensor([ 1.24,  1.50])'),
    ('48 images in 12.3 s', '47 images in 12.3 s', '48 images in 0.9 s'),
    ('gap 3e-09', 'gap 3e-03', 'gap 8e-09'),
    (
        '<Ball at 0x7f01>, 2026-11-28',
        '<Cube at 0x7f01>, 2026-11-28',
        '<Ball at 0x7e55>, 2027-01-02',
    ),
]
TRAINED = ('final 56.25 %, 20 classes', 'final 61.25 %, 20 classes', 'final 54.58 %, 20 classes')


def notebook(text):
    "A notebook of one cell that prints a text."
    out = dict(output_type='stream', name='stdout', text=text)
    return dict2nb(dict(cells=[mk_cell('1', id='one', outputs=[out])]))


def comparing():
    "What the comparison of stored outputs lets pass, or stops in vain."
    problems = []
    for (stored, fault, fine), trained in [*((t, False) for t in TEXTS), (TRAINED, True)]:
        if not difference(stored, fault, trained):
            problems.append(f'outputs: {fault!r} counts as {stored!r}')
        if fine and difference(stored, fine, trained):
            problems.append(f'outputs: {fine!r} does not count as {stored!r}')
    if not ''.join(stale(notebook('0.5'), notebook('0.9'))).startswith('cell one: stored'):
        problems.append('outputs: a stale cell is not named')
    if (
        len(changes(dict(same=b'0', more=b'1', gone=b'2'), dict(same=b'0', more=b'11', new=b'')))
        != 3
    ):
        problems.append('outputs: changed, removed and new rows are not named')
    return problems


def overlapping():
    "What the check of drawings lets pass."
    d = Drawing(120, 90, 'with faults')
    d.text(60, 30, 'out')
    d.text(64, 34, 'meets')
    d.box(10, 50, 60, 30, 'too wide for it')
    d.text(100, 70, 'leaves')
    wanted = "'meets' meets 'out'", "'too wide for it' is crossed", "'leaves' leaves the card"
    found = ' '.join(d.problems())
    return [f'drawings: nothing says {w}' for w in wanted if w not in found]


SOURCE = '''"A *module*."
__all__ = ['double']


def double(
    x: int,  # what is doubled, (B,)
    times: int = 2,
) -> int:  # the result
    "`x` times two."
'''


def site():
    "What pages of the documentation site lose, or keep in vain."
    text = '# A\n\n> what it is\n\n[b](../b/c.ipynb), [all](../index.ipynb), [d](../../data/x.md)'
    page = clean_text(f'{text} `[e](f)`', 'a/a.ipynb')
    cell = mk_cell('#| export\n#| echo: false\nx = 1', id='one')
    wanted = {
        'clean_text': (page, ['{.subtitle}\nwhat it is', '(../b/c.ipynb)', '`[e](f)`']),
        'links': (page, ['(../overview.ipynb)', '/blob/', 'data/x.md)']),
        'clean_code': (str(dict(clean_code(cell, ''))), ["'x = 1'", 'remove-input']),
        'module_page': (
            module_page('m', SOURCE),
            ['A \\*module\\*.', 'double(x, times=2)', '| `x` | `int` |  | what is doubled'],
        ),
    }
    problems = [f'{n}: {w} is missing' for n, (t, ws) in wanted.items() for w in ws if w not in t]
    if clean_code(mk_cell('#| hide\nx = 1', id='two'), '') is not None:
        problems.append('clean_code: a hidden cell is shown')
    files = {'a.html': 1, 'b/c.html': 1}
    readers = dict.fromkeys(files, Reader('<h1 id="top">A</h1>'))
    wrong = [w for w in ('b/d.html', 'b/c.html#end') if not broken('a.html', w, files, readers)]
    wrong += [w for w in ('b/c.html#top', '#top') if broken('a.html', w, files, readers)]
    return [f'docs: {p}' for p in problems + wrong]


def plant(copy):
    "Put all faults into a copy of the project."
    for name, text in LINES.items():
        with (copy / name).open('a', encoding='utf-8') as f:
            f.write(f'\n{text}\n')
    nb = read_nb(copy / NOTEBOOK)
    nb.cells = [c for c in nb.cells if c.id != 'colab'] + [
        mk_cell('\n'.join(['undefined_name'] * 99), id='fault', outputs=[STDERR]),
        mk_cell("'google.colab' in sys.modules", id='twice'),
        mk_cell('## Exercises\n\n1. Why?\n2. How?', 'markdown', id='exercises'),
        mk_cell('# @title Solution 2\n2', id='solution2'),
        mk_cell('# @title Solution 3\n3', id='solution3'),
        mk_cell('[the end](nowhere.ipynb)', 'markdown', id='last'),
    ]
    (copy / NOTEBOOK).write_text(nb2str(nb), encoding='utf-8')


def selftest():
    "Faults planted in a copy are named by the check that is there for them; it mends nothing."
    problems = comparing() + overlapping() + site()
    with tempfile.TemporaryDirectory() as d:
        copy = copy_project(Path(d))
        plant(copy)
        before = contents(copy)
        for command, wanted in NAMED.items():
            code, text = run('python', '.ci/project.py', *command.split(), cwd=copy)
            missing = [w for w in wanted if not code or w not in text]
            problems += [f'{command} does not say: {w}' for w in missing]
        if contents(copy) != before:
            problems.append('a check changed the files that it checks')
    return problems
