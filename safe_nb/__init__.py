"SAFE: slow and fast parameter-efficient tuning for continual learning."

from importlib import import_module
from importlib.metadata import PackageNotFoundError, version

try:
    __version__ = version('safe_nb')
except PackageNotFoundError:
    __version__ = 'not installed'


def __getattr__(name):  # `import safe_nb; safe_nb.pet.attach` without importing torch at once
    if name.startswith('_'):
        raise AttributeError(name)
    try:
        return import_module(f'{__name__}.{name}')
    except ModuleNotFoundError as e:
        if e.name != f'{__name__}.{name}':
            raise
        raise AttributeError(f'module {__name__!r} has no attribute {name!r}') from None
