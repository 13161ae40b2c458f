"What is made from notebooks: README.md, the Colab cells, the modules."

import posixpath
import re
import tempfile
from base64 import b64decode
from pathlib import Path

from fastcore.nbio import mk_cell, nb2str, read_nb

from common import LIB, NBS, ROOT, contents, copy_project, notebooks, rel, run, settings
from exercises import fold

FROM = '**Stored outputs**: '
BADGE = '[![Open in Colab]('
MACHINE = re.compile(r'(?<![\w.~/-])/(root|home|work|tmp|Users)\b[\w./-]*')
GPU = (
    '# On Colab a GPU pays here: Runtime > Change runtime type > T4 GPU, before this cell is run.\n'
)
BAR = re.compile(r'\r|%\|[^|\n]*\| *\d+/\d+|\d(it/s|s/it)\b')
KB, KB_RUNS = 150, 300  # of a notebook, and of one that stores the results of long runs


def update(files, check):
    "Bring `files` (path -> content, None: no such file) to disk, or name those that differ."
    problems = []
    for path, new in files.items():
        if (path.read_bytes() if path.exists() else None) == new:
            continue
        if check:
            problems.append(f'{rel(path)} is not up to date')
        elif new is None:
            path.unlink()
        else:
            path.parent.mkdir(exist_ok=True)
            path.write_bytes(new)
    return problems


def from_root(text):
    "Links relative to nbs/ become relative to the repository's root; code blocks are left alone."

    def fix(m):
        return m[1] + posixpath.normpath(posixpath.join('nbs', m[2])) + m[3]

    markdown = r'(\]\()(?![a-z]+:|#|/)([^)\s#]+)([^)]*\))'
    html = r'''(<(?:img|a|source)\b[^>]*?(?:src|href|srcset)=["'])(?![a-z]+:|#|/)([^"'#]+)(["'#])'''
    parts = re.split(r'(^```.*?^```)', text, flags=re.S | re.M)
    for i in range(0, len(parts), 2):
        parts[i] = re.sub(html, fix, re.sub(markdown, fix, parts[i]))
    return ''.join(parts)


def shown(out, alt, images):
    "Markdown for one output. A picture goes to `images`: path -> bytes."
    data = out.get('data', {})
    if 'image/png' in data:
        path = NBS / 'images' / f'readme_{len(images) + 1}.png'
        images[path] = b64decode(data['image/png'])
        return f'![{alt}]({rel(path)})'
    if 'text/markdown' in data:
        return from_root(data['text/markdown'].strip())
    text = re.sub(r'\x1b\[[0-9;]*m', '', out.get('text', data.get('text/plain', ''))).rstrip()
    return f'```text\n{text}\n```' if text else ''


def as_markdown(cell, images):
    "The pieces of README.md that one cell of the index gives."
    if cell.cell_type == 'markdown':
        return [from_root(cell.source.strip())]
    d = cell.directives
    hidden = 'hide' in d or 'default_exp' in d or d.get('include') == 'false'
    if cell.cell_type != 'code' or cell.id == 'colab' or hidden:
        return []
    cell.remove_directives()
    parts, code = [], cell.source.strip()
    if code and d.get('echo') != 'false' and 'hide_input' not in d:
        parts.append(f'```python\n{code}\n```')
    if d.get('output') == 'false' or 'hide_output' in d:
        return parts
    alt = d.get('fig-alt', 'Output of the cell above')
    return parts + [shown(o, alt, images) for o in cell.outputs]


def readme(check=False):
    "README.md and its pictures are what nbs/index.ipynb gives."
    if not (NBS / 'index.ipynb').exists():
        return ['nbs/index.ipynb is missing']
    images, old = {}, (NBS / 'images').glob('readme_*.png')
    parts = [p for c in read_nb(NBS / 'index.ipynb').cells for p in as_markdown(c, images)]
    text = '\n\n'.join(p for p in parts if p) + '\n'
    return update({**dict.fromkeys(old), **images, ROOT / 'README.md': text.encode()}, check)


def origin_line(nb):
    "What a GPU notebook says at its top about its stored outputs: a sentence its run wrote."
    start = 'The outputs of this notebook come'
    outs = [o for c in nb.cells if c.cell_type == 'code' for o in c.outputs]
    said = [o.get('data', {}).get('text/markdown', '') for o in outs]
    for text in said:
        if text.startswith(start + ' from '):
            return FROM + text.replace(start, 'they come', 1)
    return FROM + 'none; this notebook has not been run.'


def with_badge(nb, path, cell, url):
    "The first text of a notebook, with its link to Colab and the origin of its stored outputs."
    lines = [line for line in cell.source.splitlines() if not line.startswith(BADGE)]
    if path.parent.name == '9_gpu':
        lines = [origin_line(nb) if line.startswith(FROM) else line for line in lines]
    return '\n'.join(lines).rstrip() + (
        f'\n\n{BADGE}https://colab.research.google.com/assets/colab-badge.svg)]'
        f'(https://colab.research.google.com/github/{url}/{rel(path)})'
    )


def install_cell(owner, branch, folder):
    "The code that gets the package onto Colab and goes to the notebook's folder."
    name = owner.split('/')[1]
    pays = GPU if folder.endswith('9_gpu') else ''
    return pays + (
        '# Colab only: install the package and fetch the files that the checks read.\n'
        "import sys\n\nif 'google.colab' in sys.modules:\n"
        f'    !git clone -q --depth 1 -b {branch} https://github.com/{owner}.git\n'
        f'    !pip install -q ./{name}\n    %cd {name}/{folder}'
    )


def for_colab(path, owner, branch):
    "The notebook with its link and its install cell as they should be; None if it has no text."
    nb = read_nb(path)
    first = next((i for i, c in enumerate(nb.cells) if c.cell_type == 'markdown'), None)
    if first is None:
        return None
    nb.cells[first].source = with_badge(nb, path, nb.cells[first], f'{owner}/blob/{branch}')
    for c in nb.cells:  # `pip install git+...` in the prose
        if c.cell_type == 'markdown':
            address = r'git\+https://github\.com/[\w.-]+/[\w-]+'
            c.source = re.sub(address, f'git+https://github.com/{owner}', c.source)
    install = mk_cell(install_cell(owner, branch, rel(path.parent)), id='colab')
    nb.cells[first + 1 :] = [install, *(c for c in nb.cells[first + 1 :] if c.id != 'colab')]
    fold(nb)
    return nb2str(nb).encode()


def colab(check=False):
    "Each notebook links to itself on Colab, installs the package there, and folds its solutions."
    s = settings()
    owner = re.fullmatch(r'https://github\.com/([\w.-]+/[\w.-]+?)(\.git)?/?', s['git_url'])
    if not owner:
        want = 'git_url should be https://github.com/OWNER/NAME'
        return [f"settings.ini: {want}, got {s['git_url']}"]
    files = {p: for_colab(p, owner[1], s['branch']) for p in notebooks()}
    empty = [f'{rel(p)} has no markdown cell' for p, new in files.items() if new is None]
    return empty + update({p: new for p, new in files.items() if new is not None}, check)


def unclean(path):
    "What should not be in a stored notebook."
    nb, folder = read_nb(path), path.relative_to(NBS).parts[0]
    code = [c for c in nb.cells if c.cell_type == 'code' and c.id != 'colab']
    code = [c for c in code if not c.has_directive('default_exp')]
    outs = [o for c in code for o in c.outputs]
    data = [(k, v) for o in outs for k, v in o.get('data', {}).items()]
    words = [o.get('text', '') for o in outs] + [v for k, v in data if k.startswith('text/')]
    limit = KB_RUNS if folder in ('8_reproduce', '9_gpu') else KB
    if path.stat().st_size > limit * 1024:
        yield f'is over {limit} KB'
    if any(o.output_type == 'error' for o in outs):
        yield 'holds an error'
    if any(o.get('name') == 'stderr' for o in outs):
        yield 'holds text from stderr'
    if any(map(BAR.search, words)) or any('widget' in k for k, v in data):
        yield 'holds a progress bar'
    found = next(filter(None, map(MACHINE.search, words + [c.source for c in nb.cells])), None)
    if found:
        yield f'holds the path of a machine, {found[0]}'
    if any("'google.colab' in sys.modules" in c.source for c in code):
        yield 'installs itself on Colab twice'
    if code and not outs and folder != '9_gpu':
        yield 'was stored without outputs'


def made_anew(copy):
    "Make everything anew in a copy of the project; returns what failed."
    for p in (copy / LIB.name).rglob('*.py'):
        if p.name != '__init__.py':  # written by hand
            p.unlink()
    project = 'python .ci/project.py'
    for command in ('nbdev-export', 'nbdev-clean', f'{project} colab', f'{project} readme'):
        code, text = run(*command.split(), cwd=copy)
        if code:
            yield f'{command} failed: {text.strip()}'


def step():
    "Modules, README and Colab links, made anew in a copy, are the same; stored outputs are clean."
    problems = [f'{rel(p)} {what}' for p in notebooks() for what in unclean(p)]
    with tempfile.TemporaryDirectory() as d:
        copy, ours = copy_project(Path(d)), contents(ROOT)
        problems += made_anew(copy)
        new = contents(copy)
    for name in sorted({*ours, *new}):
        if name not in new:
            problems.append(f'{name} comes from no notebook')
        elif name not in ours:
            problems.append(f'{name} was not exported')
        elif ours[name] != new[name]:
            problems.append(f'{name} changes when it is made anew')
    return problems
