from .found import hooks as _  # noqa: F401  (registers itself)
