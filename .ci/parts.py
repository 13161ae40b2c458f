"""Drawings of single parts: heads, losses, what systems share, what options touch.

Grey is frozen, yellow is tuned in the present session."""

from drawing import Drawing
from systems import cloud, joined


def alignment():
    "The alignment loss of three images."
    d = Drawing(
        360,
        176,
        'Alignment: the loss of an image is 0 if both features point the same way, 1 at a right '
        'angle, 2 if they are opposite.',
    )
    ends = (((66, 78), (84, 70)), ((0, -58), None), ((-62, 0), None))
    for i, (cost, name) in enumerate(((0, 'same'), (1, 'right angle'), (2, 'opposite'))):
        x, y = (26, 146, 288)[i], 96
        d.arrow((x, y), (x + 56, y), kind='slow', width=3)
        if i == 0:
            d.arrow((x, y - 6), (x + 78, y - 6), kind='fast', width=3)
        else:
            dx, dy = ends[i][0]
            d.arrow((x, y), (x + dx, y + dy), kind='fast', width=3)
        d.text((58, 172, 288)[i], 122, name, 13, kind='soft')
        d.text((58, 172, 288)[i], 26, f'1 − cos = {cost}', 14, bold=True)
    d.text(14, 160, 'orange: slow, a constant; green: fast, is moved', 13, anchor='start')
    return d


def cosine_head():
    "Rows of a cosine head as directions."
    d = Drawing(
        360,
        196,
        'A cosine head: each class is a direction, and the logit is the scale times the cosine of '
        'the angle between feature and row.',
    )
    at = 40, 150
    for end, name, where in (
        ((40, 40), 'w_{0}', (40, 30)),
        ((122, 62), 'w_{1}', (136, 58)),
        ((160, 150), 'w_{2}', (174, 155)),
    ):
        d.arrow(at, end, kind='safe', width=2.4)
        d.text(*where, name, 14)
    d.arrow(at, (178, 118), kind='loss', width=2.4)
    d.text(190, 120, 'z', 15, bold=True)
    d.text(206, 40, 'logit of class c:', 14, anchor='start')
    d.text(206, 62, 'σ cos(z, w_{c})', 15, bold=True, anchor='start')
    d.text(206, 134, 'A new class is a', 13, anchor='start', kind='soft')
    d.text(206, 151, 'new row. Lengths', 13, anchor='start', kind='soft')
    d.text(206, 168, 'do not count.', 13, anchor='start', kind='soft')
    return d


def masked_rows():
    "Rows of old classes are masked while a session trains its own."
    d = Drawing(
        360,
        206,
        'A session-wise classifier: only rows of the classes of the session are trained, the '
        'logits of all others are masked.',
    )
    d.text(64, 28, 'rows W (C, D)', 13)
    d.matrix(20, 40, 22, [['frozen'] * 4] * 4 + [['tuned'] * 4] * 2)
    for i in range(6):
        y = 51 + 22 * i
        d.arrow((110, y), (136, y), width=1.2)
    d.matrix(138, 40, 22, [['frozen']] * 4 + [['tuned']] * 2)
    d.text(150, 28, 'logits', 13)
    d.text(176, 80, 'sessions 1 and 2:', 13, anchor='start')
    d.text(176, 97, 'masked, so unchanged', 13, anchor='start')
    d.arrow((162, 150), (184, 150))
    d.box(184, 134, 160, 32, 'cross-entropy', 'loss')
    d.text(20, 194, 'At test all rows answer side by side.', 13, anchor='start', kind='soft')
    return d


def lora():
    "A low-rank update beside a frozen weight."
    d = Drawing(
        360,
        176,
        'LoRA: beside the frozen weight a path of rank r, whose product with the input is added; '
        'it can be merged into the weight.',
    )
    d.text(22, 66, 'x', 15, bold=True)
    d.arrow((32, 61), (60, 61))
    d.box(60, 32, 150, 58, 'W_{0}\nd_{out} × d_{in}', 'frozen')
    d.line((44, 61), (44, 128))
    d.arrow((44, 128), (60, 128))
    d.box(60, 112, 70, 32, 'A: r × d_{in}', 'tuned', 11)
    d.arrow((130, 128), (140, 128))
    d.box(140, 112, 70, 32, 'B: d_{out} × r', 'tuned', 11)
    d.arrow((210, 61), (262, 61))
    d.arrow((210, 128), (272, 128), (272, 71))
    d.ellipse(272, 61, 10, 10, 'plain')
    d.text(272, 66, '+', 16)
    d.text(238, 122, '× α/r', 13)
    d.arrow((282, 61), (320, 61))
    d.text(334, 66, 'h', 15, bold=True)
    d.text(60, 164, 'B starts at 0, so at first h = W_{0} x', 13, anchor='start', kind='soft')
    return d


def prefix():
    "Learned keys and values beside those of the tokens."
    d = Drawing(
        360,
        196,
        'Prefix attention: learned keys and values stand before those of the tokens; the queries '
        'and the length of the sequence stay.',
    )
    d.text(38, 34, 'queries', 13)
    d.matrix(20, 66, 18, [['frozen'] * 2] * 4)
    d.text(38, 160, 'h_{Q}', 14)
    for x, name, key in ((104, 'keys', 'K'), (176, 'values', 'V')):
        d.text(x + 18, 34, name, 13)
        d.matrix(x, 42, 18, [['tuned'] * 2] * 2)
        d.matrix(x, 82, 18, [['frozen'] * 2] * 4)
        d.text(x + 18, 176, f'p_{{{key}}}, h_{{{key}}}', 14)
    d.arrow((226, 102), (252, 102))
    d.box(252, 78, 92, 48, 'attention', 'frozen')
    d.text(298, 152, 'N tokens in,', 12, kind='soft')
    d.text(298, 167, 'N tokens out', 12, kind='soft')
    return d


def two_passes():
    "The query of the first pass decides the prompts of the second."
    d = Drawing(
        360,
        176,
        'Prompting in two passes: the frozen network without prompts gives a query, the query '
        'decides the prompts, the same network runs again with them.',
    )
    d.stack(14, 88, n=1, side=26)
    d.arrow((40, 101), (50, 101), (50, 50), (62, 50))
    d.arrow((40, 101), (50, 101), (50, 138), (62, 138))
    d.box(62, 30, 112, 40, '1st pass: PTM', 'frozen', 13)
    d.arrow((174, 50), (200, 50))
    d.text(210, 55, 'q', 15, bold=True)
    d.arrow((220, 50), (244, 50))
    d.box(244, 30, 100, 40, 'prompts', 'tuned')
    d.line((294, 70), (294, 94))
    d.arrow((294, 94), (118, 94), (118, 118))
    d.box(62, 118, 112, 40, '2nd pass: PTM', 'frozen', 13)
    d.arrow((174, 138), (200, 138))
    d.text(210, 143, 'z', 15, bold=True)
    d.arrow((220, 138), (244, 138))
    d.box(244, 118, 100, 40, 'own rows', 'tuned')
    return d


POINTS = [(-60, -8), (-30, 38), (-34, -46), (-10, 22), (2, -34), (28, 44), (40, 8), (62, -24)]


def chosen(points, n):
    "Herding in the plane: the point that brings the mean of the chosen nearest to the mean."
    mean = [sum(p[k] for p in points) / len(points) for k in (0, 1)]
    picked = []
    for _ in range(n):

        def gap(p):
            rows = [*picked, p]
            centre = [sum(r[k] for r in rows) / len(rows) for k in (0, 1)]
            return sum((a - b) ** 2 for a, b in zip(centre, mean))

        picked.append(min((p for p in points if p not in picked), key=gap))
    return mean, picked


def herding():
    "Which images of a class are kept."
    d = Drawing(
        360,
        176,
        'Herding: exemplars are chosen one by one, such that their mean stays near the class mean.',
    )
    x, y = 92, 88
    (a, b), picked = chosen(POINTS, 3)
    for p in POINTS:
        kind = 'sky' if p in picked else 'frozen'
        d.dot(x + p[0], y + p[1], kind, r=8 if p in picked else 6)
    d.dot(x + a, y + b, 'loss', r=8, shape='cross')
    for i, p in enumerate(picked):
        d.text(x + p[0] + 15, y + p[1] + 5, f'{i + 1}', 14, bold=True)
    d.text(186, 50, 'cross: class mean', 13, anchor='start')
    d.text(186, 76, 'numbers: kept, in order', 13, anchor='start')
    d.text(186, 102, 'grey: not kept', 13, anchor='start')
    d.text(186, 140, 'The first m are a good', 13, anchor='start', kind='soft')
    d.text(186, 157, 'choice of m.', 13, anchor='start', kind='soft')
    return d


def gaussians():
    "Features of a class, their Gaussian, and draws from it."
    d = Drawing(
        360,
        166,
        'Features of a class give a mean and a covariance; later, features are drawn from this '
        'Gaussian in place of the images.',
    )
    for x, text in ((62, 'features'), (180, 'μ and Σ, kept'), (298, 'draws')):
        d.text(x, 150, text, 13)
    for dx, dy in ((-20, 12), (0, 4), (14, -12), (-8, -6), (26, -20), (-30, 24), (10, 10)):
        d.dot(62 + dx, 72 + dy, 'sky', r=4)
    d.arrow((112, 72), (132, 72))
    d.add('<g transform="rotate(-34 180 72)">')
    d.ellipse(180, 72, 42, 17, 'sky')
    d.add('</g>')
    d.dot(180, 72, 'sky', r=7, shape='cross')
    d.arrow((228, 72), (248, 72))
    for dx, dy in ((-24, 22), (-12, 2), (2, 10), (8, -8), (20, -12), (-4, -10), (30, -28), (16, 4)):
        d.ellipse(298 + dx, 72 + dy, 4, 4, 'sky')
    d.text(180, 26, 'images are gone, the Gaussian stays', 13, kind='soft')
    return d


def expansion():
    "Several extractors, the last one trained."
    d = Drawing(
        360,
        186,
        'Expansion: old extractors are frozen in three ways, a new one is trained beside them, and '
        'their features are concatenated.',
    )
    d.stack(14, 86, n=1, side=26)
    d.line((40, 99), (54, 99))
    d.line((54, 52), (54, 146))
    for i, y in enumerate((34, 81, 128)):
        d.arrow((54, y + 18), (68, y + 18))
        d.box(68, y, 70, 36, f'F_{{{i + 1}}}', 'tuned' if i == 2 else 'frozen')
        d.arrow((138, y + 18), (160, y + 18))
    joined(d, 160, 34, 43, ('frozen', 'frozen', 'tuned'))
    d.text(186, 50, 'frozen: no training,', 13, anchor='start')
    d.text(186, 67, 'no gradients,', 13, anchor='start')
    d.text(186, 84, 'evaluation mode', 13, anchor='start')
    d.text(186, 150, 'trained in this session', 13, anchor='start')
    return d


def tuning():
    "A head that is discarded, and one that is kept."
    d = Drawing(
        360,
        206,
        'Tuning with cross-entropy: RanPAC and APER discard the cosine head after session 1, '
        'fine-tuning and joint training keep it and predict with it.',
    )
    for top, title, end, kind in (
        (10, 'RanPAC, APER: session 1 only', 'statistics\nof features', 'safe'),
        (108, 'Fine-tuning, joint training', 'prediction', 'plain'),
    ):
        d.text(14, top + 20, title, 14, bold=True, anchor='start')
        d.box(14, top + 34, 76, 40, 'network', 'tuned', 13)
        d.arrow((90, top + 54), (110, top + 54))
        if top == 10:
            d.box(110, top + 34, 96, 40, 'cosine head,\ndiscarded', 'plain', 13, dash=True)
            d.line((52, top + 74), (52, top + 86))
            d.arrow((52, top + 86), (295, top + 86), (295, top + 74))
        else:
            d.box(110, top + 34, 96, 40, 'cosine head', 'tuned', 13)
            d.arrow((206, top + 54), (244, top + 54))
        d.box(244, top + 34, 102, 40, end, kind, 13)
    return d


def learner():
    "The duties of a learner."
    d = Drawing(
        480,
        236,
        'A learner takes in training images session by session and scores images of all classes '
        'seen; test images reach it only as images without labels.',
    )
    for i in range(3):
        y = 44 + 58 * i
        d.text(56, y - 6, f'session {i + 1}', 12, kind='soft')
        d.box(16, y, 80, 34, 'train', 'tuned', 13)
        d.line((96, y + 17), (112, y + 17))
    d.line((112, 61), (112, 177))
    d.arrow((112, 119), (136, 119))
    d.text(124, 34, 'fit_session(session)', 12, anchor='start')
    d.box(136, 84, 104, 70, 'learner', 'safe', 15, bold=True)
    d.box(136, 186, 104, 34, 'state_dict()', size=13)
    d.arrow((188, 154), (188, 186), both=True)
    d.text(372, 34, 'predict_logits(images)', 12)
    d.box(290, 52, 164, 34, 'test images, no labels', size=13)
    d.arrow((290, 69), (264, 69), (264, 104), (240, 104))
    d.arrow((240, 134), (290, 134))
    d.box(290, 116, 164, 36, 'logits of all classes\nseen so far', size=12)
    d.arrow((372, 152), (372, 182))
    d.box(290, 182, 164, 38, 'accuracy A[t, k], with\nthe test labels', 'loss', 12)
    return d


def options():
    "What each option of SAFE acts on."
    d = Drawing(
        480,
        330,
        'Options of SAFE: the loss of the slow learner acts on everything after it; teacher and '
        'its weights on the fast learner; joining, gamma and scale on the answer alone.',
    )
    d.box(20, 116, 120, 46, 'slow network', 'slow')
    d.box(180, 116, 120, 46, 'slow logits', 'slow')
    d.box(20, 214, 120, 46, 'fast network', 'fast')
    d.box(180, 214, 120, 46, 'fast logits', 'fast')
    d.box(350, 165, 110, 46, 'answer', 'safe')
    d.arrow((140, 139), (180, 139))
    d.arrow((140, 237), (180, 237))
    d.arrow((80, 162), (80, 214))
    d.text(88, 193, 'copy, teacher', 12, anchor='start', kind='soft')
    d.arrow((300, 139), (325, 139), (325, 180), (350, 180))
    d.arrow((300, 237), (325, 237), (325, 196), (350, 196))
    d.box(20, 16, 200, 60, 'slow_align, lambda_align,\nlambda_diag, lambda_rdn', 'loss', 13)
    d.arrow((80, 76), (80, 116), kind='loss')
    d.box(20, 286, 290, 32, 'teacher, lambda_cos, lambda_cross', 'loss', 13)
    d.arrow((80, 286), (80, 260), kind='loss')
    d.box(350, 60, 110, 62, 'aggregation,\ngamma,\nlogit_scale', 'loss', 13)
    d.arrow((405, 122), (405, 165), kind='loss')
    return d


def official():
    "Two departures of the authors' code."
    d = Drawing(
        480,
        318,
        "Two departures of the authors' code: both learners add into one G and Q, and the slow "
        'head has zero rows for all classes after session 1.',
    )
    d.panel(10, 10, 226, 298, 'SAFE')
    d.panel(244, 10, 226, 298, 'Official code')
    d.text(22, 58, 'sums of the ridge heads', 13, anchor='start', kind='soft')
    d.text(256, 58, 'sums of the ridge heads', 13, anchor='start', kind='soft')
    for y, name, key in ((70, 'slow', 's'), (116, 'fast', 'f')):
        d.box(22, y, 70, 34, name, name)
        d.arrow((92, y + 17), (128, y + 17))
        d.box(128, y, 96, 34, f'G_{{{key}}}, Q_{{{key}}}', name)
        d.box(256, y, 70, 34, name, name)
        d.line((326, y + 17), (342, y + 17))
    d.line((342, 87), (342, 133))
    d.arrow((342, 110), (362, 110))
    d.box(362, 93, 96, 34, 'one G, Q', 'loss')
    d.text(22, 188, 'slow classifier, session 3', 13, anchor='start', kind='soft')
    d.text(256, 188, 'slow classifier, session 3', 13, anchor='start', kind='soft')
    d.matrix(22, 200, 15, [['slow'] * 4] * 6)
    d.matrix(256, 200, 15, [['slow'] * 4] * 2 + [['plain'] * 4] * 4)
    d.text(96, 240, 'class means,', 13, anchor='start')
    d.text(96, 257, 'all sessions', 13, anchor='start')
    d.text(330, 219, 'trained in session 1', 12, anchor='start')
    d.text(330, 264, 'zeros for ever', 12, anchor='start')
    return d


def training():
    "The training loop."
    d = Drawing(
        480,
        196,
        'The training loop: batch, augmentation, network, head, losses, a step; what changes is '
        'one state, which can be saved after every epoch.',
    )
    d.stack(16, 60, n=3)
    d.text(34, 106, 'images', 12, kind='soft')
    d.arrow((58, 70), (74, 70))
    names = ('batch,\naugment', 'plain'), ('network', 'tuned'), ('head', 'tuned'), ('loss', 'loss')
    for i, (name, kind) in enumerate(names):
        x = 74 + 102 * i
        d.box(x, 48, 84, 44, name, kind, 13)
        if i < 3:
            d.arrow((x + 84, 70), (x + 102, 70))
    d.line((422, 92), (422, 120), kind='loss')
    d.line((422, 120), (218, 120), kind='loss')
    d.arrow((218, 120), (218, 92), kind='loss')
    d.arrow((320, 120), (320, 92), kind='loss')
    d.text(270, 138, 'gradients, a step', 13)
    d.box(16, 150, 448, 32, 'saved: tuned weights, optimizer, history, random states', size=13)
    d.text(16, 30, 'the same loop for every system that tunes', 13, anchor='start', kind='soft')
    return d


def prototypes():
    "Class means from sums and counts."
    d = Drawing(
        360,
        176,
        'Prototypes: each class has a sum of features and a count; their ratio is the class mean, '
        'in whatever order the images come.',
    )
    for x, kind in ((44, 'pink'), (114, 'sky'), (80, 'ink')):
        cloud(d, x, 58 if kind != 'ink' else 112, kind)
    d.arrow((146, 84), (172, 84))
    d.box(172, 40, 84, 36, 'Σ z', 'safe', 15)
    d.box(172, 92, 84, 36, 'count', 'safe')
    d.arrow((256, 58), (272, 58), (272, 84), (290, 84))
    d.arrow((256, 110), (272, 110), (272, 84), (290, 84))
    d.box(290, 64, 56, 40, 'mean', 'safe')
    d.text(14, 160, 'Sums do not depend on the order of sessions.', 13, anchor='start', kind='soft')
    return d


def parts():
    "File name -> drawing."
    heads = cosine_head, prototypes, masked_rows, lora, prefix
    shared = herding, gaussians, expansion, tuning, two_passes
    return {
        f.__name__: f() for f in (alignment, training, learner, options, official, *heads, *shared)
    }
