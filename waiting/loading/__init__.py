"""Waiting times from a file: its sheet (`sheet`), its cells (`cells`, `days`), its rows (`rows`), and the
report of what is wrong (`faults`). These know no Django. `figures` compares the rows with what is there
and keeps them."""
