"SAFE: slow and fast parameter-efficient tuning for continual learning."

from importlib import import_module
from importlib.metadata import PackageNotFoundError, version
from pkgutil import iter_modules

try:
    __version__ = version('safe_nb')
except PackageNotFoundError:
    __version__ = 'not installed'

# Names offered here and the modules that define them. They are imported at first use,
# so that `import safe_nb` needs no torch.
_MODULES = {
    'SAFE': 'safe.learner',
    'SafeConfig': 'safe.learner',
    'OfficialSAFE': 'safe.official',
    'TrainConfig': 'learners.training',
    'Session': 'data.sessions',
    'ImageSet': 'data.sessions',
    'Stream': 'data.sessions',
    'load_stream': 'data.streams',
    'emoji_stream': 'data.emoji',
    'glyph_stream': 'data.glyphs',
    'folder_stream': 'data.folders',
    'emoji_backbone': 'models.backbones',
    'glyph_backbone': 'models.backbones',
    'timm_backbone': 'models.backbones',
    'NCM': 'baselines.ncm',
    'Learner': 'learners.base',
    'make_learner': 'bench.recipes',
    'ContinualClassifier': 'practice.classifier',
    'StreamingRidgeClassifier': 'practice.streaming_ridge',
    'register_method': 'bench.recipes',
    'register_stream': 'data.streams',
    'load_plugin': 'bench.plugins',
    'run_stream': 'learners.evaluate',
}
__all__ = [*_MODULES]


def __getattr__(name):
    "A name of the table, or a room: `safe_nb.SAFE`, `safe_nb.pets`."
    if name.startswith('_'):
        raise AttributeError(name)
    module = f'{__name__}.{_MODULES.get(name, name)}'
    try:
        found = import_module(module)
    except ModuleNotFoundError as e:
        if e.name != module:
            raise
        raise AttributeError(f'module {__name__!r} has no attribute {name!r}') from None
    return getattr(found, name) if name in _MODULES else found


def __dir__():
    rooms = [m.name for m in iter_modules(__path__) if not m.name.startswith('_')]
    return sorted([*_MODULES, *rooms, *(n for n in globals() if n.startswith('__'))])
