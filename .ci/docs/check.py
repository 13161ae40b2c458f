"Checks of the built site: every internal link and picture is there, nothing comes from elsewhere."

from html.parser import HTMLParser
from pathlib import Path
from posixpath import dirname, join, normpath
from urllib.parse import unquote, urlsplit

LOADED = {'img': 'src', 'script': 'src', 'source': 'srcset', 'iframe': 'src'}
LIMIT = 1024  # kB of a page and all that it loads at once, uncompressed
INDEX = 'search.html'  # loads the index of all words as well


class Reader(HTMLParser):
    "The ids of a page, its links, what it loads at once, and what when it is scrolled to."

    def __init__(self, text):
        super().__init__()
        self.ids, self.links, self.loads, self.later = set(), set(), set(), set()
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        a = dict(attrs)
        self.ids |= {a[k] for k in ('id', 'name') if a.get(k)}
        if tag == 'a' and a.get('href'):
            self.links.add(a['href'])
        if tag == 'link' and a.get('rel') in ('stylesheet', 'preload', 'icon'):
            self.loads.add(a['href'])
        if a.get(LOADED.get(tag)):
            found = self.later if a.get('loading') == 'lazy' else self.loads
            found.add(a[LOADED[tag]])


def split(link, page):
    "The file below the site and the anchor to which a link of `page` leads; None: elsewhere."
    parts = urlsplit(link)
    if parts.scheme or parts.netloc:
        return None
    path = normpath(join(dirname(page), unquote(parts.path))) if parts.path else page
    return path, unquote(parts.fragment)


def broken(page, link, files, readers):
    "What is wrong with a link; nothing if it is right."
    where = split(link, page)
    if where is None:
        return None
    path, anchor = where
    if path not in files:
        return f'{page}: {link} leads nowhere'
    if anchor and path in readers and anchor not in readers[path].ids:
        return f'{page}: {link} has no such anchor'


def weight(page, reader, files):
    "Bytes of a page with all that it loads of the site at once."
    loads = {split(link, page)[0] for link in reader.loads if split(link, page)}
    return sum(files[name] for name in {page, *loads} if name in files)


def check_site(html):
    "Problems of the site in the folder `html`, and the weight of each page in kB."
    root = Path(html)
    files = {p.relative_to(root).as_posix(): p.stat().st_size for p in root.rglob('*')}
    readers = {
        name: Reader((root / name).read_text(encoding='utf-8'))
        for name in sorted(files)
        if name.endswith('.html') and not name.startswith('_static/')
    }
    problems = []
    for name, reader in readers.items():
        for link in sorted(reader.links | reader.loads | reader.later):
            problems.append(broken(name, link, files, readers))
        away = sorted(link for link in reader.loads | reader.later if urlsplit(link).netloc)
        problems += [f'{name}: loads {link} from elsewhere' for link in away]
    weights = {name: weight(name, r, files) / 1024 for name, r in readers.items()}
    heavy = [
        f'{n}: {kb:.0f} kB, over {LIMIT}' for n, kb in weights.items() if kb > LIMIT and n != INDEX
    ]
    return [p for p in problems if p] + heavy, weights
