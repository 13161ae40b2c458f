"Exercises: numbered questions, and a folded cell of code with the solution of each."

import re

from fastcore.nbio import read_nb

from common import notebooks, rel

HEADING = '## Exercises'
ANSWERED = '<details>'  # questions for the shell have their solutions in the text
TITLE = re.compile(r'# ?@title Solution (\d+)\n')  # Colab shows it in place of the code
ASSERTS = re.compile(
    r'^ *(assert |test_eq\(|test_close\(|close\(|torch\.testing\.assert_close\()', re.M
)
FOLDED = dict(cellView='form', jupyter=dict(source_hidden=True), tags=['hide-input'])


def fold(nb):
    "Hide the code of each solution: in Colab, in JupyterLab and on the site."
    for cell in nb.cells:
        if cell.cell_type == 'code' and TITLE.match(cell.source):
            cell.metadata = {**cell.metadata, **FOLDED}


def problems_of(nb):
    "What is wrong with the exercises of one notebook."
    texts = [c.source for c in nb.cells if c.cell_type == 'markdown']
    asked = [t for t in texts if t.startswith(HEADING + '\n') and ANSWERED not in t]
    asked = [int(n) for t in asked for n in re.findall(r'^(\d+)\. ', t, re.M)]
    solved = [c for c in nb.cells if c.cell_type == 'code' and TITLE.match(c.source)]
    numbers = [int(TITLE.match(c.source)[1]) for c in solved]
    yield from (f'exercise {n} has no solution' for n in asked if n not in numbers)
    yield from (f'solution {n} has no exercise' for n in numbers if n not in asked)
    if numbers != sorted({*numbers}):
        yield f'solutions stand in the order {numbers}'
    for number, cell in zip(numbers, solved):
        if any(cell.metadata.get(key) != value for key, value in FOLDED.items()):
            yield f'solution {number} is not folded, "make readme" does it'
        if not ASSERTS.search(cell.source):
            yield f'solution {number} asserts nothing'
        if not cell.outputs:
            yield f'solution {number} shows nothing'


def exercises():
    "Each exercise has a solution that is folded, checks itself and shows a value."
    return [f'{rel(p)}: {what}' for p in notebooks() for what in problems_of(read_nb(p))]
