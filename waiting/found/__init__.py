"""“Is this what you found?”: families say how long their own wait was, and only counts are kept."""
