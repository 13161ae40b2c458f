"Sphinx's settings for the site; `.ci/docs/build.py` writes the sources and starts it."

import re
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from docutils.nodes import SkipNode
from latex2mathml.converter import convert
from sphinx.util import logging

from common import settings

s = settings()
project = s['lib_name']
author = s['author']
version = release = s['version']
copyright = f'{author}, {s["license"]}'
extensions = ['myst_nb', 'sphinx_design']

nb_execution_mode = 'off'  # stored outputs are shown
nb_render_markdown_format = 'myst'
myst_enable_extensions = ['amsmath', 'attrs_block', 'colon_fence', 'dollarmath', 'html_image']
myst_heading_anchors = 4
myst_dmath_double_inline = True
suppress_warnings = ['myst.header', 'mystnb.mime_priority']
python_maximum_signature_line_length = 70
python_use_unqualified_type_names = True
add_module_names = False
toc_object_entries_show_parents = 'hide'

templates_path = ['templates']
html_theme = 'pydata_sphinx_theme'
html_title = f'{project} {version}'
html_static_path = ['static']
html_css_files = ['style.css']
html_math_renderer = 'mathml'
html_show_sourcelink = False
html_copy_source = False
html_sidebars = {'index': [], 'notebooks': [], 'changes': [], 'overview': []}
html_theme_options = dict(
    github_url=s['git_url'],
    logo=dict(text=project),
    navbar_align='left',
    navbar_persistent=[],
    navbar_end=['search-button', 'theme-switcher', 'navbar-icon-links'],
    footer_start=['copyright'],
    footer_end=[],
    secondary_sidebar_items=['page-toc'],
    show_toc_level=2,
    navigation_depth=3,
    pygments_light_style='tango',
    pygments_dark_style='monokai',
)
FUNCTION = re.compile(r'(<mi>(?:log|cos|sin|exp|min|max)</mi>)(?=<(?:mi|mn|msub|mfrac|mover)>)')
PLAIN = {r'\\arg *\\(max|min)': r'\\operatorname{arg\\,\1}', r'\\(Big|big)\\\|': r'\\\1‖'}


def mathml(latex, display):
    "A formula as MathML, which browsers draw without a script."
    for pattern, plain in PLAIN.items():
        latex = re.sub(pattern, plain, latex)
    drawn = convert(latex, display='block' if display else 'inline')
    drawn = FUNCTION.sub(r'\1<mspace width="0.17em"/>', drawn)
    if '\\' in drawn:
        logging.getLogger(__name__).warning('formula is not understood: %s', latex)
    return drawn


def inline(self, node):
    self.body.append(mathml(node.astext(), False))
    raise SkipNode


def block(self, node):
    self.body.append(f'<div class="formula">{mathml(node.astext(), True)}</div>\n')
    raise SkipNode


def lazy(app, name, template, context, tree):
    "Pictures of the gallery are loaded when they are scrolled to."
    if name == 'notebooks':
        context['body'] = context['body'].replace('<img ', '<img loading="lazy" ')


def setup(app):
    app.connect('html-page-context', lazy)
    app.add_html_math_renderer('mathml', (inline, None), (block, None))
