-- The floor that search in SQLite is measured against: what FTS5 needs to find and rank the same words,
-- with no filters, no facets, no total and no distance. It is fetched whole.
SELECT rowid, rank FROM floor_words WHERE floor_words MATCH :terms
