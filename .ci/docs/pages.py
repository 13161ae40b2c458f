"Notebooks as pages of the documentation site: what nbdev and Colab need is left out."

import io
import posixpath
import re
from base64 import b64decode
from dataclasses import dataclass

from fastcore.nbio import mk_cell, nb2str, read_nb

from common import NBS, notebooks, settings
from exercises import TITLE

BADGE = re.compile(r'^\[!\[Open in Colab\]\([^)]*\)\]\(([^)]*)\)$', re.M)
SUBTITLE = re.compile(r'\A(# [^\n]*)\n+> ([^\n]*)')
LINK = re.compile(r"""(\]\(|<(?:img|a|source)\b[^>]*?(?:src|href|srcset)=["'])([^)\s"'#]*)""")
CODE = re.compile(r'(^```.*?^```|`[^`\n]*`)', re.S | re.M)
START, OVERVIEW = 'index.ipynb', 'overview.ipynb'  # the README is not the site's first page
PICTURES = '.svg', '.png', '.jpg'
THUMB = 240  # pixels, the width of a picture in the gallery


@dataclass
class Page:
    "A notebook of the site."

    path: str  # below the site, as `4_safe/06_safe.ipynb`
    title: str
    subtitle: str
    text: str  # the cleaned notebook
    picture: str | bytes | None  # a drawing's path below nbs/, a figure, or nothing


def repository():
    "Where the project's files stand on the web."
    s = settings()
    return s['git_url'].rstrip('/').removesuffix('.git'), s['branch']


def target(link, folder):
    "A relative link of a notebook in `folder`, for the site: what is not on it leads to the web."
    path = posixpath.normpath(posixpath.join(folder, link))
    if not path.startswith('..'):
        return posixpath.relpath(OVERVIEW if path == START else path, folder or '.')
    url, branch = repository()
    kind = 'raw' if path.endswith(PICTURES) else 'blob'
    return f'{url}/{kind}/{branch}/{posixpath.normpath(posixpath.join("nbs", path))}'


def relink(text, folder):
    "Markdown with its relative links made right for the site; code is left alone."

    def fix(m):
        far = not m[2] or re.match('[a-z]+:|/', m[2])
        return m[0] if far else m[1] + target(m[2], folder)

    parts = CODE.split(text)
    parts[::2] = [LINK.sub(fix, part) for part in parts[::2]]
    return ''.join(parts)


def where_to(module, path, colab):
    "The line below a title: Colab, the notebook's file, the reference of its module."
    url, branch = repository()
    links = [f'[Open in Colab]({colab})', f'[Notebook]({url}/blob/{branch}/nbs/{path})']
    if module:
        up = '../' * path.count('/')
        links.append(f'[Reference: `safe_nb.{module}`]({up}reference/{module}.md)')
    return '{.where}\n' + ' · '.join(links)


def clean_text(text, path, module=None):
    "The Markdown of one cell, for the site."
    text = SUBTITLE.sub(r'\1\n\n{.subtitle}\n\2', text.strip())
    text = relink(text, posixpath.dirname(path))
    text = BADGE.sub(lambda m: where_to(module, path, m[1]), text)
    return re.sub(r'^> \*\*To remember[:.]?\*\*', '{.remember}\n\\g<0>', text, flags=re.M)


def folded(title):
    "Metadata of a cell of which only a title is seen until it is opened."
    prompts = dict(code_prompt_show=title, code_prompt_hide=title)
    return dict(tags=['hide-cell'], mystnb=prompts)


def shown(out, folder):
    "An output, whose Markdown has links for the site."
    data = out.get('data', {})
    if 'text/markdown' in data:
        data['text/markdown'] = relink(''.join(data['text/markdown']), folder)
    return out


def clean_code(cell, folder):
    "A cell of code without directives; None if nothing of it is to be seen."
    d = cell.directives
    cell.remove_directives()
    source, metadata = cell.source.strip(), {}
    if cell.id == 'colab' or 'hide' in d or not source:
        return None
    if solution := TITLE.match(source):
        source, metadata = source[solution.end() :].strip(), folded(f'Solution {solution[1]}')
    elif d.get('echo') == 'false':
        metadata = dict(tags=['remove-input'])
    outs = [shown(o, folder) for o in cell.outputs if o.get('name') != 'stderr']
    return mk_cell(source, id=cell.id, metadata=metadata, outputs=outs)


def exported_to(nb):
    "The module that a notebook exports, without the package's name; None if it exports none."
    code = (c for c in nb.cells if c.cell_type == 'code')
    return next((name for c in code if (name := c.directive('default_exp'))), None)


def cleaned(nb, path):
    "The cells of a notebook that the site shows, for a page at `path`."
    module, cells = exported_to(nb), []
    for c in nb.cells:
        if c.cell_type == 'markdown':
            cells.append(mk_cell(clean_text(c.source, path, module), 'markdown', id=c.id))
        elif c.cell_type == 'code':
            cells.append(clean_code(c, posixpath.dirname(path)))
    return [c for c in cells if c is not None]


def picture(nb, folder):
    "The first drawing of a notebook, as a path below nbs/, or else its first figure."
    for c in nb.cells:
        drawing = c.cell_type == 'markdown' and re.search(r'[("]([^()":\s]+\.svg)[)"]', c.source)
        if drawing:
            return posixpath.normpath(posixpath.join(folder, drawing[1]))
    outs = [o for c in nb.cells if c.cell_type == 'code' for o in c.outputs]
    for data in (o.get('data', {}) for o in outs):
        for kind in 'image/png', 'image/jpeg':
            if kind in data:
                return b64decode(data[kind])


def thumbnail(figure):
    "A figure made small, as the bytes of a PNG."
    from PIL import Image

    image = Image.open(io.BytesIO(figure)).convert('RGB')
    image.thumbnail((THUMB, THUMB))
    out = io.BytesIO()
    image.quantize(24).save(out, 'png', optimize=True)
    return out.getvalue()


def page(path):
    "The page of a notebook."
    nb, name = read_nb(path), path.relative_to(NBS).as_posix()
    found = picture(nb, posixpath.dirname(name))
    nb.cells = cleaned(nb, name)
    first = next(c.source for c in nb.cells if c.cell_type == 'markdown')
    m = re.match(r'# ([^\n]*)\n+(?:\{.subtitle\}\n([^\n]*))?', first)
    nb.metadata = dict(
        kernelspec=dict(name='python3', display_name='Python 3', language='python'),
        language_info=dict(name='python', pygments_lexer='ipython3'),
    )
    if name == START:  # the first page of the site has the package's name
        name, c = OVERVIEW, nb.cells[0]
        c.source = c.source.replace(f'# {m[1]}', '# Overview', 1)
    return Page(name, m[1], m[2] or '', nb2str(nb), found)


def pages():
    "All notebooks in reading order."
    return [page(p) for p in notebooks()]
