"""The drawings of the notebooks: each function draws one, `pictures` lists them.

`python .ci/project.py drawings` writes them to nbs/images/."""

from math import exp, log

from common import NBS, ROOT, notebooks, rel
from drawing import Drawing
from generated import update
from parts import parts
from style import targets, texts
from systems import systems


def entropy(logits):
    "Of the softmax, in nats."
    total = sum(map(exp, logits))
    p = [exp(v) / total for v in logits]
    return -sum(q * log(q) for q in p)


SEEN = (
    'SAFE: in session 1 the slow learner is tuned, later the fast learner is tuned near it; '
    'ridge heads come from sums; at inference the more certain learner counts more.'
)


def training():
    d = Drawing(392, 574, SEEN)
    _session_1(d)
    _later_sessions(d)
    _heads(d)
    return d


def framework():
    "SAFE as a whole: training left, inference right."
    d = Drawing(600, 574, SEEN)
    d.place(training(), 0, 0)
    d.place(inference(), 380, 0)
    return d


def framework_narrow():
    "The same for a phone: training above, inference below."
    d = Drawing(392, 1146, SEEN)
    d.place(training(), 0, 0)
    d.place(inference(), 86, 572)
    return d


def _session_1(d):
    d.panel(10, 10, 372, 186, 'Session 1: tune the slow learner')
    d.stack(24, 90, n=3)
    d.text(43, 136, 'images', 13)
    for y in (62, 138):
        d.line((66, 100), (76, 100), (76, y))
        d.arrow((76, y), (90, y))
    d.box(90, 42, 124, 40, 'PTM, frozen', 'frozen')
    d.box(90, 116, 124, 44, 'PTM + slow PET\ntuned', 'slow')
    d.arrow((214, 62), (242, 62))
    d.text(250, 67, 'ẑ', 15)
    d.arrow((214, 138), (242, 138))
    d.text(250, 143, 'z', 15)
    d.arrow((260, 138), (278, 138))
    d.box(278, 122, 94, 32, 'cosine head')
    d.box(200, 88, 100, 24, 'transfer loss', 'loss')
    d.line((250, 72), (250, 88), kind='loss', dash=True)
    d.line((250, 112), (250, 130), kind='loss', dash=True)
    d.text(20, 184, 'Losses: cross-entropy + transfer. Then frozen.', anchor='start')


def _later_sessions(d):
    d.panel(10, 204, 372, 228, 'Sessions t > 1: tune the fast learner')
    d.text(20, 246, 'It starts as a copy of the slow one.', anchor='start', kind='soft')
    d.stack(24, 312, n=3)
    d.text(43, 358, 'images', 13)
    for y in (278, 364):
        d.line((66, 321), (76, 321), (76, y))
        d.arrow((76, y), (90, y))
    d.box(90, 256, 124, 44, 'PTM + slow PET\nfrozen teacher', 'slow')
    d.box(90, 342, 124, 44, 'PTM + fast PET\ntuned', 'fast')
    d.line((214, 278), (224, 278))
    d.line((214, 364), (224, 364))
    d.text(233, 283, 'z', 15)
    d.text(233, 369, 'z', 15)
    d.box(190, 309, 76, 24, 'alignment', 'loss', size=13)
    d.line((233, 288), (233, 309), kind='loss', dash=True)
    d.line((233, 333), (233, 356), kind='loss', dash=True)
    d.box(298, 257, 76, 42, 'slow rows\n(means)', 'slow', size=13)
    d.box(298, 343, 76, 42, 'fast rows', 'fast', size=13)
    d.arrow((242, 364), (298, 364))
    d.arrow((242, 284), (314, 343), kind='loss')
    d.arrow((242, 358), (314, 299), kind='loss')
    d.text(20, 407, 'Losses: cross-entropy + alignment (cosine)', anchor='start')
    d.text(20, 424, '+ cross-classification (crossed arrows)', anchor='start')


def _heads(d):
    d.panel(10, 440, 372, 124, 'After each session: heads from sums')
    d.text(20, 482, 'Each learner has its own G and Q.', anchor='start', kind='soft')
    d.box(18, 494, 98, 56, 'H = relu(zP)\nP: random', size=13)
    d.box(130, 494, 110, 56, 'G += H^{T}H\nQ += H^{T}Y', 'safe')
    d.box(254, 494, 120, 56, 'ridge head W =\n(G + λI)^{−1} Q', size=13)
    d.arrow((116, 522), (130, 522))
    d.arrow((240, 522), (254, 522))


def inference():
    d = Drawing(220, 574, SEEN)
    d.panel(10, 10, 200, 554, 'Inference')
    d.stack(92, 42, n=1, side=30)
    sure, unsure = (0.1, 0.95, 0.2, 0.1), (0.4, 0.6, 0.5, 0.45)
    for x, name, values, doubt in ((18, 'slow', sure, 'low'), (114, 'fast', unsure, 'high')):
        mid = x + 44
        d.arrow((107, 72), (107, 92), (mid, 92), (mid, 108))
        d.box(x, 108, 88, 44, f'PTM +\n{name} PET', name)
        d.arrow((mid, 152), (mid, 178))
        d.text(mid + 10, 170, 'z', anchor='start')
        d.box(x, 178, 88, 34, 'ridge head')
        d.arrow((mid, 212), (mid, 230))
        d.bars(mid - 26, 284, values, name, width=10, gap=4, height=46)
        d.text(mid, 304, 'logits')
        d.arrow((mid, 312), (mid, 332))
        d.box(x, 332, 88, 44, f'entropy:\n{doubt}', name)
        d.arrow((mid, 376), (mid, 400))
    d.box(18, 400, 184, 46, 'w = softmax(−γ entropy)\nless entropy, more weight', 'safe', 13)
    d.arrow((110, 446), (110, 470))
    d.box(18, 470, 184, 38, 'weighted sum of logits', 'safe')
    d.arrow((110, 508), (110, 532))
    d.text(110, 550, 'class')
    return d


def pets():
    "The three PETs in one block of a ViT."
    d = Drawing(
        480,
        470,
        'A ViT block with the three PETs: VPT appends prompt tokens, SSF scales and shifts after '
        'each operation, the adapter is a side path beside the MLP.',
    )
    d.text(24, 30, 'N tokens, n prompts', anchor='start')
    d.matrix(24, 38, 16, [['frozen'] * 6])
    d.matrix(120, 38, 16, [['tuned'] * 3])
    d.arrow((97, 54), (97, 76))
    rows = ['norm1', 'qkv', 'attention', 'proj', '+', 'norm2', 'fc1', 'GELU', 'fc2', '+']
    ssf = {'norm1', 'qkv', 'proj', 'norm2', 'fc1', 'fc2'}
    tops, y = [], 76
    for name in rows:
        tops.append(y)
        if name == '+':
            d.ellipse(97, y + 9, 10, 10, 'plain')
            d.text(97, y + 14, '+', 16)
            y += 36
            d.arrow((97, y - 17), (97, y))
            continue
        d.box(52, y, 90, 22, name, 'frozen', 13)
        d.arrow((97, y + 22), (97, y + 36))
        if name in ssf:
            d.ellipse(97, y + 28, 6, 6, 'safe')
        y += 36
    for i, at in ((0, 4), (5, 9)):
        top, end = tops[i] - 12, tops[at] + 9
        d.arrow((97, top), (32, top), (32, end), (87, end))
    _side_path(d, tops[5] - 12, tops[9] + 9)
    d.matrix(49, y, 16, [['frozen'] * 6])
    d.text(156, y + 13, 'prompts are dropped', 13, anchor='start', kind='soft')
    _pet_table(d)
    return d


def _side_path(d, top, end):
    d.line((97, top), (202, top))
    d.arrow((202, top), (202, top + 26))
    d.box(160, top + 26, 84, 24, 'down', 'pink', 13)
    d.arrow((202, top + 50), (202, top + 64))
    d.text(202, top + 78, 'ReLU', 13)
    d.arrow((202, top + 84), (202, top + 98))
    d.box(160, top + 98, 84, 24, 'up', 'pink', 13)
    d.text(210, end - 6, '× 0.1', 13, anchor='start')
    d.line((202, top + 122), (202, end))
    d.arrow((202, end), (107, end))


def _pet_table(d):
    d.text(270, 30, 'Added parameters', 14, bold=True, anchor='start')
    d.text(270, 48, 'L blocks, D features', 13, anchor='start', kind='soft')
    vpt = 'VPT-Deep, n = 5 prompts\nL n D\nViT-B: 46,080'
    ssf = (
        'SSF: scale and shift (blue),\nalso after patches, last norm\n(22 L + 4) D\nViT-B: 205,824'
    )
    adapter = 'Adapter, bottleneck r = 64\nL (2 D r + r + D)\nViT-B: 1,189,632'
    d.box(270, 60, 200, 74, vpt, 'tuned', 13)
    d.box(270, 150, 200, 92, ssf, 'safe', 13)
    d.box(270, 284, 200, 92, adapter, 'pink', 13)
    d.text(270, 410, 'Grey: frozen PTM.', 13, anchor='start', kind='soft')
    d.text(270, 428, 'ViT-B: L = 12, D = 768', 13, anchor='start', kind='soft')


def last_block():
    "What a block computes, and what the last one needs."
    d = Drawing(
        480,
        296,
        'A block takes and gives all tokens; in the last one the class token attends to all, and '
        'then goes on alone.',
    )
    tokens = [['safe']] + [['frozen']] * 5
    for top, title, first, out in (
        (10, 'A block', 'queries,\nkeys, values', tokens),
        (152, 'The last block', 'one query,\nkeys, values', [['safe']]),
    ):
        d.panel(10, top, 460, 134, title)
        mid = top + 78
        d.matrix(30, mid - 45, 15, tokens)
        for x, width, text in ((72, 96, first), (196, 86, 'attention'), (350, 74, 'proj, MLP')):
            d.box(x, mid - 21, width, 42, text, 'plain', 13)
        for x in (310, 446):
            d.matrix(x, mid - 7.5 * len(out), 15, out)
        for a, b in ((46, 72), (168, 196), (282, 309), (326, 350), (424, 445)):
            d.arrow((a, mid), (b, mid))
    return d


def ridge():
    "The ridge head and its sums."
    d = Drawing(
        480,
        372,
        'The ridge head: features times a fixed random matrix, a ReLU, two sums over all sessions, '
        'and weights solved from the sums.',
    )
    d.panel(10, 10, 460, 134, 'Features of a session')
    d.matrix(24, 62, 14, [['plain'] * 3] * 4)
    d.text(45, 136, 'z (B, D)', 13)
    d.text(81, 95, '×', 16)
    d.matrix(100, 69, 14, [['frozen'] * 9] * 3)
    d.text(163, 136, 'P (D, M), random, fixed', 13)
    d.arrow((236, 90), (310, 90))
    d.text(273, 82, 'relu', 14)
    d.matrix(322, 62, 14, [['safe'] * 9] * 4)
    d.text(385, 136, 'H (B, M), M ≫ D', 13)
    d.panel(10, 154, 460, 208, 'Sums over sessions, and the solution')
    d.text(77, 204, 'G += H^{T}H', 14)
    d.matrix(14 + 8, 214, 12, [['safe'] * 9] * 9)
    d.text(77, 344, '(M, M)', 13)
    d.text(190, 204, 'Q += H^{T}Y', 14)
    d.matrix(160, 214, 12, [['sky'] * 2 + ['tuned'] * 2 + ['pink'] * 2] * 9)
    d.text(196, 344, '(M, C), C grows', 13)
    d.arrow((242, 268), (340, 268))
    d.text(290, 258, 'solve', 14)
    d.text(398, 204, 'W = (G + λI)^{−1} Q', 13)
    d.matrix(362, 214, 12, [['plain'] * 6] * 9)
    d.text(398, 344, '(M, C)', 13)
    return d


def cross_classification():
    "Cross-classification: each head classifies what is the other's."
    d = Drawing(
        480,
        372,
        'Cross-classification: the fast head classifies K slow rows and B slow features; the slow '
        'head classifies K fast rows and B fast features.',
    )
    for top, own, other, note in (
        (10, 'slow', 'fast', 'trains the fast rows'),
        (190, 'fast', 'slow', 'trains the fast rows and features'),
    ):
        d.panel(10, top, 460, 172, f'The {other} head on what is {own}')
        d.matrix(24, top + 38, 18, [[own] * 5] * 2)
        d.matrix(24, top + 82, 18, [[own] * 5] * 3)
        d.text(122, top + 54, 'K class rows', 13, anchor='start')
        d.text(122, top + 70, 'of old classes', 13, anchor='start', kind='soft')
        d.text(122, top + 104, 'B features', 13, anchor='start')
        d.text(122, top + 120, 'of new images', 13, anchor='start', kind='soft')
        d.arrow((222, top + 86), (248, top + 86))
        head = 'fast head' if other == 'fast' else 'slow head\nfrozen'
        d.box(248, top + 64, 88, 44, head, other)
        d.arrow((336, top + 86), (362, top + 86))
        d.box(362, top + 56, 98, 60, 'labels\n0 .. K−1\nand y', 'loss', 13)
        d.text(411, top + 48, 'cross-entropy', 13)
        d.text(24, top + 160, f'Mean over K + B rows; {note}.', 13, anchor='start')
    return d


def transfer_loss():
    "The transfer loss as a matrix."
    d = Drawing(
        480,
        270,
        'The transfer loss looks at a D x D matrix c: its diagonal is pulled to 1, all other '
        'entries are pushed to 0.',
    )
    d.text(126, 30, 'column j: feature of the PTM', 13)
    cells = [['slow' if i == j else 'frozen' for j in range(7)] for i in range(7)]
    d.matrix(36, 40, 26, cells)
    for i in range(7):
        for j in range(7):
            d.text(49 + 26 * j, 58 + 26 * i, '1' if i == j else '0', 13, bold=i == j)
    d.text(127, 244, 'row i: feature of the learner', 13)
    d.text(248, 56, 'c_{ij}: batch mean of z_{i} ẑ_{j},', 14, anchor='start')
    d.text(248, 74, 'with z and ẑ of norm 1', 14, anchor='start')
    d.box(248, 92, 214, 46, 'diagonal: pulled to 1\nL_{diag} = Σ (c_{ii} − 1)^{2}', 'slow')
    d.box(248, 152, 214, 46, 'the rest: pushed to 0\nL_{rdn} = Σ c_{ij}^{2}', 'frozen')
    d.text(248, 224, 'The trace is a mean cosine,', 13, anchor='start', kind='soft')
    d.text(248, 242, 'at most 1: no match is perfect.', 13, anchor='start', kind='soft')
    return d


def aggregation():
    "Two learners' logits, entropies and weights."
    d = Drawing(
        480,
        330,
        'Aggregation: the slow learner has one high logit, so low entropy and the larger weight; '
        'the fast learner is in doubt and counts less.',
    )
    logits = dict(slow=[0.0, 3.0, 0.5, 0.0], fast=[1.2, 0.6, 1.4, 0.8])
    doubt = {name: entropy(v) for name, v in logits.items()}
    weight = {name: exp(-h) / sum(exp(-o) for o in doubt.values()) for name, h in doubt.items()}
    for y, (name, values) in zip((100, 206), logits.items()):
        d.text(16, y - 24, name, 15, bold=True, anchor='start')
        d.bars(66, y, [v / 3 for v in values], name, 16, 6, 60)
        d.text(106, y + 18, 'logits', 13, kind='soft')
        d.arrow((158, y - 20), (180, y - 20))
        d.box(180, y - 44, 112, 48, f'entropy\n{doubt[name]:.2f} nats', name)
        d.arrow((292, y - 20), (314, y - 20))
        d.box(314, y - 44, 80, 48, f'weight\n{weight[name]:.2f}', name)
    d.text(236, 32, 'H', 14, bold=True)
    d.text(354, 32, 'softmax(−γ H)', 13, bold=True)
    mixed = [weight['slow'] * s + weight['fast'] * f for s, f in zip(*logits.values())]
    d.line((394, 80), (424, 80))
    d.line((394, 186), (424, 186))
    d.line((424, 80), (424, 250))
    d.arrow((424, 250), (424, 276), (160, 276))
    d.text(16, 282, 'SAFE', 15, bold=True, anchor='start')
    d.bars(66, 300, [max(0, v) / 3 for v in mixed], 'safe', 16, 6, 60)
    d.text(106, 318, 'mixed logits', 13, kind='soft')
    d.text(290, 266, 'weighted sum of logits', 13)
    d.text(290, 296, 'γ = 1', 13, kind='soft')
    return d


def shape(d, x, y, which, kind, filled):
    "One of six simple figures, as an outline or filled."
    corners = {
        'triangle': [(0, -13), (13, 10), (-13, 10)],
        'square': [(-11, -11), (11, -11), (11, 11), (-11, 11)],
        'diamond': [(0, -14), (12, 0), (0, 14), (-12, 0)],
        'bar': [(-14, -6), (14, -6), (14, 6), (-14, 6)],
        'arrow': [(-13, -6), (1, -6), (1, -12), (14, 0), (1, 12), (1, 6), (-13, 6)],
    }
    look = f'class="{d.style("s-" + kind)}" fill="none"' if not filled else d.fill(kind, True)
    if which == 'disc':
        d.add(f'<circle cx="{x}" cy="{y}" r="12" {look} stroke-width="2.5"/>')
        return
    path = 'M' + 'L'.join(f'{x + a} {y + b}' for a, b in corners[which]) + 'Z'
    d.add(f'<path d="{path}" {look} stroke-width="2.5"/>')


def cil_dil():
    "Class-incremental and domain-incremental streams."
    d = Drawing(
        480,
        322,
        'Class-incremental: each session brings new shapes in one look. Domain-incremental: each '
        'session brings the same shapes in a new look.',
    )
    sets = [('disc', 'square'), ('triangle', 'diamond'), ('bar', 'arrow')]
    looks = [('ink', True), ('loss', False), ('safe', True)]
    for top, title, note in (
        (10, 'Class-incremental (CIL)', 'new classes, one look'),
        (164, 'Domain-incremental (DIL)', 'the same classes, new looks'),
    ):
        d.panel(10, top, 460, 148, title)
        d.text(460, top + 20, note, 13, anchor='end', kind='soft')
        for i in range(3):
            x = 24 + 150 * i
            d.box(x, top + 36, 132, 56, kind='plain')
            for j in range(2):
                which = sets[i][j] if top == 10 else sets[0][j]
                kind, filled = looks[0] if top == 10 else looks[i]
                shape(d, x + 42 + 48 * j, top + 64, which, kind, filled)
            d.text(x + 66, top + 112, f'session {i + 1}', 14)
            labels = f'labels {2 * i}, {2 * i + 1}' if top == 10 else 'labels 0, 1'
            d.text(x + 66, top + 132, labels, 13, kind='soft')
            if i < 2:
                d.arrow((x + 132, top + 64), (x + 150, top + 64))
    return d


def stored():
    "What SAFE keeps between sessions."
    d = Drawing(
        480,
        352,
        'Stored between sessions: two PETs, the fast cosine head, class means of the slow learner, '
        'the random matrix, and G, Q and W of two ridge heads; no images.',
    )
    d.text(16, 32, 'Stored between sessions', 15, bold=True, anchor='start')
    d.box(16, 46, 96, 46, 'slow PET\n< 5 MB', 'slow')
    d.box(122, 46, 96, 46, 'fast PET\n< 5 MB', 'fast')
    d.box(16, 102, 96, 46, 'slow class\nmeans', 'slow')
    d.box(122, 102, 96, 46, 'fast cosine\nhead', 'fast')
    d.box(16, 158, 202, 32, 'P, once for both: 61 MB', 'frozen')
    for x, name in ((232, 'slow'), (354, 'fast')):
        d.box(x, 46, 110, 110, f'G of {name}\nM × M\n800 MB', name)
        d.box(x, 164, 110, 26, 'Q, W: 16 MB each', name, 11)
    d.text(16, 214, 'ViT-B, M = 10,000, 200 classes, double precision: 1.7 GB,', 13, anchor='start')
    d.text(16, 231, 'nearly all of it G. Small M, small files.', 13, anchor='start')
    d.line((16, 244), (464, 244), width=1)
    d.text(16, 268, 'Not stored', 15, bold=True, anchor='start')
    d.stack(30, 296, n=3)
    d.line((24, 326), (72, 282), kind='loss', width=3)
    d.text(84, 302, 'images of', anchor='start')
    d.text(84, 319, 'earlier sessions', anchor='start')
    d.box(232, 282, 110, 44, 'PTM\nshared', 'frozen')
    d.text(352, 302, 'one copy for', anchor='start', size=13)
    d.text(352, 319, 'all, not saved', anchor='start', size=13)
    return d


# of `styles_by_split(4, seed=0)`: two makers in training, one in validation, one in test
DEALT = [
    ('Google', 'Microsoft', 'Twitter', 'EmojiOne'),
    ('Twitter', 'Microsoft', 'Google', 'EmojiOne'),
    ('Google', 'Twitter', 'Microsoft', 'EmojiOne'),
    ('Google', 'EmojiOne', 'Twitter', 'Microsoft'),
]


def emoji():
    "The makers of each class in training, validation and test."
    d = Drawing(
        480,
        302,
        'Emoji: for each class the four makers are dealt out anew: two draw its training images, '
        'one its validation images, one its test images.',
    )
    columns = (
        ('training', 84, 'tuned'),
        ('', 182, 'tuned'),
        ('validation', 280, 'sky'),
        ('test', 378, 'pink'),
    )
    d.text(128 + 49, 32, 'training', 15, bold=True)
    for name, x, _ in columns[2:]:
        d.text(x + 46, 32, name, 15, bold=True)
    for i, makers in enumerate(DEALT):
        y = 46 + 50 * i
        d.text(16, y + 24, f'class {i}', 14, anchor='start')
        for (_, x, kind), maker in zip(columns, makers):
            d.box(x, y, 92, 38, maker, kind)
    d.text(16, 268, 'No maker of a class is in two columns. Over all classes', 13, anchor='start')
    d.text(16, 286, 'every maker is seen in training.', 13, anchor='start')
    return d


def pictures():
    "File name -> drawing."
    main = (
        framework,
        framework_narrow,
        pets,
        last_block,
        ridge,
        transfer_loss,
        cross_classification,
        aggregation,
        cil_dil,
        stored,
        emoji,
    )
    small = {f'system_{name}': d for name, d in systems().items()}
    return {f.__name__: f() for f in main} | parts() | small


def unseen(paths):
    "Those of some pictures that neither a notebook nor README shows."
    pages = [(p, texts(p)) for p in notebooks()]
    pages.append((ROOT / 'README.md', [(ROOT / 'README.md').read_text(encoding='utf-8')]))
    links = {(p.parent / link).resolve() for p, ts in pages for t in ts for link in targets(t)}
    return [p for p in paths if p not in links]


def drawings(check=False):
    "The drawings in nbs/images are what their sources give, nothing overlaps, each is shown."
    drawn = {NBS / 'images' / f'{name}.svg': d for name, d in pictures().items()}
    problems = [f'{rel(p)}: {what}' for p, d in drawn.items() for what in d.problems()]
    old = dict.fromkeys((NBS / 'images').glob('*.svg'))
    problems += update({**old, **{p: d.svg() for p, d in drawn.items()}}, check)
    return problems + ([f'{rel(p)} is shown nowhere' for p in unseen(drawn)] if check else [])
