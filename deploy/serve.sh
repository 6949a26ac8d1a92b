#!/bin/sh
# The site and beside it the worker that makes PDFs, until both are told to stop (Ctrl+C).
# First argument: the folder of python and gunicorn. The rest goes to gunicorn.
bin=$1
shift
"$bin/python" manage.py printouts --watch &
worker=$!
"$bin/gunicorn" "$@" &
server=$!
stop() { kill -TERM "$server" "$worker" 2>/dev/null; }
trap stop INT TERM HUP
wait "$server"
status=$?
stop
wait
exit $status
