-- The floor that search is measured against: what SQLite needs to find and rank the same words, with
-- no filters, no facets, no total and no distance. It is fetched whole.
SELECT rowid, rank FROM search_words WHERE search_words MATCH :terms
