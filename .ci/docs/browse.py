"""The built site in a headless browser: every page, wide, narrow and dark.

    python .ci/docs/browse.py [--pictures FOLDER] [PART OF A PAGE'S NAME ...]

Needs playwright and a Chromium: `playwright install chromium`, or the system's."""

import functools
import shutil
import sys
import threading
import time
from argparse import ArgumentParser
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

HTML = Path(__file__).parents[2] / '_site' / 'html'
VIEWS = {
    'wide': dict(viewport=dict(width=1280, height=900)),
    'phone': dict(viewport=dict(width=390, height=844), is_mobile=True, has_touch=True),
    'dark': dict(viewport=dict(width=1280, height=900), color_scheme='dark'),
}
SECONDS = 2.0  # until a page is drawn
PAST = """() => {
  const wide = document.documentElement.clientWidth;
  const seen = e => { const r = e.getBoundingClientRect(); return r.width && r.right > wide + 1; };
  const held = e => e.closest('pre, table, .output, .formula, dialog');
  return document.documentElement.scrollWidth <= wide + 1 ? [] :
    [...document.querySelectorAll('main *')].filter(e => seen(e) && !held(e)).slice(0, 3)
      .map(e => e.tagName + '.' + e.className);
}"""


class Quiet(SimpleHTTPRequestHandler):
    "A server without a log."

    def log_message(self, *args):
        pass


def serve(folder):
    "Serve a folder on a free port of this machine; returns the address."
    handler = functools.partial(Quiet, directory=str(folder))
    server = ThreadingHTTPServer(('127.0.0.1', 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return f'http://127.0.0.1:{server.server_port}'


def visit(tab, url, said):
    "Open a page; returns its problems."
    said.clear()
    start = time.time()
    answer = tab.goto(url, wait_until='load')
    seconds = time.time() - start
    problems = [] if answer.ok else [f'answers {answer.status}']
    wide = tab.evaluate('document.documentElement.scrollWidth - innerWidth')
    if wide > 1:
        problems.append(f'is {wide} pixels too wide: {tab.evaluate(PAST)}')
    if seconds > SECONDS:
        problems.append(f'took {seconds:.1f} s')
    broken = tab.evaluate(
        '[...document.images].filter(i => i.complete && !i.naturalWidth).map(i => i.src)'
    )
    return problems + [f'{src} is not drawn' for src in broken] + [*said]


def search(browser, address):
    "Whether the search finds a word."
    tab = browser.new_page()
    tab.goto(f'{address}/search.html?q=entropy_weights', wait_until='load')
    tab.wait_for_selector('#search-results li', timeout=20_000)
    found = tab.locator('#search-results li').count()
    tab.close()
    return [] if found else ['search: finds nothing']


def look(browser, address, names, pictures):
    "Visit pages in every view; yields problems."
    for view, options in VIEWS.items():
        context = browser.new_context(**options)
        tab, said = context.new_page(), []
        tab.on('pageerror', lambda e: said.append(f'script: {e}'))
        tab.on('requestfailed', lambda r: said.append(f'not loaded: {r.url}'))
        for name in names:
            yield from (f'{name}, {view}: {p}' for p in visit(tab, f'{address}/{name}', said))
            if pictures:
                pictures.mkdir(parents=True, exist_ok=True)
                file = f'{name.removesuffix(".html").replace("/", "_")}_{view}.png'
                tab.screenshot(path=pictures / file, full_page=True)
        context.close()


def main():
    from playwright.sync_api import sync_playwright

    args = ArgumentParser(description=__doc__.splitlines()[0])
    args.add_argument('names', nargs='*')
    args.add_argument('--pictures', type=Path)
    args = args.parse_args()
    names = sorted(p.relative_to(HTML).as_posix() for p in HTML.rglob('*.html'))
    names = [n for n in names if not n.startswith('_') and n != 'search.html']
    names = [n for n in names if not args.names or any(part in n for part in args.names)]
    with sync_playwright() as p:
        program = shutil.which('chromium')
        browser = p.chromium.launch(executable_path=program, args=['--no-sandbox'])
        address = serve(HTML)
        problems = [*look(browser, address, names, args.pictures), *search(browser, address)]
        browser.close()
    print(*problems, sep='\n')
    print(f'{len(names)} pages in {len(VIEWS)} views, {len(problems)} problems')
    return bool(problems)


if __name__ == '__main__':
    sys.exit(main())
