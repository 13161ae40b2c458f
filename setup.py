"Packaging of safe_nb: everything that is said about the package is said in settings.ini."

from configparser import ConfigParser
from pathlib import Path

from setuptools import find_packages, setup

here = Path(__file__).parent
config = ConfigParser(delimiters=['='], interpolation=None)
config.read(here / 'settings.ini', encoding='utf-8')
s = config['DEFAULT']


def lines(key):
    return [line.strip() for line in s[key].splitlines() if line.strip()]


setup(
    name=s['lib_name'],
    version=s['version'],
    description=s['description'],
    long_description=(here / 'README.md').read_text(encoding='utf-8')
    if (here / 'README.md').exists()
    else '',
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
        for name in ('dev', 'lora', 'emoji', 'vit_s', 'logs', 'export')
    },
    entry_points={
        'console_scripts': lines('console_scripts'),
        'nbdev': ['safe_nb=safe_nb._modidx:d'],
    },
    zip_safe=False,
)
