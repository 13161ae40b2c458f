"Pages of the reference: signature, docstring and docments of every public name, read from source."

import ast
import io
import re
import tokenize
from inspect import cleandoc

from common import modules

LONG = 160  # characters of a constant that are shown


def comments(source):
    "The comments of a module: line -> text."
    tokens = tokenize.generate_tokens(io.StringIO(source).readline)
    return {t.start[0]: t.string.lstrip('# ') for t in tokens if t.type == tokenize.COMMENT}


def escape(text):
    "A docstring as Markdown; what stands between backticks is code."
    parts = re.split(r'(`[^`\n]*`)', text)
    parts[::2] = [re.sub(r'([\\*_<>$\[\]|~{}#])', r'\\\1', p) for p in parts[::2]]
    return ''.join(parts)


def code(node):
    "A piece of source as code in a table; empty for nothing."
    if node is None:
        return ''
    text = ' '.join(ast.unparse(node).split()).replace('|', '\\|')
    return f'`` {text} ``' if '`' in text else f'`{text}`'


def table(head, rows):
    "A Markdown table without the columns that are empty; nothing if there is no row."
    kept = [i for i in range(len(head)) if any(r[i] for r in rows)]
    lines = [[head[i] for i in kept], ['---'] * len(kept), *([r[i] for i in kept] for r in rows)]
    return '\n'.join('| ' + ' | '.join(line) + ' |' for line in lines) if rows else ''


def arguments(fn):
    "The arguments of a function: name with its stars, annotation, default, last line."
    a = fn.args
    plain = [*a.posonlyargs, *a.args]
    defaults = [None] * (len(plain) - len(a.defaults)) + a.defaults
    found = [('', arg, d) for arg, d in zip(plain, defaults)]
    found += [('*', a.vararg, None)] if a.vararg else []
    found += [('', arg, d) for arg, d in zip(a.kwonlyargs, a.kw_defaults)]
    found += [('**', a.kwarg, None)] if a.kwarg else []
    for stars, arg, default in found:
        last = max(arg.end_lineno, default.end_lineno if default else 0)
        yield stars + arg.arg, arg.annotation, default, last


def documented(fn, said):
    "The table of a function's arguments and result, with the comments behind them."
    given = [a for a in arguments(fn) if a[0] not in ('self', 'cls')]
    lines = [last for *_, last in given]
    rows = []
    for name, kind, default, last in given:
        what = said.get(last, '') if lines.count(last) == 1 else ''
        rows.append([f'`{name}`', code(kind), code(default), escape(what)])
    if fn.returns is not None and ast.unparse(fn.returns) != 'None':
        last = fn.returns.end_lineno
        what = said.get(last, '') if last not in lines else ''
        rows.append(['*returns*', code(fn.returns), '', escape(what)])
    if not any(row[1] or row[3] for row in rows):
        return ''
    return table(['', 'type', 'default', 'meaning'], rows)


def signature(fn, bound=False):
    "Names and defaults of the arguments; types stand in the table."
    bare = ast.parse(f'def f({ast.unparse(fn.args)}): pass').body[0]
    a = bare.args
    for arg in [*a.posonlyargs, *a.args, *a.kwonlyargs, a.vararg, a.kwarg]:
        if arg:
            arg.annotation = None
    if bound and a.args:
        del a.args[0]
    return f'({ast.unparse(a)})'


def directive(kind, what, parts, depth=3, *options):
    "A directive of the Python domain in MyST."
    body = '\n\n'.join(p for p in parts if p)
    head = '\n'.join([f'{":" * depth}{{py:{kind}}} {what}', *options])
    return f'{head}\n\n{body}\n{":" * depth}'


def doc(node):
    return escape(cleandoc(ast.get_docstring(node) or ''))


def decorators(fn):
    return [ast.unparse(d) for d in fn.decorator_list]


def function(fn, said):
    return directive('function', fn.name + signature(fn), [doc(fn), documented(fn, said)])


def method(fn, said):
    "A method, or a property."
    marks = decorators(fn)
    if any(m == 'property' or 'as_prop' in m for m in marks):
        return directive('property', fn.name, [doc(fn)])
    static = any(m == 'staticmethod' or 'static_method' in m for m in marks)
    options = (
        [':classmethod:'] if any(m == 'classmethod' or 'cls_method' in m for m in marks) else []
    )
    options += [':staticmethod:'] if static else []
    what = fn.name + signature(fn, bound=not static)
    return directive('method', what, [doc(fn), documented(fn, said)], 3, *options)


def fields(node, said):
    "The annotated fields of a class, with the comments behind them."
    rows = [
        [f'`{f.target.id}`', code(f.annotation), code(f.value), escape(said.get(f.end_lineno, ''))]
        for f in node.body
        if isinstance(f, ast.AnnAssign) and not f.target.id.startswith('_')
    ]
    return table(['field', 'type', 'default', 'meaning'], rows)


def patched(tree, name):
    "Methods that are added to a class by fastcore's `patch`."
    for fn in tree.body:
        if isinstance(fn, ast.FunctionDef) and any(m.startswith('patch') for m in decorators(fn)):
            first = fn.args.args[0].annotation if fn.args.args else None
            if first is not None and name in re.findall(r'\w+', ast.unparse(first)):
                yield fn


def class_page(node, said, tree):
    "A class: how it is made, its fields and its public methods."
    own = [f for f in node.body if isinstance(f, ast.FunctionDef)]
    methods = {f.name: f for f in [*own, *patched(tree, node.name)]}
    init = methods.pop('__init__', None)
    shown = [f for n, f in methods.items() if not n.startswith('_') or n == '__call__']
    bases = ', '.join(code(b) for b in node.bases)
    parts = [
        doc(node),
        f'Bases: {bases}' if bases else '',
        documented(init, said) if init else fields(node, said),
        *(method(f, said) for f in shown if ast.get_docstring(f)),
    ]
    what = node.name + (signature(init, bound=True) if init else '')
    return directive('class', what, parts, 4)


def constant(node, name, said):
    "A name that holds a value."
    value = ' '.join(ast.unparse(node.value).split()) if node.value else ''
    shown = value if len(value) <= LONG else value[:LONG] + ' ...'
    text = f'```python\n{name} = {shown}\n```' if shown else ''
    return directive('data', name, [escape(said.get(node.end_lineno, '')), text])


def defined(tree):
    "The definitions at the top of a module: name -> node."
    found = {}
    for node in tree.body:
        if isinstance(node, (ast.FunctionDef, ast.ClassDef)):
            found.setdefault(node.name, node)
        elif isinstance(node, ast.AnnAssign):
            found[node.target.id] = node
        elif isinstance(node, ast.Assign):
            found.update((t.id, node) for t in node.targets if isinstance(t, ast.Name))
    return found


def public(tree):
    "The names that a module exports, in order."
    names = defined(tree).get('__all__')
    return [n for n in ast.literal_eval(names.value)] if names else []


def entry(name, node, said, tree):
    if isinstance(node, ast.ClassDef):
        return class_page(node, said, tree)
    if isinstance(node, ast.FunctionDef):
        return function(node, said)
    return constant(node, name, said)


def module_page(module, source, notebook=None):
    "The page of a module, in MyST; `notebook` is the page that builds it."
    tree, said = ast.parse(source), comments(source)
    found = defined(tree)
    head = f'# safe_nb.{module}\n\n{{.subtitle}}\n{escape(ast.get_docstring(tree) or "")}'
    built = (
        f'{{.where}}\nBuilt step by step in [{notebook[1]}](../{notebook[0]})' if notebook else ''
    )
    parts = [head, built, f'```{{py:module}} safe_nb.{module}\n```']
    parts += [entry(n, found[n], said, tree) for n in public(tree) if n in found]
    return '\n\n'.join(p for p in parts if p) + '\n'


def summary(source):
    "The first line of a module's docstring."
    return escape((ast.get_docstring(ast.parse(source)) or '').split('\n')[0])


def reference(built):
    """Pages of the reference: path below the site -> MyST.
    `built`: module -> path and title of the notebook that builds it."""
    sources = {m: p.read_text(encoding='utf-8') for m, p in modules().items()}
    sources = {m: s for m, s in sources.items() if public(ast.parse(s))}
    found = {f'reference/{m}.md': module_page(m, s, built.get(m)) for m, s in sources.items()}
    rooms = sorted({m.partition('.')[0] if '.' in m else '' for m in sources})
    parts = ['# Reference', 'Every public name, module by module, from docstrings and docments.']
    for room in rooms:
        names = [m for m in sources if (m.partition('.')[0] if '.' in m else '') == room]
        rows = [[f'[`{m}`]({m}.md)', summary(sources[m])] for m in names]
        parts += [f'## {room or "safe_nb"}', table(['module', 'what is in it'], rows)]
        parts += ['\n'.join(['```{toctree}', ':hidden:', '', *names, '```'])]
    found['reference/index.md'] = '\n\n'.join(parts) + '\n'
    return found
