"""The project's own checks and generated files.

    python .ci/project.py readme [--check]    README.md from nbs/index.ipynb
    python .ci/project.py colab [--check]     Colab link and install cell of every notebook
    python .ci/project.py lint                ruff, its formatter, and the lines of the modules
    python .ci/project.py sizes               cells and functions are not too long
    python .ci/project.py links               links lead to files, and on in the reading order
    python .ci/project.py imports             arrows between rooms run one way, without circles
    python .ci/project.py step                notebooks, modules, README.md agree; outputs are clean
    python .ci/project.py wheel               a built wheel holds the whole package
    python .ci/project.py selftest            the checks above notice planted faults
    python .ci/project.py replicas            GPU notebooks run in full on replicas of the datasets
    python .ci/project.py outputs [NB...]     notebooks run and show what they have stored
    python .ci/project.py test                all of these
Several can be named at once, and parts of the names of notebooks after `outputs`.
Each check is a function that returns a list of problems, empty when all is well."""

import re
import sys
import tempfile
import time
import zipfile
from pathlib import Path

from common import contents, copy_project, notebooks, rel, run, settings
from generated import colab, readme, step
from outputs import run_notebooks, slow_first
from rooms import imports
from selftest import selftest
from style import links, lint, sizes


<<<<<<< HEAD
def settings():
    config = ConfigParser(delimiters=['='], interpolation=None)
    config.read(ROOT / 'settings.ini', encoding='utf-8')
    return config['DEFAULT']


def rel(path):
    return path.relative_to(ROOT).as_posix()


def notebooks():
    "All notebooks in reading order: the number in the name counts, not the folder."
    return sorted(
        (p for p in NBS.rglob('*.ipynb') if not re.search('/[._]', rel(p))),
        key=lambda p: (p.stem, rel(p)),
    )


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


def update(files, check):
    "Bring `files` (path -> content) to disk, or with `check` name those that differ. Content None: no such file."
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
    "Links that are relative to nbs/ become relative to the repository's root; code blocks are left alone."

    def fix(m):
        return m[1] + posixpath.normpath(posixpath.join('nbs', m[2])) + m[3]

    parts = re.split(r'(^```.*?^```)', text, flags=re.S | re.M)
    for i in range(0, len(parts), 2):
        parts[i] = re.sub(r'(\]\()(?![a-z]+:|#|/)([^)\s#]+)([^)]*\))', fix, parts[i])
        parts[i] = re.sub(
            r'''(<(?:img|a)\b[^>]*?(?:src|href)=["'])(?![a-z]+:|#|/)([^"'#]+)(["'#])''',
            fix,
            parts[i],
        )
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


def readme(check=False):
    "README.md and its pictures are what nbs/index.ipynb gives."
    if not (NBS / 'index.ipynb').exists():
        return ['nbs/index.ipynb is missing']
    parts, images = [], {}
    for cell in read_nb(NBS / 'index.ipynb').cells:
        if cell.cell_type == 'markdown':
            parts.append(from_root(cell.source.strip()))
        if cell.cell_type != 'code' or cell.id == 'colab':
            continue
        d = cell.directives
        if 'hide' in d or 'default_exp' in d or d.get('include') == 'false':
            continue
        cell.remove_directives()
        code = cell.source.strip()
        if code and d.get('echo') != 'false' and 'hide_input' not in d:
            parts.append(f'```python\n{code}\n```')
        if d.get('output') == 'false' or 'hide_output' in d:
            continue
        parts += [
            shown(o, d.get('fig-alt', 'Output of the cell above'), images) for o in cell.outputs
        ]
    text = '\n\n'.join(p for p in parts if p) + '\n'
    return update(
        {
            **dict.fromkeys((NBS / 'images').glob('readme_*.png')),
            **images,
            ROOT / 'README.md': text.encode(),
        },
        check,
    )


FROM = '**Stored outputs**: '


def origin_line(nb):
    "What a GPU notebook says at its top about its stored outputs, from the sentence that the run itself has written."
    said = [
        v
        for c in nb.cells
        if c.cell_type == 'code'
        for o in c.outputs
        for v in [o.get('data', {}).get('text/markdown', '')]
        if v.startswith('The outputs of this notebook come from ')
    ]
    return FROM + (
        said[0].replace('The outputs of this notebook come', 'they come', 1)
        if said
        else 'none; this notebook has not been run.'
    )


def colab(check=False):
    "Each notebook links to itself on Colab, and has the cell that installs the package there; GPU notebooks say where their outputs come from."
    s = settings()
    owner = re.fullmatch(r'https://github\.com/([\w.-]+/[\w.-]+?)(\.git)?/?', s['git_url'])
    if not owner:
        return [
            f"settings.ini: git_url should be https://github.com/OWNER/NAME, got {s['git_url']}"
        ]
    name, problems, files = owner[1].split('/')[1], [], {}
    for path in notebooks():
        nb = read_nb(path)
        first = next((i for i, c in enumerate(nb.cells) if c.cell_type == 'markdown'), None)
        if first is None:
            problems.append(f'{rel(path)} has no markdown cell')
            continue
        kept = [
            o for o in nb.cells[first].source.splitlines() if not o.startswith('[![Open in Colab](')
        ]
        if path.parent.name == '9_gpu':
            kept = [origin_line(nb) if o.startswith(FROM) else o for o in kept]
        nb.cells[first].source = '\n'.join(kept).rstrip() + (
            '\n\n[![Open in Colab](https://colab.research.google.com/assets/colab-badge.svg)]'
            f"(https://colab.research.google.com/github/{owner[1]}/blob/{s['branch']}/{rel(path)})"
        )
        code = (
            '# Colab only: install the package and fetch the files that the checks read.\nimport sys\n\n'
            f"if 'google.colab' in sys.modules:\n    !git clone -q --depth 1 -b {s['branch']} https://github.com/{owner[1]}.git\n"
            f'    !pip install -q ./{name}\n    %cd {name}/{rel(path.parent)}'
        )
        for c in nb.cells:  # `pip install git+...` in the prose
            if c.cell_type == 'markdown':
                c.source = re.sub(
                    r'git\+https://github\.com/[\w.-]+/[\w-]+',
                    f'git+https://github.com/{owner[1]}',
                    c.source,
                )
        nb.cells[first + 1 :] = [
            mk_cell(code, id='colab'),
            *(c for c in nb.cells[first + 1 :] if c.id != 'colab'),
        ]
        files[path] = nb2str(nb).encode()
    return problems + update(files, check)


def imported(path):
    "The modules of the package that a module imports, with dots: 'core', 'baselines.ncm'."
    here = ('safe_nb',) + path.relative_to(LIB).parent.parts
    for node in ast.walk(ast.parse(path.read_text(encoding='utf-8'))):
        if isinstance(node, ast.Import):
            full = [a.name for a in node.names]
        elif isinstance(node, ast.ImportFrom):
            base = (
                '.'.join([*here[: len(here) + 1 - node.level], *filter(None, [node.module])])
                if node.level
                else node.module
            )
            folder = (
                ROOT / base.replace('.', '/')
            ).is_dir()  # `from safe_nb import core` names modules
            full = [f'{base}.{a.name}' for a in node.names] if folder else [base]
        else:
            continue
        yield from (
            o[len('safe_nb.') :]
            for o in full
            if o.startswith('safe_nb.') and not o.endswith('.__version__')
        )


def imports():
    "Arrows between rooms run downwards, and there is no circle of modules."
    modules = {
        '.'.join(p.relative_to(LIB).with_suffix('').parts): p
        for p in LIB.rglob('*.py')
        if not p.name.startswith('_')
    }
    arrows = {m: sorted({*imported(p)} & {*modules}) for m, p in modules.items()}
    floor = {room: i for i, rooms in enumerate(FLOORS) for room in rooms}
    problems = []
    for m, others in arrows.items():
        room = m.split('.')[0]
        for o in others:
            if m in PURE:
                problems.append(f'{rel(modules[m])} imports {o}: it should import nothing of ours')
            elif (other := o.split('.')[0]) != room and floor[other] >= floor[room]:
                problems.append(f'{rel(modules[m])} imports {o}: {room} does not stand on {other}')
            elif room == other == 'baselines':
                problems.append(f'{rel(modules[m])} imports {o}: baselines stand alone')
    while free := [m for m, others in arrows.items() if not {*others} & {*arrows}]:
        arrows = {m: others for m, others in arrows.items() if m not in free}
    return problems + [f'{rel(modules[m])} is part of a circle of imports' for m in arrows]


def unclean(path):
    "What should not be in a stored notebook."
    nb, parts = read_nb(path), path.relative_to(NBS).parts
    code = [
        c
        for c in nb.cells
        if c.cell_type == 'code' and c.id != 'colab' and not c.has_directive('default_exp')
    ]
    outs = [o for c in code for o in c.outputs]
    words = [o.get('text', '') for o in outs] + [
        v for o in outs for k, v in o.get('data', {}).items() if k.startswith('text/')
    ]
    limit = 300 if parts[0] in ('8_reproduce', '9_gpu') else 150
    if path.stat().st_size > limit * 1024:
        yield f'is over {limit} KB'
    if any(o.output_type == 'error' for o in outs):
        yield 'holds an error'
    if any(o.get('name') == 'stderr' for o in outs):
        yield 'holds text from stderr'
    if any(map(BAR.search, words)) or any('widget' in k for o in outs for k in o.get('data', {})):
        yield 'holds a progress bar'
    found = next(filter(None, map(MACHINE.search, words + [c.source for c in nb.cells])), None)
    if found:
        yield f'holds the path of a machine, {found[0]}'
    if code and not outs and parts[0] != '9_gpu':
        yield 'was stored without outputs'


def contents(root):
    "path -> bytes of all that is written or generated from notebooks"
    paths = [p for name in ('nbs', 'safe_nb') for p in (root / name).rglob('*')] + [
        root / 'README.md'
    ]
    return {
        p.relative_to(root).as_posix(): p.read_bytes()
        for p in paths
        if p.is_file() and not JUNK('', p.relative_to(root).parts)
    }


def step():
    "Export, clean, README and Colab links, made anew in a copy, change nothing; stored outputs are clean."
    problems = [f'{rel(p)} {what}' for p in notebooks() for what in unclean(p)]
    with tempfile.TemporaryDirectory() as d:
        copy, ours = copy_project(Path(d)), contents(ROOT)
        for p in (copy / 'safe_nb').rglob('*.py'):
            if p.name != '__init__.py':  # those are written by hand
                p.unlink()
        for command in (
            'nbdev-export',
            'nbdev-clean',
            'python .ci/project.py colab',
            'python .ci/project.py readme',
        ):
            code, text = run(*command.split(), cwd=copy)
            if code:
                problems.append(f'{command} failed: {text.strip()}')
        new = contents(copy)
    for name in sorted({*ours, *new}):
        if name not in new:
            problems.append(f'{name} comes from no notebook')
        elif name not in ours:
            problems.append(f'{name} was not exported')
        elif ours[name] != new[name]:
            problems.append(f'{name} changes when it is made anew')
    return problems
=======
def installed(built, folder):
    "Whether a wheel works when it is installed alone, below `folder`; returns what does not."
    site = folder / 'site'
    pip = ['python', '-m', 'pip', '--disable-pip-version-check', '-q']
    run(*pip, 'install', '--no-deps', '--target', site, built)
    program = 'import safe_nb; print(safe_nb.__version__, safe_nb.__file__)'
    code, text = run('python', '-c', program, cwd=folder, PYTHONPATH=str(site))
    if text.split() != [settings()['version'], str(site / 'safe_nb' / '__init__.py')]:
        return [f'the installed wheel says: {text.strip()}']
    return []
>>>>>>> wt-P


def wheel():
    "The built wheel holds every module and asset and the licence, and works when installed alone."
    with tempfile.TemporaryDirectory() as d:
        copy, out = copy_project(Path(d) / 'copy'), Path(d) / 'out'
        pip = ['python', '-m', 'pip', '--disable-pip-version-check', '-q']
        code, text = run(*pip, 'wheel', '--no-deps', '--no-build-isolation', '-w', out, copy)
        if code:
            return [f'pip wheel failed: {text.strip()}']
        (built,) = out.glob('*.whl')
        held = zipfile.ZipFile(built).namelist()
        ours = [n for n in contents(copy) if n.startswith('safe_nb/')]
        belongs = re.compile(r'safe_nb/|safe_nb-[^/]+\.dist-info/')
        problems = [f'{built.name} lacks {n}' for n in ours if n not in held]
        problems += [f'{built.name} holds {n}' for n in held if not belongs.match(n)]
        if not any(n.endswith('.dist-info/licenses/LICENSE') for n in held):
            problems.append(f'{built.name} lacks the licence')
        return problems + installed(built, Path(d))


def replicas():
    "The GPU notebooks run in full on replicas of their datasets (`python .ci/replicas.py`)."
    code, text = run('python', '.ci/replicas.py')
    lines = [line for line in text.splitlines() if not re.match(r'.*ipynb: \d+ s$', line)]
    return (lines or ['it printed nothing']) if code else []


def report(name, problems, seconds):
    "Print one line for a check, and its problems below; returns whether it failed."
    head = f"{'FAIL' if problems else 'ok  '}  {name}, {seconds:.0f} s"
    print('\n        '.join([head, *problems]), flush=True)
    return bool(problems)


def tried(check, only_look=True):
    "Run a check and report; that it breaks is a problem too. README and Colab can also be written."
    start = time.time()
    try:
        problems = check(only_look) if check in (readme, colab) else check()
    except Exception as e:
        problems = [f'broke with {type(e).__name__}: {e}']
    return report(check.__name__, problems, time.time() - start)


CHECKS = readme, colab, lint, sizes, links, imports, step, wheel, selftest, replicas


def outputs(names=()):
    "Run all notebooks, or those named; of each, whether it fails or its stored outputs are stale."
    chosen = [p for p in notebooks() if not names or any(n in rel(p) for n in names)]
    with tempfile.TemporaryDirectory() as d:
        for path, problems, seconds in run_notebooks(slow_first(chosen), Path(d)):
            yield report(rel(path), problems, seconds)


def test():
    "Every check, then every notebook."
    failed = [*map(tried, CHECKS), *outputs()]
    print(f'{len(failed) - sum(failed)} passed, {sum(failed)} failed')
    return any(failed)


def main(*args):
    "Run what the command line names."
    calls = {f.__name__: f for f in CHECKS}
    if args == ('test',):
        return test()
    if args[:1] == ('outputs',):
        return any([*outputs(args[1:])])
    names = [a for a in args if a != '--check']
    if not names or not {*names} <= {*calls}:
        return __doc__
    return any([tried(calls[n], '--check' in args) for n in names])


if __name__ == '__main__':
    sys.exit(main(*sys.argv[1:]))
