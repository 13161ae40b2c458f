"Lint, exercises, lengths, and links."

import ast
import os
import re
from itertools import pairwise
from pathlib import Path

from fastcore.nbio import read_nb

from common import ROOT, modules, notebooks, rel, run
from exercises import exercises

CODE = ('nbs', '.ci', 'setup.py')
MODULE_LINE = 120  # characters; `__all__` is one line, however long
CELL_LINES, FUNCTION_LINES = 60, 45


def lint():
    "ruff finds nothing to say or to change, no module has long lines, exercises have solutions."
    problems = exercises()
    for args in (
        ['check', '--output-format', 'concise', *CODE, 'safe_nb'],
        ['format', '--check', *CODE],
    ):
        code, text = run('ruff', *args, '--quiet', '--no-cache')
        if code:
            problems += text.splitlines() or [f'ruff {args[0]} failed']
    for path in modules().values():
        for i, line in enumerate(path.read_text(encoding='utf-8').splitlines(), 1):
            if len(line) > MODULE_LINE and not line.startswith('__all__'):
                problems.append(f'{rel(path)}:{i} has {len(line)} characters')
    return problems


def length(source):
    "The lines of a cell of code; a table, that is an assignment, counts as one."
    try:
        tables = [n for n in ast.parse(source).body if isinstance(n, ast.Assign)]
    except SyntaxError:  # a line for the shell
        tables = []
    return len(source.splitlines()) - sum(n.end_lineno - n.lineno for n in tables)


def sizes():
    "No cell of code and no exported function is so long that it has to be scrolled."
    problems = []
    for path in notebooks():
        for cell in read_nb(path).cells:
            if cell.cell_type == 'code' and (n := length(cell.source)) > CELL_LINES:
                problems.append(f'{rel(path)}: cell {cell.id} has {n} lines')
    for path in modules().values():
        for node in ast.walk(ast.parse(path.read_text(encoding='utf-8'))):
            if isinstance(node, ast.FunctionDef):
                n = node.end_lineno - node.lineno + 1
                if n > FUNCTION_LINES:
                    problems.append(f'{rel(path)}: {node.name} has {n} lines')
    return problems


def prose(text):
    "Markdown without code and formulas, in which brackets are no links."
    return re.sub(r'```.*?```|`[^`\n]*`|\$\$.*?\$\$|\$[^$\n]*\$', '', text, flags=re.S)


def targets(text):
    "The relative links of a piece of Markdown, without anchors."
    found = re.findall(
        r'''\]\(([^)\s]+)|<(?:a|img|source)\b[^>]*?(?:href|src|srcset)=["']([^"']+)''', prose(text)
    )
    links = [(a or b).split('#')[0] for a, b in found]
    return [link for link in links if link and not re.match('[a-z]+:', link)]


def texts(path):
    "The Markdown cells of a notebook."
    return [c.source for c in read_nb(path).cells if c.cell_type == 'markdown']


def next_link(path):
    "The notebook to which the line `Next: [title](path)` of a notebook's last Markdown cell leads."
    found = re.findall(r'Next: \[[^\n]*?\]\(([^)\s#]+)', ''.join(texts(path)[-1:]))
    return (path.parent / found[-1]).resolve() if found else None


def links():
    "Relative links lead to files; the last text of each notebook links to the next one to read."
    problems = []
    for path, parts in [(p, texts(p)) for p in notebooks()] + [
        (ROOT / 'README.md', [(ROOT / 'README.md').read_text(encoding='utf-8')])
    ]:
        for link in [link for text in parts for link in targets(text)]:
            if not (path.parent / link).exists():
                problems.append(f'{rel(path)}: {link} does not exist')
    for path, after in pairwise(notebooks()):
        found, to = next_link(path), Path(os.path.relpath(after, path.parent)).as_posix()
        if found is None:
            problems.append(f'{rel(path)}: no "Next: [..]({to})" in its last text')
        elif found != after:
            problems.append(f'{rel(path)}: Next should lead to {rel(after)}')
    return problems
