"""How gunicorn serves the site. Nothing it writes holds a query string: people type their lives there."""

preload_app = False
worker_class = "gthread"
timeout = 30
graceful_timeout = 20
keepalive = 5
max_requests = 20_000
max_requests_jitter = 2_000
# A long paste gets a page, not a bare refusal; the server in front bounds it (docs/operators.md).
limit_request_line = 0
accesslog = "-"
# %(U)s is the path alone; %(r)s, %(q)s and %(f)s would carry what someone typed.
access_log_format = '{"at":"%(t)s","method":"%(m)s","path":"%(U)s","status":%(s)s,"bytes":"%(B)s","us":%(D)s}'
errorlog = "-"
# A warning of gunicorn quotes a malformed request line, and people type their lives there.
loglevel = "error"
