"Packaging of safe_nb: everything that is said about the package is said in settings.ini."

import re
from configparser import ConfigParser
from pathlib import Path

from setuptools import find_packages, setup

here = Path(__file__).parent
config = ConfigParser(delimiters=['='], interpolation=None)
config.read(here / 'settings.ini', encoding='utf-8')
s = config['DEFAULT']


def lines(key):
    return [line.strip() for line in s[key].splitlines() if line.strip()]


def absolute(text):
    "README with links to the repository: on the package index nothing lies beside it."
    url = s['git_url'].rstrip('/').removesuffix('.git')

    def fix(m):
        picture = m[2].endswith(('.png', '.svg'))
        return f"{m[1]}{url}/{'raw' if picture else 'blob'}/{s['branch']}/{m[2]}"

    link = (
        r"""(\]\(|<(?:img|a|source)\b[^>]*?(?:src|href|srcset)=["'])(?![a-z]+:|#|/)([^)\s"'#]+)"""
    )
    parts = re.split(r'(^```.*?^```)', text, flags=re.S | re.M)
    parts[::2] = [re.sub(link, fix, part) for part in parts[::2]]
    return ''.join(parts)


def readme():
    path = here / 'README.md'
    return absolute(path.read_text(encoding='utf-8')) if path.exists() else ''


setup(
    name=s['lib_name'],
    version=s['version'],
    description=s['description'],
    long_description=readme(),
    long_description_content_type='text/markdown',
    keywords=s['keywords'].split(),
    author=s['author'],
    license_expression=s['license'],
    license_files=['LICENSE'],
    url=s['git_url'],
    packages=find_packages(include=['safe_nb', 'safe_nb.*']),
    package_data={'safe_nb': ['assets/**/*']},
    python_requires=f">={s['min_python']}",
    install_requires=lines('requirements'),
    extras_require={
        name: lines(f'{name}_requirements')
        for name in ('dev', 'lora', 'emoji', 'vit_s', 'ray', 'logs', 'export', 'docs')
    },
    entry_points={
        'console_scripts': lines('console_scripts'),
        'nbdev': ['safe_nb=safe_nb._modidx:d'],
    },
    zip_safe=False,
)
