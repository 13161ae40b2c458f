"The documentation site: sources from notebooks and modules, Sphinx, and a check of what came out."

import re
import shutil
import sys
import time
from pathlib import Path

from fastcore.nbio import read_nb

from common import NBS, ROOT, run
from docs.check import check_site
from docs.pages import OVERVIEW, exported_to, pages, relink, repository, thumbnail
from docs.reference import reference

SITE, HERE = ROOT / '_site', Path(__file__).parent
NAMES = dict(pets='PETs', safe='SAFE', gpu='GPU')
NUMBERS = re.compile(r'^\d+[a-z]?_')


def cells():
    "The Markdown cells of nbs/index.ipynb, from which README is made too."
    return [c.source for c in read_nb(NBS / 'index.ipynb').cells if c.cell_type == 'markdown']


def section(title):
    "The text below a heading of README."
    found = re.search(rf'^## {title}\n+(.*?)(?=^## |\Z)', '\n\n'.join(cells()), re.S | re.M)
    return found[1].strip()


def room_titles():
    "The folders of notebooks and what README's table says of them."
    rows = re.findall(r'^\| \**(\w+)\**, ([^|]*?) \|', section('Read it'), re.M)
    return {folder: what[0].upper() + what[1:] for folder, what in rows}


def room_of(page):
    return page.path.partition('/')[0] if '/' in page.path else ''


def room_title(room):
    "What a folder of notebooks is called."
    plain = NUMBERS.sub('', room)
    plain = NAMES.get(plain, plain.capitalize())
    said = room_titles().get(room)
    return f'{plain}: {said[0].lower() + said[1:]}' if said else plain


def picture_of(page, src):
    "The gallery's picture of a page, as a path below the site; a figure is made small."
    if not isinstance(page.picture, bytes):
        return page.picture
    name = f'thumbs/{page.path.removesuffix(".ipynb").replace("/", "_")}.png'
    (src / name).parent.mkdir(exist_ok=True)
    (src / name).write_bytes(thumbnail(page.picture))
    return name


def card(page, src, up=''):
    "A notebook in the gallery."
    shown = picture_of(page, src)
    image = [f':img-top: {up}{shown}', f':img-alt: {page.title}'] if shown else []
    link = f':link: /{page.path.removesuffix(".ipynb")}'
    lines = [f':::{{grid-item-card}} {page.title}', *image, link, ':link-type: doc']
    return '\n'.join([*lines, '', page.subtitle, ':::'])


def grid(cards, columns='1 2 3 3', mark='gallery'):
    head = f'::::{{grid}} {columns}\n:gutter: 3\n:class-container: {mark}\n'
    return '\n\n'.join([head, *cards, '::::'])


def toctree(names, caption=None, hidden=True):
    options = [':hidden:'] if hidden else []
    options += [f':caption: {caption}'] if caption else []
    return '\n'.join(['```{toctree}', *options, '', *names, '```'])


def rooms(found, src):
    "A page for each folder of notebooks: path -> Markdown."
    files = {}
    for room in dict.fromkeys(map(room_of, found)):
        held = [p for p in found if room_of(p) == room and p.path != OVERVIEW]
        if room:
            cards = grid([card(p, src, '../') for p in held])
            names = [p.path.partition('/')[2].removesuffix('.ipynb') for p in held]
            files[f'{room}/room.md'] = f'# {room_title(room)}\n\n{cards}\n\n{toctree(names)}\n'
    return files


def gallery(found, src):
    "The page of all notebooks, by folder."
    parts = ['# Notebooks', 'Everything is built in notebooks, in this order.']
    names = []
    for room in dict.fromkeys(map(room_of, found)):
        held = [p for p in found if room_of(p) == room and p.path != OVERVIEW]
        parts += [f'## {room_title(room)}'] if room else []
        parts += [grid([card(p, src) for p in held])] if held else []
        names += [f'{room}/room'] if room else [p.path.removesuffix('.ipynb') for p in held]
    return '\n\n'.join([*parts, toctree(names)]) + '\n'


DOORS = {'understand': 'Reader', 'research': 'Researcher', 'images': 'Practitioner'}


def doors():
    "README's three doors as cards."
    found = re.findall(r'^\* \*\*(.*?)\*\*:? *(.*)$', section('Three doors'), re.M)
    cards = []
    for title, text in found:
        who = next(name for word, name in DOORS.items() if word in title)
        text = re.sub(r'\]\(#', f']({OVERVIEW}#', relink(text, ''))
        text = re.sub('[a-z]', lambda m: m[0].upper(), text, count=1)
        cards.append(f':::{{grid-item-card}} {who}\n\n**{title}.** {text}\n:::')
    return grid(cards, '1 1 3 3', 'doors')


def drawing():
    "README's drawing of SAFE, wide or narrow."
    return re.search(r'<picture>.*?</picture>', '\n'.join(cells()), re.S)[0]


def landing():
    "The first page: what this is, the three doors, the drawing."
    first = cells()[0]
    title = re.match(r'# (.*)', first)[1]
    intro = re.search(r'^> .*\n+(.*)', first, re.M)[1]
    parts = [
        f'# {title}',
        re.sub(r'^> (.*)', r'{.subtitle}\n\1', re.search(r'^> .*', first, re.M)[0]),
        relink(intro, ''),
        doors(),
        drawing(),
        '{.where}\n[All notebooks](notebooks.md) · [Results](overview.ipynb) · '
        '[Reference](reference/index.md) · [Changes](changes.md)',
        toctree(['Overview <overview>', 'notebooks', 'reference/index', 'Changes <changes>']),
    ]
    return '\n\n'.join(parts) + '\n'


def changes():
    "CHANGELOG.md, whose links lead to the web."
    url, branch = repository()
    text = (ROOT / 'CHANGELOG.md').read_text(encoding='utf-8')
    return re.sub(r'\]\((?![a-z]+:|#)([^)]*)\)', rf']({url}/blob/{branch}/\1)', text)


def sources(src):
    "Write all that Sphinx reads into the folder `src`."
    shutil.rmtree(src, ignore_errors=True)
    shutil.copytree(NBS / 'images', src / 'images')
    found = pages()
    built = {exported_to(read_nb(NBS / p.path)): (p.path, p.title) for p in found if '/' in p.path}
    files = {p.path: p.text for p in found}
    files |= reference(built) | rooms(found, src)
    files |= {'index.md': landing(), 'notebooks.md': gallery(found, src), 'changes.md': changes()}
    for name, text in files.items():
        (src / name).parent.mkdir(exist_ok=True, parents=True)
        (src / name).write_text(text, encoding='utf-8')
    return found


def sphinx(src, html):
    "Run Sphinx; its warnings are problems."
    shutil.rmtree(html, ignore_errors=True)
    args = ['-q', '-b', 'html', '-W', '--keep-going', '-c', HERE, '-d', SITE / 'cache', src, html]
    code, text = run('python', '-m', 'sphinx', *args)
    return (text.strip().splitlines() or ['Sphinx failed']) if code else []


def docs():
    "Build the site in _site/html and check it; returns whether anything is wrong."
    start, src, html = time.time(), SITE / 'src', SITE / 'html'
    found = sources(src)
    problems = sphinx(src, html)
    if html.exists():
        shutil.copytree(NBS / 'images', html / 'images', dirs_exist_ok=True)
        wrong, weights = check_site(html)
        problems += wrong
        heaviest = sorted(weights, key=weights.get)[-3:]
        print(f'{len(found)} notebooks, {len(weights)} pages; the heaviest, with all they load:')
        print(*(f'  {name}: {weights[name]:.0f} kB' for name in reversed(heaviest)), sep='\n')
    print(*problems, sep='\n', file=sys.stderr)
    print(f'_site/html/index.html, {time.time() - start:.0f} s, {len(problems)} problems')
    return bool(problems)
