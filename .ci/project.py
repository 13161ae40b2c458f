"""The project's own checks and generated files.

    python .ci/project.py readme [--check]    README.md from nbs/index.ipynb
    python .ci/project.py colab [--check]     Colab link, install cell, folded solutions
    python .ci/project.py drawings [--check]  drawings in nbs/images from .ci/drawings.py
    python .ci/project.py lint                ruff, its formatter, lines of modules, exercises
    python .ci/project.py sizes               cells and functions are not too long
    python .ci/project.py links               links lead to files, and on in the reading order
    python .ci/project.py imports             arrows between rooms run one way, without circles
    python .ci/project.py step                notebooks, modules, README.md agree; outputs are clean
    python .ci/project.py wheel               a built wheel holds the whole package
    python .ci/project.py selftest            the checks above notice planted faults
    python .ci/project.py replicas            GPU notebooks run in full on replicas of the datasets
    python .ci/project.py outputs [NB...]     notebooks run and show what they have stored
    python .ci/project.py test                all of these
    python .ci/project.py docs                the documentation site in _site/html, needs `.[docs]`
Several can be named at once, and parts of the names of notebooks after `outputs`.
Each check is a function that returns a list of problems, empty when all is well."""

import re
import sys
import tempfile
import time
import zipfile
from pathlib import Path

from common import contents, copy_project, notebooks, rel, run, settings
from docs.build import docs
from drawings import drawings
from generated import colab, readme, step
from outputs import changes, measured, run_notebooks, slow_first
from rooms import imports
from selftest import selftest
from style import links, lint, sizes, targets


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


def relative_links(built):
    "Links of the description that would lead nowhere on the package index."
    wheel = zipfile.ZipFile(built)
    (name,) = [n for n in wheel.namelist() if n.endswith('.dist-info/METADATA')]
    links = targets(wheel.read(name).decode())
    return [f'{built.name}: on the package index {link} leads nowhere' for link in links]


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
        return problems + relative_links(built) + installed(built, Path(d))


TINY = '--backbone', 'test_vit', '--weights', 'random'  # what is tested is all the rest


def replicas():
    "The GPU notebooks run in full on replicas of their datasets (`python .ci/replicas.py`)."
    code, text = run('python', '.ci/replicas.py', *TINY)
    lines = [line for line in text.splitlines() if not re.match(r'.*ipynb: \d+ s$', line)]
    return (lines or ['it printed nothing']) if code else []


def report(name, problems, seconds):
    "Print one line for a check, and its problems below; returns whether it failed."
    head = f"{'FAIL' if problems else 'ok  '}  {name}, {seconds:.0f} s"
    print('\n        '.join([head, *problems]), flush=True)
    return bool(problems)


def tried(check, only_look=True):
    "Run a check and report; that it breaks is a problem too. What is made can also be written."
    start = time.time()
    try:
        problems = check(only_look) if check in MADE else check()
    except Exception as e:
        problems = [f'broke with {type(e).__name__}: {e}']
    return report(check.__name__, problems, time.time() - start)


MADE = readme, colab, drawings  # can be written as well as checked
CHECKS = *MADE, lint, sizes, links, imports, step, wheel, selftest, replicas


def outputs(names=()):
    "Run all notebooks, or those named; of each, whether it fails or its stored outputs are stale."
    chosen = [p for p in notebooks() if not names or any(n in rel(p) for n in names)]
    with tempfile.TemporaryDirectory() as d:
        for path, problems, seconds in run_notebooks(slow_first(chosen), Path(d)):
            yield report(rel(path), problems, seconds)


def test():
    "Every check, then every notebook, which may not change what was measured."
    before = measured()
    failed = [*map(tried, CHECKS), *outputs()]
    failed.append(report('rows', changes(before, measured()), 0))
    print(f'{len(failed) - sum(failed)} passed, {sum(failed)} failed')
    return any(failed)


def main(*args):
    "Run what the command line names."
    calls = {f.__name__: f for f in CHECKS}
    if args == ('test',):
        return test()
    if args == ('docs',):
        return docs()
    if args[:1] == ('outputs',):
        return any([*outputs(args[1:])])
    names = [a for a in args if a != '--check']
    if not names or not {*names} <= {*calls}:
        return __doc__
    return any([tried(calls[n], '--check' in args) for n in names])


if __name__ == '__main__':
    sys.exit(main(*sys.argv[1:]))
