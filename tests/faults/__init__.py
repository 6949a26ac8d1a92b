"""What goes wrong, really done: servers are killed, paused and filled with errors, and so are the site's
own processes, while families search and editors edit. No part of the site is replaced by a stand-in."""
