"Which module of the package may import which."

import ast

from common import LIB, ROOT, modules, rel

# the rooms of safe_nb by floors: a room stands on all floors below its own
FLOORS = (
    {'core'},
    {'processes'},
    {'data', 'heads', 'pets'},
    {'models'},
    {'learners'},
    {'safe', 'baselines'},
    {'bench'},
    {'practice', 'extend'},
    {'testing', 'cli'},
)
FLOOR = {room: i for i, rooms in enumerate(FLOORS) for room in rooms}
# functions of tensors: they import nothing of the package
PURE = {'safe.slow', 'safe.fast', 'safe.aggregation', 'learners.metrics'}
# systems that are another one with further terms, as their papers say
EXTENDS = {'baselines.rsiat': 'baselines.ssiat'}


def named(node, here):
    "What one import statement of a module of the package `here` names, with all dots."
    if isinstance(node, ast.Import):
        return [a.name for a in node.names]
    if not isinstance(node, ast.ImportFrom):
        return []
    base = node.module or ''
    if node.level:
        base = '.'.join([*here[: len(here) + 1 - node.level], *filter(None, [base])])
    if (ROOT / base.replace('.', '/')).is_dir():  # `from safe_nb import core` names modules
        return [f'{base}.{a.name}' for a in node.names]
    return [base]


def imported(path):
    "The modules of the package that a module imports, with dots: 'core', 'baselines.ncm'."
    here = ('safe_nb', *path.relative_to(LIB).parent.parts)
    nodes = ast.walk(ast.parse(path.read_text(encoding='utf-8')))
    names = {name for node in nodes for name in named(node, here)}
    return {n.removeprefix('safe_nb.') for n in names if n.startswith('safe_nb.')}


def forbidden(module, other):
    "Why a module should not import another one; an empty string if it may."
    room, under = module.split('.')[0], other.split('.')[0]
    if module in PURE:
        return 'it should import nothing of ours'
    if room != under and FLOOR.get(under, 99) >= FLOOR.get(room, -1):
        return f'{room} does not stand on {under}'
    if room == under == 'baselines' and EXTENDS.get(module) != other:
        return 'baselines stand alone'
    return ''


def in_circles(arrows):
    "The modules that cannot be loaded before one another; `arrows`: module -> what it imports."
    while free := [m for m, others in arrows.items() if not others & {*arrows}]:
        arrows = {m: others for m, others in arrows.items() if m not in free}
    return list(arrows)


def imports():
    "Arrows between rooms run downwards, and there is no circle of modules."
    paths = modules()
    arrows = {m: imported(p) & {*paths} for m, p in paths.items()}
    problems = [
        f'{rel(paths[m])} imports {o}: {why}'
        for m, others in arrows.items()
        for o in sorted(others)
        if (why := forbidden(m, o))
    ]
    problems += [f'{m} has no floor in .ci/rooms.py' for m in paths if m.split('.')[0] not in FLOOR]
    return problems + [
        f'{rel(paths[m])} is part of a circle of imports' for m in in_circles(arrows)
    ]
