"""A drawing from a handful of primitives: box, arrow, text, matrix, dots. It is written as SVG.

A drawing is a card with a ground of its own, so it can be read on any page; its colours follow the
reader's light or dark setting. All lengths are pixels. `problems` tells whether a text leaves the
card, touches another text, or is crossed by a line, measured in a font wider than most."""

import re
from functools import lru_cache
from html import escape
from pathlib import Path

import matplotlib
from PIL import ImageFont

# kind -> line on light and dark ground, area on light and dark ground
KINDS = dict(
    card=('#d0d7de', '#3d444d', '#ffffff', '#161b22'),
    panel=('#d0d7de', '#3d444d', '#f6f8fa', '#1d232b'),
    ink=('#1f2328', '#e6edf3', '#1f2328', '#e6edf3'),
    soft=('#59636e', '#a4aeb9', '#59636e', '#a4aeb9'),
    plain=('#59636e', '#a4aeb9', '#ffffff', '#161b22'),
    frozen=('#8b949e', '#8b949e', '#e4e7eb', '#363d46'),
    tuned=('#a38a00', '#f0e442', '#faf0a0', '#4d4608'),
    slow=('#e69f00', '#e69f00', '#fdebc4', '#4f3a08'),
    fast=('#009e73', '#2fc79b', '#cdeee2', '#0b4332'),
    safe=('#0072b2', '#4aa8de', '#d3e8f5', '#103a55'),
    loss=('#d55e00', '#ff6f52', '#fbe0cf', '#5c1f14'),
    pink=('#cc79a7', '#dd95bd', '#f5e1ec', '#4a2439'),
    sky=('#56b4e9', '#56b4e9', '#dcf0fb', '#133d54'),
    grey=('#777777', '#9a9a9a', '#e8e8e8', '#3a3a3a'),
)
FONT = "system-ui,-apple-system,'Segoe UI','Helvetica Neue',Arial,sans-serif"
SMALL = 0.75  # size of an index against the text


@lru_cache
def _font(bold):
    name = 'DejaVuSans-Bold.ttf' if bold else 'DejaVuSans.ttf'
    return ImageFont.truetype(Path(matplotlib.get_data_path()) / 'fonts/ttf' / name, 100)


def pieces(s):
    "A text in pieces: (text, 0), (index, 1) from `_{..}` and (exponent, -1) from `^{..}`."
    found = re.findall(r'([_^])\{(.*?)\}|([^_^]+|[_^])', s)
    return [(inner or plain, {'_': 1, '^': -1}.get(mark, 0)) for mark, inner, plain in found]


def text_width(s, size, bold=False):
    "Pixels that a text takes in DejaVu Sans."
    parts = [(_font(bold).getlength(t), SMALL if at else 1) for t, at in pieces(s)]
    return sum(w * k for w, k in parts) * size / 100


def num(v):
    return f'{round(v, 1):g}'


def crosses(line, area):
    "Whether a segment (x0, y0, x1, y1) meets a rectangle (left, top, right, bottom)."
    x0, y0, x1, y1 = line
    lo, hi = 0.0, 1.0
    for start, end, least, most in ((x0, x1, area[0], area[2]), (y0, y1, area[1], area[3])):
        step = end - start
        if not step:
            if not least < start < most:
                return False
            continue
        a, b = sorted(((least - start) / step, (most - start) / step))
        lo, hi = max(lo, a), min(hi, b)
    return lo < hi


def moved(corners, dx, dy):
    x0, y0, x1, y1 = corners
    return x0 + dx, y0 + dy, x1 + dx, y1 + dy


class Drawing:
    "An SVG card of a given size. `title` says in one sentence what is to be seen."

    def __init__(self, width, height, title, accent=None):
        self.width, self.height, self.title = width, height, title
        self.parts, self.texts, self.lines, self.used = [], [], [], set()
        self.rect(0.5, 0.5, width - 1, height - 1, 'card', radius=8)
        if accent:
            self.add(f'<rect x="10" y="0" width="{width - 20}" height="5" {self.fill(accent, 1)}/>')

    def add(self, part):
        self.parts.append(part)

    def style(self, name):
        self.used.add(name)
        return name

    def fill(self, kind, line=False):  # the colour of the kind's line, or of its area
        return f'class="{self.style(("l-" if line else "a-") + kind)}"'

    def rect(self, x, y, w, h, kind, radius=5, dash=False, width=1.5):
        look = f'{self.style("a-" + kind)} {self.style("s-" + kind)}'
        extra = ' stroke-dasharray="5 4"' if dash else ''
        self.add(
            f'<rect x="{num(x)}" y="{num(y)}" width="{num(w)}" height="{num(h)}" rx="{radius}" '
            f'class="{look}" stroke-width="{width}"{extra}/>'
        )
        self.lines += [
            (x, y, x + w, y),
            (x, y + h, x + w, y + h),
            (x, y, x, y + h),
            (x + w, y, x + w, y + h),
        ]

    def box(self, x, y, w, h, text='', kind='plain', size=14, bold=False, dash=False):
        "A box with a text of one or more lines in its middle."
        self.rect(x, y, w, h, kind, dash=dash)
        rows = text.split('\n') if text else []
        top = y + h / 2 - (len(rows) - 1) * size * 0.6 + size * 0.35
        for i, row in enumerate(rows):
            self.text(x + w / 2, top + i * size * 1.2, row, size=size, bold=bold)

    def panel(self, x, y, w, h, title):
        "A part of the drawing, with a title at its top left."
        self.rect(x, y, w, h, 'panel', radius=6, width=1)
        self.text(x + 10, y + 20, title, size=15, bold=True, anchor='start')

    def text(self, x, y, s, size=14, bold=False, anchor='middle', kind='ink'):
        "A line of text; `y` is its baseline."
        tspans = ''
        back = 0
        for t, at in pieces(s):
            move = num(at * size * 0.28 - back)
            back = at * size * 0.28
            if at or move != '0':
                small = f' font-size="{num(size * SMALL)}"' if at else ''
                tspans += f'<tspan dy="{move}"{small}>{escape(t)}</tspan>'
            else:
                tspans += escape(t)
        weight = ' font-weight="bold"' if bold else ''
        where = '' if anchor == 'start' else f' text-anchor="{anchor}"'
        self.add(
            f'<text x="{num(x)}" y="{num(y)}" font-size="{num(size)}"{weight}{where} '
            f'{self.fill(kind, True)}>{tspans}</text>'
        )
        w = text_width(s, size, bold)
        left = x - w * dict(start=0, middle=0.5, end=1)[anchor]
        self.texts.append((s, (left, y - 0.72 * size, left + w, y + 0.12 * size)))

    def line(self, *points, kind='soft', dash=False, width=1.6, closed=False):
        "A line through points (x, y)."
        path = 'M' + 'L'.join(f'{num(x)} {num(y)}' for x, y in points) + 'Z' * closed
        extra = ' stroke-dasharray="5 4"' if dash else ''
        look = f'class="{self.style("s-" + kind)}" fill="none" stroke-width="{width}"'
        self.add(f'<path d="{path}" {look}{extra}/>')
        self.lines += [(*a, *b) for a, b in zip(points, points[1:])]

    def arrow(self, *points, kind='soft', dash=False, both=False, width=1.6):
        "A line with a head at its end, or at both."
        self.line(*points, kind=kind, dash=dash, width=width)
        self.head(points[-2], points[-1], kind)
        if both:
            self.head(points[1], points[0], kind)

    def head(self, start, end, kind):
        dx, dy = end[0] - start[0], end[1] - start[1]
        n = (dx * dx + dy * dy) ** 0.5
        dx, dy = dx / n, dy / n
        back = end[0] - 8 * dx, end[1] - 8 * dy
        corners = end, (back[0] - 4 * dy, back[1] + 4 * dx), (back[0] + 4 * dy, back[1] - 4 * dx)
        path = 'M' + 'L'.join(f'{num(x)} {num(y)}' for x, y in corners) + 'Z'
        self.add(f'<path d="{path}" {self.fill(kind, True)}/>')

    def dot(self, x, y, kind='ink', r=4, shape='dot'):
        "A point: a dot, or a cross for a mean."
        if shape == 'dot':
            self.add(f'<circle cx="{num(x)}" cy="{num(y)}" r="{r}" {self.fill(kind, True)}/>')
            return
        self.line((x - r, y), (x + r, y), kind=kind, width=3)
        self.line((x, y - r), (x, y + r), kind=kind, width=3)

    def ellipse(self, x, y, rx, ry, kind, dash=False):
        look = f'{self.style("a-" + kind)} {self.style("s-" + kind)}'
        extra = ' stroke-dasharray="5 4"' if dash else ''
        self.add(
            f'<ellipse cx="{num(x)}" cy="{num(y)}" rx="{rx}" ry="{ry}" class="{look}" '
            f'stroke-width="1.5"{extra}/>'
        )

    def matrix(self, x, y, side, kinds):
        "Square cells in rows; `kinds` has for each row the kind of each cell, None: empty."
        for kind in sorted({k for row in kinds for k in row if k}):
            cells = [(i, j) for i, row in enumerate(kinds) for j, k in enumerate(row) if k == kind]
            steps = f'h{num(side)}v{num(side)}h-{num(side)}z'
            path = ''.join(f'M{num(x + j * side)} {num(y + i * side)}{steps}' for i, j in cells)
            look = f'{self.style("a-" + kind)} {self.style("s-" + kind)}'
            self.add(f'<path d="{path}" class="{look}" stroke-width="1"/>')

    def bars(self, x, y, values, kind, width=10, gap=3, height=40):
        "Bars on a ground line at `y`; values from 0 to 1."
        for i, v in enumerate(values):
            at, h = x + i * (width + gap), max(1, v * height)
            self.add(
                f'<rect x="{num(at)}" y="{num(y - h)}" width="{width}" height="{num(h)}" '
                f'{self.fill(kind, True)}/>'
            )
        end = x + len(values) * (width + gap) - gap
        self.line((x - 2, y), (end + 2, y), width=1)

    def stack(self, x, y, kind='plain', n=3, side=26, step=5):
        "A pile of images."
        for i in reversed(range(n)):
            self.rect(x + i * step, y - i * step, side, side, kind, radius=3, width=1.2)
        self.line((x + 5, y + 20), (x + 11, y + 10), (x + 16, y + 16), (x + 21, y + 20), width=1.4)

    def place(self, other, dx, dy):
        "Another drawing, without its card, moved to the right and down."
        self.add(f'<g transform="translate({num(dx)} {num(dy)})">')
        self.parts += other.parts[1:]
        self.add('</g>')
        self.used |= other.used
        self.lines += [moved(line, dx, dy) for line in other.lines[4:]]
        self.texts += [(s, moved(area, dx, dy)) for s, area in other.texts]

    def css(self):
        "The colours in use, on light and on dark ground."

        def rules(dark):
            for name in sorted(self.used):
                colours = KINDS[name[2:]]
                prop = 'stroke' if name[0] == 's' else 'fill'
                value = colours[dark + 2 * (name[0] == 'a')]
                yield f'.{name}{{{prop}:{value}}}'

        light, dark = ''.join(rules(0)), ''.join(rules(1))
        return f'{light}@media (prefers-color-scheme:dark){{{dark}}}'

    def svg(self):
        "The drawing as the bytes of an SVG."
        size = f'width="{self.width}" height="{self.height}"'
        head = (
            f'<svg xmlns="http://www.w3.org/2000/svg" {size} '
            f'viewBox="0 0 {self.width} {self.height}" font-family="{FONT}" role="img">'
        )
        rows = [head, f'<title>{escape(self.title)}</title>', f'<style>{self.css()}</style>']
        return '\n'.join([*rows, *self.parts, '</svg>', '']).encode()

    def problems(self):
        "Texts that leave the card, meet another text, or are crossed by a line."
        card = 4, 4, self.width - 4, self.height - 4
        for i, (s, (a, b, c, d)) in enumerate(self.texts):
            if a < card[0] or b < card[1] or c > card[2] or d > card[3]:
                yield f'{s!r} leaves the card'
            for other, (e, f, g, h) in self.texts[:i]:
                if a < g and e < c and b < h and f < d:
                    yield f'{s!r} meets {other!r}'
            if any(crosses(line, (a, b, c, d)) for line in self.lines):
                yield f'{s!r} is crossed by a line'
