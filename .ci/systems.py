"""One small drawing for each system of nbs/5_baselines, so that they can be read side by side.

Grey is frozen, yellow is tuned in the present session; the strip has the colour of the plots."""

from drawing import Drawing


def strip(name, accent, title, *rows):
    "A card with the system's name above and what it does below."
    d = Drawing(300, 200, title, accent)
    d.text(14, 30, name, 16, bold=True, anchor='start')
    for i, row in enumerate(rows):
        d.text(14, 190 - 17 * (len(rows) - 1 - i), row, 13, anchor='start')
    return d


def cloud(d, x, y, kind):
    "The features of a class, and their mean."
    for a, b in ((-10, -5), (-3, -12), (8, -7), (11, 4), (-7, 9), (4, 12)):
        d.dot(x + a, y + b, kind, r=2.5)
    d.dot(x, y, kind, r=6, shape='cross')


def three_clouds(d, x, y):
    "Three classes around a point."
    for a, b, kind in ((-23, -20, 'pink'), (23, -8, 'sky'), (-13, 28, 'ink')):
        cloud(d, x + a, y + b, kind)


def joined(d, x, y, h, kinds):
    "Features one behind the other, as a column."
    for i, kind in enumerate(kinds):
        d.rect(x, y + i * h, 14, h, kind, radius=0, width=1)


def images(d, x, y, *rows):
    "A pile of images; below, what they are."
    d.stack(x, y, 'plain', n=2, side=22, step=4)
    for i, row in enumerate(rows):
        d.text(x + 13, y + 37 + 13 * i, row, 11, kind='soft')


def safe():
    d = strip(
        'SAFE',
        'safe',
        'SAFE: a frozen slow learner and a tuned fast learner, each with a ridge head.',
        'Slow is frozen after session 1, fast is',
        'tuned near it. The surer one counts more.',
    )
    d.stack(14, 92, n=2, side=22, step=4)
    for y, name in ((48, 'slow'), (110, 'fast')):
        d.arrow((40, 102), (48, 102), (48, y + 18), (58, y + 18))
        d.box(58, y, 62, 36, name, name)
        d.arrow((120, y + 18), (136, y + 18))
        d.box(136, y, 60, 36, 'ridge\nhead', size=12)
        d.arrow((196, y + 18), (208, y + 18), (208, 97), (220, 97))
    d.line((89, 84), (89, 110), kind='loss', dash=True)
    d.text(96, 102, 'near', 12, anchor='start')
    d.box(220, 77, 66, 40, 'entropy\nweights', 'safe', 12)
    return d


def ncm():
    d = strip(
        'NCM',
        'sky',
        'NCM: features of the frozen PTM, one mean for each class.',
        'Nothing is tuned. A class is the mean of',
        'its features; the most similar mean wins.',
    )
    d.stack(14, 88, n=2, side=22, step=4)
    d.arrow((42, 98), (58, 98))
    d.box(58, 78, 62, 40, 'PTM', 'frozen')
    d.arrow((120, 98), (140, 98))
    d.rect(144, 44, 142, 106, 'panel', width=1)
    three_clouds(d, 215, 97)
    d.line((245, 118), (254, 98), dash=True)
    d.text(243, 134, '?', 16, bold=True)
    return d


def ranpac():
    d = strip(
        'RanPAC',
        'pink',
        'RanPAC: a PET tuned in session 1, a random projection, sums and a ridge solution.',
        'The PET is tuned in session 1 and then',
        'frozen. Later only the sums change.',
    )
    d.box(14, 70, 70, 44, 'PTM\n+ PET', 'tuned')
    d.text(14, 130, 'session 1 only', 12, anchor='start', kind='soft')
    d.arrow((84, 92), (96, 92))
    d.box(96, 70, 82, 44, 'H =\nrelu(zP)', 'frozen')
    d.text(146, 130, 'P random', 12, kind='soft')
    d.arrow((178, 92), (190, 92))
    d.box(190, 70, 96, 44, 'Σ H^{T}H, Σ H^{T}Y', 'pink', 12)
    d.text(238, 130, 'ridge solution', 12, kind='soft')
    return d


def loranpac():
    d = strip(
        'LoRanPAC',
        'pink',
        'LoRanPAC: a PET tuned in session 1 through the random projection, then an SVD of the '
        'random features that is cut after every session.',
        'RanPAC with more random features and',
        'an SVD, cut after each session: no ridge.',
    )
    d.box(14, 70, 66, 44, 'PTM\n+ PET', 'tuned')
    d.text(14, 132, 'session 1 only', 12, anchor='start', kind='soft')
    d.arrow((80, 92), (92, 92))
    d.box(92, 70, 78, 44, 'H =\nrelu(zP)', 'frozen')
    d.text(138, 132, 'M large', 12, kind='soft')
    d.arrow((170, 92), (186, 92))
    d.text(236, 52, 'Σ of H', 12)
    d.bars(192, 114, (0.98, 0.72, 0.52, 0.38, 0.28, 0.2), 'pink', 8, 2, 50)
    d.bars(256, 114, (0.13, 0.08), 'frozen', 8, 2, 50)
    d.line((252, 62), (252, 118), kind='loss', dash=True)
    d.text(252, 132, 'cut', 12, kind='soft')
    return d


def finetune():
    d = strip(
        'Fine-tuning',
        'loss',
        'Fine-tuning: one session after the other tunes the network, and old classes are lost.',
        'Tuned on one session after the other:',
        'the newest classes win, old ones are lost.',
    )
    for i in range(3):
        x = 14 + 62 * i
        d.stack(x + 12, 56, n=2, side=18, step=4)
        d.arrow((x + 22, 78), (x + 22, 92))
        d.box(x, 92, 46, 34, 'net', 'tuned')
        d.text(x + 23, 144, f'{i + 1}', 13, kind='soft')
        if i < 2:
            d.arrow((x + 46, 109), (x + 62, 109))
    d.bars(214, 126, (0.08, 0.2, 0.95), 'loss', 16, 8, 66)
    for i in range(3):
        d.text(222 + 24 * i, 144, f'{i + 1}', 13, kind='soft')
    d.text(246, 52, 'accuracy', 12, kind='soft')
    return d


def joint():
    d = strip(
        'Joint training',
        'ink',
        'Joint training: all images of all sessions train one network.',
        'Keeps every image and trains on all of',
        'them: what the others are measured by.',
    )
    for i in range(3):
        d.stack(18, 52 + 36 * i, n=3, side=20, step=4)
        d.text(66, 68 + 36 * i, f'session {i + 1}', 12, anchor='start', kind='soft')
        d.line((130, 63 + 36 * i), (142, 63 + 36 * i))
    d.line((142, 63), (142, 135))
    d.arrow((142, 99), (162, 99))
    d.box(162, 74, 66, 50, 'net', 'tuned')
    d.arrow((228, 99), (244, 99))
    d.text(266, 96, 'all', 13)
    d.text(266, 112, 'classes', 12)
    return d


def aper():
    d = strip(
        'APER (ADAM)',
        'fast',
        'APER: features of the PTM and of a network adapted in session 1, concatenated.',
        'Two networks side by side, both frozen',
        'after session 1; then class means.',
    )
    d.stack(14, 92, n=2, side=22, step=4)
    for y, text, kind in ((50, 'PTM', 'frozen'), (108, 'PTM\n+ PET', 'tuned')):
        d.arrow((40, 102), (48, 102), (48, y + 20), (58, y + 20))
        d.box(58, y, 66, 40, text, kind)
        d.arrow((124, y + 20), (150, y + 20))
    d.text(96, 103, 'session 1 only', 11, kind='soft')
    joined(d, 150, 52, 48, ('frozen', 'tuned'))
    d.arrow((164, 100), (184, 100))
    d.rect(184, 46, 102, 104, 'panel', width=1)
    three_clouds(d, 235, 98)
    return d


def slca():
    d = strip(
        'SLCA',
        'slow',
        'SLCA: the network is tuned slowly; the classifier is aligned on draws from Gaussians.',
        'All weights, slowly. Then the classifier',
        'alone, on draws from class Gaussians.',
    )
    d.box(14, 50, 84, 44, 'all weights\nrate × 0.01', 'tuned', 12)
    d.arrow((98, 72), (186, 72))
    d.box(186, 50, 100, 44, 'classifier\nrate × 1', 'tuned', 12)
    for x, y, kind in ((44, 124, 'pink'), (90, 132, 'sky'), (136, 122, 'grey')):
        d.ellipse(x, y, 20, 11, kind)
        d.dot(x, y, kind, r=4, shape='cross')
    d.arrow((162, 126), (236, 126), (236, 94))
    d.text(199, 142, 'draws', 12)
    return d


def duct():
    d = strip(
        'DUCT',
        'slow',
        'DUCT: what each domain changes in the weights is added to the PTM; the newest classifier '
        'is carried to the old ones.',
        'Each domain changes the PTM: parts of all',
        'changes are added. Old classifiers follow.',
    )
    d.dot(40, 128, 'frozen', r=6)
    d.text(40, 150, 'PTM', 12)
    for x, y, kind in ((28, 66, 'grey'), (70, 52, 'grey'), (130, 114, 'tuned')):
        d.arrow((40, 128), (x, y), kind=kind)
    for i, (x, y) in enumerate(((20, 60), (86, 54), (146, 118))):
        d.text(x, y, f'δ_{{{i + 1}}}', 13)
    d.arrow((40, 128), (73, 82), kind='slow', width=3)
    d.dot(76, 77, 'slow', r=6)
    d.text(99, 86, 'sum', 12)
    for i, kind in enumerate(('frozen', 'frozen', 'tuned')):
        d.box(204, 46 + 37 * i, 54, 29, f'W_{{{i + 1}}}', kind, 13)
    d.arrow((204, 134), (176, 134), (176, 97), (204, 97), dash=True)
    d.arrow((176, 97), (176, 60), (204, 60), dash=True)
    return d


def prompt_row(d, x, y, kinds, w=22):
    for i, kind in enumerate(kinds):
        d.rect(x + i * (w + 6), y, w, 18, kind, radius=3, width=1.2)


def l2p():
    d = strip(
        'L2P',
        'grey',
        'L2P: a query chooses prompts from a pool by their keys.',
        "The frozen PTM's feature is a query; the",
        'nearest keys choose prompts from a pool.',
    )
    d.box(14, 50, 52, 34, 'PTM', 'frozen')
    d.arrow((66, 67), (92, 67))
    d.text(100, 72, 'q', 14, bold=True)
    d.arrow((108, 67), (128, 67))
    d.text(134, 50, 'keys', 12, anchor='start', kind='soft')
    for i in range(5):
        d.dot(145 + 28 * i, 67, 'ink' if i in (1, 3) else 'frozen', r=5)
        d.line((145 + 28 * i, 72), (145 + 28 * i, 84), kind='soft')
    prompt_row(d, 134, 84, ('plain', 'tuned', 'plain', 'tuned', 'plain'))
    d.text(14, 112, 'second pass', 12, anchor='start', kind='soft')
    d.line((173, 102), (173, 110))
    d.line((229, 102), (229, 110), (173, 110))
    d.arrow((173, 110), (173, 120))
    d.box(14, 120, 200, 30, 'PTM with the prompts', 'frozen', 13)
    d.arrow((214, 135), (230, 135))
    d.box(230, 120, 56, 30, 'classes', 'tuned', 12)
    return d


def dualprompt():
    d = strip(
        'DualPrompt',
        'grey',
        'DualPrompt: G-prompts for all sessions, one E-prompt for each, chosen by its key.',
        'G is shared. Each session adds an expert',
        'E; at test the nearest key finds it.',
    )
    d.text(26, 62, 'q', 14, bold=True)
    d.arrow((36, 57), (56, 57))
    for i in range(3):
        x = 60 + 46 * i
        d.box(x, 46, 38, 22, f'E_{{{i + 1}}}', 'tuned' if i == 2 else 'frozen', 12)
    d.text(202, 62, 'nearest key', 12, anchor='start', kind='soft')
    d.box(60, 80, 38, 22, 'G', 'tuned', 12)
    d.arrow((79, 102), (79, 120))
    d.arrow((171, 68), (171, 120))
    d.box(48, 120, 70, 30, 'first blocks', 'frozen', 11)
    d.box(126, 120, 90, 30, 'next blocks', 'frozen', 12)
    d.line((118, 135), (126, 135))
    d.arrow((24, 135), (48, 135))
    d.arrow((216, 135), (232, 135))
    d.box(232, 120, 54, 30, 'classes', 'tuned', 12)
    return d


def coda():
    d = strip(
        'CODA-Prompt',
        'grey',
        'CODA-Prompt: a prompt is a weighted sum of components; the weights come from the image.',
        'A prompt is a weighted sum of parts. Old',
        'parts are frozen, each session adds some.',
    )
    d.text(24, 62, 'q', 14, bold=True)
    d.arrow((34, 57), (54, 57))
    for i in range(5):
        x = 64 + 30 * i
        d.text(x + 9, 62, f'α_{{{i + 1}}}', 13)
        d.line((x + 9, 70), (x + 9, 80))
        d.rect(x, 80, 18, 18, 'frozen' if i < 3 else 'tuned', radius=3, width=1.2)
        d.line((x + 9, 98), (x + 9, 110))
    d.line((73, 110), (224, 110))
    d.ellipse(233, 110, 9, 9, 'plain')
    d.text(233, 115, '+', 14)
    d.arrow((242, 110), (262, 110))
    d.text(272, 114, 'p', 14, bold=True)
    d.arrow((272, 121), (272, 136), (214, 136))
    d.box(64, 122, 150, 28, 'PTM with prompt p', 'frozen', 13)
    return d


def siprompts():
    d = strip(
        'S-iPrompts',
        'grey',
        'S-iPrompts: prompts and a classifier for each domain, chosen by the nearest centre.',
        'Each domain has prompts and a classifier.',
        'The nearest centre says which to use.',
    )
    d.rect(14, 46, 110, 104, 'panel', width=1)
    for i, (x, y) in enumerate(((34, 66), (88, 72), (38, 124))):
        d.dot(x, y, 'ink', r=6, shape='cross')
        d.dot(x + 13, y + 9, 'ink', r=6, shape='cross')
        d.text(x + 20, y - 1, f'{i + 1}', 13, bold=True)
    d.text(92, 134, '?', 16, bold=True)
    d.line((59, 132), (84, 130), dash=True)
    d.arrow((124, 133), (142, 133))
    for i, kind in enumerate(('frozen', 'frozen', 'tuned')):
        y = 46 + 37 * i
        d.box(142, y, 76, 29, f'prompts {i + 1}', kind, 12)
        d.box(224, y, 62, 29, 'classes', kind, 12)
    return d


def ease():
    d = strip(
        'EASE',
        'pink',
        'EASE: an adapter for each session; old class means in new subspaces are synthesised.',
        'One adapter a session. Old class means in',
        'new subspaces (dashed) are synthesised.',
    )
    for i in range(3):
        y = 54 + 32 * i
        d.box(14, y, 84, 28, f'PTM + A_{{{i + 1}}}', 'tuned' if i == 2 else 'frozen', 13)
        d.arrow((98, y + 14), (114, y + 14))
    joined(d, 114, 54, 31, ('frozen', 'frozen', 'tuned'))
    d.text(241, 46, 'means in subspace', 11, kind='soft')
    for t in range(3):
        d.text(218 + 26 * t, 61, f'{t + 1}', 11, kind='soft')
        d.text(168, 84 + 29 * t, f'session {t + 1}', 12, kind='soft')
        for s in range(3):
            kind = 'pink' if s <= t else 'plain'
            d.rect(207 + 26 * s, 68 + 29 * t, 22, 23, kind, 3, s > t, 1.2)
    return d


def tuna():
    d = strip(
        'TUNA',
        'pink',
        'TUNA: an adapter for each session and one merged from all; the surest one and the merged '
        'one are added.',
        'An adapter a session, one merged from all:',
        'the surest one and the merged one count.',
    )
    for i, (text, kind) in enumerate(
        (('A_{1}', 'frozen'), ('A_{2}', 'frozen'), ('A_{3}', 'tuned'))
    ):
        y = 44 + 27 * i
        d.box(14, y, 50, 22, text, kind, 13)
        d.line((64, y + 11), (78, y + 11))
        d.bars(84, y + 20, ((0.5, 0.4, 0.5), (0.1, 0.9, 0.1), (0.4, 0.3, 0.6))[i], 'pink', 8, 3, 18)
    d.arrow((120, 82), (206, 82))
    d.text(160, 74, 'lowest', 11, kind='soft')
    d.text(160, 96, 'entropy', 11, kind='soft')
    d.line((78, 55), (78, 138))
    d.arrow((78, 138), (92, 138))
    d.box(92, 126, 66, 24, 'merged', 'pink', 13)
    d.line((158, 138), (217, 138))
    d.arrow((217, 138), (217, 93))
    d.ellipse(217, 82, 11, 11, 'plain')
    d.text(217, 87, '+', 16)
    d.arrow((228, 82), (244, 82))
    d.text(266, 87, 'class', 13)
    return d


def mos():
    d = strip(
        'MOS',
        'pink',
        'MOS: each new adapter is drawn to the mean of earlier ones; a class names a session, and '
        'so the adapter for the next answer.',
        'A new adapter is drawn to the mean of old',
        'ones. A class names the next adapter.',
    )
    for i, kind in enumerate(('frozen', 'frozen', 'tuned')):
        d.box(14, 48 + 35 * i, 50, 26, f'A_{{{i + 1}}}', kind, 13)
    d.line((64, 61), (84, 61), (84, 96), (64, 96))
    d.line((84, 78), (108, 78))
    d.dot(116, 78, 'pink', r=7, shape='cross')
    d.text(118, 64, 'mean', 11, kind='soft')
    d.arrow((64, 131), (116, 131), (116, 88), kind='pink', width=2.2)
    d.text(228, 46, 'nearest mean', 11, kind='soft')
    d.arrow((228, 50), (228, 66))
    d.box(197, 66, 62, 26, 'class', 'pink', 13)
    d.box(197, 124, 62, 26, 'adapter', 'frozen', 13)
    d.arrow((259, 79), (282, 79), (282, 137), (259, 137))
    d.arrow((197, 137), (174, 137), (174, 79), (197, 79))
    d.text(202, 112, 'answer', 11, kind='soft')
    d.text(255, 112, 'session', 11, kind='soft')
    return d


def min_system():
    d = strip(
        'MIN',
        'fast',
        'MIN: behind every block a layer with a noise generator for each session, mixed by '
        'weights; recursive least squares on random features.',
        'After each block the noise of all sessions,',
        'mixed by weights; least squares on top.',
    )
    d.box(14, 78, 46, 36, 'block', 'frozen', 13)
    d.line((60, 96), (72, 96))
    d.line((72, 56), (72, 136))
    for i, y in enumerate((56, 96, 136)):
        d.arrow((72, y), (84, y))
        d.box(84, y - 12, 34, 24, f'ε_{{{i + 1}}}', 'tuned' if i == 2 else 'frozen', 13)
    d.arrow((118, 56), (150, 56), (150, 85))
    d.arrow((118, 96), (139, 96))
    d.arrow((118, 136), (150, 136), (150, 107))
    for i, y in enumerate((50, 90, 130)):
        d.text(130, y, f'ω_{{{i + 1}}}', 11, kind='soft')
    d.ellipse(150, 96, 11, 11, 'plain')
    d.text(150, 101, '+', 16)
    d.arrow((161, 96), (174, 96))
    d.box(174, 78, 50, 36, 'relu(zP)', 'frozen', 11)
    d.arrow((224, 96), (236, 96))
    d.box(236, 76, 52, 40, 'least\nsquares', 'fast', 12)
    return d


def ssiat():
    d = strip(
        'SSIAT',
        'slow',
        'SSIAT: one adapter tuned in every session; stored class means are moved with the drift.',
        'One adapter, tuned in every session. Old',
        'means move as new images do.',
    )
    d.box(14, 76, 78, 44, 'PTM\n+ adapter', 'tuned', 13)
    d.arrow((92, 98), (112, 98))
    d.rect(112, 44, 174, 106, 'panel', width=1)
    for x, y in ((140, 118), (158, 128), (172, 114)):
        d.dot(x, y, 'ink', r=3)
        d.arrow((x, y - 4), (x + 14, y - 30), width=1.2)
    d.dot(214, 108, 'slow', r=7, shape='cross')
    d.arrow((218, 100), (231, 74), kind='slow', width=2.2)
    d.dot(234, 66, 'slow', r=7, shape='cross')
    d.text(160, 146, 'new images', 12, kind='soft')
    d.text(238, 132, 'old mean', 12, kind='soft')
    return d


def rsiat():
    d = strip(
        'RSIAT',
        'slow',
        'RSIAT: a frozen copy of the network, a projector from its features to the new ones, one '
        'adapter tuned in every session.',
        'SSIAT with features steered first, then',
        'kept near the old ones by a projector.',
    )
    d.box(14, 50, 76, 36, 'old net', 'frozen', 13)
    d.arrow((90, 68), (106, 68))
    d.box(106, 50, 76, 36, 'projector', 'tuned', 13)
    d.arrow((182, 68), (222, 68))
    d.box(14, 108, 76, 40, 'PTM\n+ adapter', 'tuned', 13)
    d.arrow((90, 128), (222, 128))
    for y, kind, text in ((68, 'frozen', 'P(z_{old})'), (128, 'slow', 'z')):
        d.dot(232, y, kind, r=6)
        d.text(244, y + 5, text, 13, anchor='start')
    d.line((232, 76), (232, 120), kind='loss', dash=True)
    d.text(240, 103, 'near', 12, anchor='start')
    return d


def icarl():
    d = strip(
        'iCaRL',
        'sky',
        'iCaRL: new images and stored exemplars, distillation of the old network, nearest mean.',
        'Replay and distillation of old outputs;',
        'the nearest mean of exemplars wins.',
    )
    images(d, 18, 54, 'new')
    images(d, 18, 112, 'memory')
    for y in (67, 126):
        d.line((46, y), (62, y))
        d.arrow((62, y), (84, y))
    d.line((62, 67), (62, 126))
    d.box(84, 50, 76, 34, 'old net', 'frozen', 13)
    d.box(84, 108, 76, 36, 'net', 'tuned', 13)
    d.arrow((122, 84), (122, 108), kind='loss', dash=True)
    d.text(128, 101, 'distil', 12, anchor='start')
    d.arrow((160, 126), (184, 126))
    d.rect(184, 46, 102, 104, 'panel', width=1)
    three_clouds(d, 235, 98)
    return d


def der():
    d = strip(
        'DER',
        'sky',
        'DER: a new feature extractor a session, the old ones frozen, features concatenated.',
        'A new PET a session beside the frozen old',
        'ones; replay; a head on all features.',
    )
    images(d, 16, 86, 'new +', 'memory')
    d.line((46, 98), (56, 98))
    d.line((56, 64), (56, 132))
    for i in range(3):
        y = 50 + 34 * i
        d.arrow((56, y + 14), (70, y + 14))
        d.box(70, y, 70, 28, f'F_{{{i + 1}}}', 'tuned' if i == 2 else 'frozen', 13)
        d.arrow((140, y + 14), (160, y + 14))
    joined(d, 160, 50, 32, ('frozen', 'frozen', 'tuned'))
    d.arrow((174, 98), (200, 98))
    d.box(200, 78, 86, 40, 'head, anew\non memory', 'tuned', 12)
    return d


def foster():
    d = strip(
        'FOSTER',
        'sky',
        'FOSTER: the logits of an old and a new extractor are added, then both teach a single one.',
        'A new network learns what the old one',
        'lacks; then the two teach a single one.',
    )
    images(d, 16, 86, 'new +', 'memory')
    d.line((46, 98), (52, 98))
    d.line((52, 68), (52, 128))
    for y, text, kind in ((50, 'old', 'frozen'), (110, 'new', 'tuned')):
        d.arrow((52, y + 18), (64, y + 18))
        d.box(64, y, 62, 36, text, kind)
        d.line((126, y + 18), (152, y + 18))
    d.arrow((152, 68), (152, 87))
    d.arrow((152, 128), (152, 109))
    d.ellipse(152, 98, 11, 11, 'plain')
    d.text(152, 103, '+', 16)
    d.text(168, 84, 'logits', 12, anchor='start', kind='soft')
    d.arrow((163, 98), (214, 98), kind='loss', dash=True)
    d.text(188, 116, 'distil', 12)
    d.box(214, 76, 72, 44, 'one\nnetwork', 'tuned', 13)
    return d


def memo():
    d = strip(
        'MEMO',
        'sky',
        'MEMO: shallow blocks are shared by all sessions, each session has its own deep blocks.',
        'Shallow blocks shared, deep blocks new in',
        'each session; replay; features joined.',
    )
    images(d, 16, 86, 'new +', 'memory')
    d.arrow((46, 98), (58, 98))
    d.box(58, 66, 66, 64, 'shallow\nblocks', 'tuned', 13)
    d.line((124, 98), (134, 98))
    d.line((134, 64), (134, 132))
    for i in range(3):
        y = 50 + 34 * i
        d.arrow((134, y + 14), (148, y + 14))
        d.box(148, y, 62, 28, f'deep {i + 1}', 'tuned' if i == 2 else 'frozen', 12)
        d.arrow((210, y + 14), (226, y + 14))
    joined(d, 226, 50, 32, ('frozen', 'frozen', 'tuned'))
    d.arrow((240, 98), (254, 98))
    d.text(270, 103, 'head', 12)
    return d


def systems():
    "Name -> drawing, in the order of the table."
    order = safe, ranpac, loranpac, ncm, finetune, joint, aper, slca, duct
    prompts = l2p, dualprompt, coda, siprompts
    replay = ease, tuna, mos, min_system, ssiat, rsiat, icarl, der, foster, memo
    return {f.__name__.removesuffix('_system'): f() for f in (*order, *prompts, *replay)}
