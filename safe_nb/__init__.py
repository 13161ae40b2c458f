"SAFE: slow and fast parameter-efficient tuning for continual learning."
from importlib.metadata import PackageNotFoundError, version

try: __version__ = version('safe_nb')
except PackageNotFoundError: __version__ = 'not installed'
