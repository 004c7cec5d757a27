-- What scorers say of responses, kept by the version of the scorer that said it.

CREATE TABLE scorers ( -- those that people set up, beside the ones that Evenhand brings along
    id VARCHAR PRIMARY KEY,
    entry JSON NOT NULL
);

CREATE SEQUENCE scoring_numbers;

CREATE TABLE scorings (
    scoring INTEGER PRIMARY KEY, -- a short key, for there is a row of scores for each scorer and response
    entry_id VARCHAR NOT NULL,
    version VARCHAR NOT NULL,
    fingerprint VARCHAR NOT NULL, -- of whatever else changes the numbers: lexicon, rubric, weights
    entry JSON NOT NULL,
    measures JSON NOT NULL,
    labels JSON NOT NULL,
    created TIMESTAMP NOT NULL,
    UNIQUE (entry_id, version, fingerprint)
);

-- One score a response and scoring. As with responses, the single writer sees to that, without an index.
CREATE TABLE scores (
    scoring INTEGER NOT NULL,
    run_no INTEGER NOT NULL,
    no INTEGER NOT NULL,
    numbers DOUBLE[] NOT NULL, -- in the order of the scoring's measures; NULL where one is not defined
    label VARCHAR NOT NULL,
    outcome VARCHAR NOT NULL,
    note VARCHAR NOT NULL
);
