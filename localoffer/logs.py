"""Logs as one JSON object a line, without anything a visitor typed.

A request's address, an exception's message and a record's extra fields can all hold search words,
so none of them is written: only where it happened and of what kind it was.
"""

import traceback

from pythonjsonlogger.json import JsonFormatter

KEPT = {"levelname", "name", "message", "status_code", "path", "exception", "at"}


class WithoutWords(JsonFormatter):
    def __init__(self, **kwargs):
        super().__init__("%(levelname)s %(name)s %(message)s", timestamp="at", **kwargs)

    def process_log_record(self, log_data):
        return {key: value for key, value in log_data.items() if key in KEPT}

    def format(self, record):
        if record.exc_info and record.exc_info[0]:
            kind, _, frames = record.exc_info
            where = [f"{f.filename}:{f.lineno} {f.name}" for f in traceback.extract_tb(frames)][-12:]
            record.exception = {"type": kind.__name__, "where": where}
        record.exc_info = record.exc_text = record.stack_info = None
        if record.name.startswith("django.request") or record.name.startswith("django.security"):
            # Their messages may quote a parameter; the path says where, the status what.
            request = getattr(record, "request", None)
            record.path = getattr(request, "path", "")
            record.msg, record.args = "request answered with an error", ()
        return super().format(record)


LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"json": {"()": WithoutWords}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "json"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {
        "django": {"handlers": ["console"], "level": "WARNING", "propagate": False},
        "django.server": {"handlers": ["console"], "level": "WARNING", "propagate": False},
        "localoffer": {"handlers": ["console"], "level": "INFO", "propagate": False},
    },
}
