-- The floor that search in PostgreSQL is measured against: what its own text search needs to find and
-- rank the same words (a GIN index on weighted lexemes), fetched whole.
SELECT n, ts_rank(words, asked) FROM floor_words, to_tsquery('simple', :terms) asked WHERE words @@ asked
