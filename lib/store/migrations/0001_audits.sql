-- Audits as they are kept: banks, grids, models, runs with their cells, and what came back.
-- All times are UTC. Rows of cells, responses, failures and clearings are only ever added;
-- deleting a run is the one exception.

CREATE TABLE banks (
    digest VARCHAR PRIMARY KEY, -- SHA-256 of the text: an edited bank is another one
    id VARCHAR NOT NULL,
    title VARCHAR NOT NULL,
    question VARCHAR NOT NULL,
    source VARCHAR NOT NULL,
    licence VARCHAR NOT NULL,
    notice VARCHAR NOT NULL,
    severity VARCHAR NOT NULL,
    language VARCHAR NOT NULL,
    text VARCHAR NOT NULL -- the YAML as it was read
);

CREATE TABLE grids (
    id VARCHAR PRIMARY KEY,
    spec JSON NOT NULL,
    created TIMESTAMP NOT NULL,
    updated TIMESTAMP NOT NULL
);

CREATE TABLE models (
    id VARCHAR PRIMARY KEY,
    entry JSON NOT NULL
);

CREATE TABLE rates (
    model VARCHAR NOT NULL,
    dtype VARCHAR NOT NULL,
    cells_per_second DOUBLE NOT NULL,
    tokens_per_second DOUBLE NOT NULL,
    measured TIMESTAMP NOT NULL
);

CREATE TABLE settings (
    key VARCHAR PRIMARY KEY,
    value JSON NOT NULL
);

CREATE SEQUENCE run_numbers; -- never used twice, so that nothing left of a deleted run can be taken for another's

CREATE TABLE runs (
    run_no INTEGER PRIMARY KEY, -- a short key, so that a million rows can be sorted by it
    id VARCHAR NOT NULL UNIQUE,
    name VARCHAR NOT NULL,
    status VARCHAR NOT NULL,
    grid JSON NOT NULL,
    bank VARCHAR NOT NULL,
    bank_digest VARCHAR NOT NULL,
    total INTEGER NOT NULL,
    position INTEGER NOT NULL, -- place in the queue
    created TIMESTAMP NOT NULL,
    started TIMESTAMP,
    finished TIMESTAMP,
    environment JSON NOT NULL,
    note VARCHAR NOT NULL,
    read_only BOOLEAN NOT NULL
);

CREATE TABLE run_models (
    run_no INTEGER NOT NULL,
    position INTEGER NOT NULL,
    model VARCHAR NOT NULL,
    entry JSON NOT NULL,
    facts JSON -- what was really loaded; NULL until it was
);

-- The cells of one run that share everything a filter can ask for. There are few of them, so
-- filters and facets read this table and compare one number a row with it.
CREATE SEQUENCE stratum_numbers;

CREATE TABLE strata (
    stratum INTEGER PRIMARY KEY,
    run_no INTEGER NOT NULL,
    template VARCHAR NOT NULL,
    group_id VARCHAR NOT NULL,
    model VARCHAR NOT NULL,
    format VARCHAR NOT NULL,
    temperature DOUBLE NOT NULL,
    top_p DOUBLE NOT NULL,
    top_k INTEGER NOT NULL,
    repetition_penalty DOUBLE NOT NULL,
    max_new_tokens INTEGER NOT NULL,
    decoding_label VARCHAR NOT NULL, -- the five above as people read and filter them
    cells INTEGER NOT NULL
);

CREATE TABLE cells (
    run_no INTEGER NOT NULL,
    no INTEGER NOT NULL, -- 0, 1, … within the run
    stratum INTEGER NOT NULL,
    id VARCHAR NOT NULL,
    set_id VARCHAR NOT NULL,
    context JSON NOT NULL,
    groups JSON NOT NULL,
    terms JSON NOT NULL,
    repeat INTEGER NOT NULL,
    seed BIGINT NOT NULL,
    prompt VARCHAR NOT NULL,
    system VARCHAR NOT NULL
);

-- One response a cell. The single writer sees to that (lib/store/outcomes.py): an index over a
-- million rows would take 60 MB of memory and halve the rate of small groups.
CREATE TABLE responses (
    run_no INTEGER NOT NULL,
    no INTEGER NOT NULL,
    stratum INTEGER NOT NULL,
    finish VARCHAR NOT NULL,
    text VARCHAR NOT NULL,
    blank BOOLEAN NOT NULL, -- nothing but white space
    prompt_sent VARCHAR NOT NULL,
    prompt_tokens INTEGER NOT NULL,
    new_tokens INTEGER NOT NULL,
    seconds DOUBLE NOT NULL,
    created TIMESTAMP NOT NULL
);

CREATE SEQUENCE events; -- puts failures and clearings in one order

CREATE TABLE failures (
    event BIGINT NOT NULL DEFAULT nextval('events'),
    run_no INTEGER NOT NULL,
    no INTEGER NOT NULL,
    stratum INTEGER NOT NULL,
    error VARCHAR NOT NULL,
    prompt_sent VARCHAR NOT NULL,
    prompt_tokens INTEGER NOT NULL,
    new_tokens INTEGER NOT NULL,
    seconds DOUBLE NOT NULL,
    created TIMESTAMP NOT NULL
);

-- Takes back the failures that a cell had before: it is to be tried again, or was answered after all.
CREATE TABLE clearings (
    event BIGINT NOT NULL DEFAULT nextval('events'),
    run_no INTEGER NOT NULL,
    no INTEGER NOT NULL,
    created TIMESTAMP NOT NULL
);

-- The last failure of each cell, where nothing cleared it.
CREATE VIEW open_failures AS
SELECT f.*
FROM failures f
LEFT JOIN (SELECT run_no, no, max(event) AS event FROM clearings GROUP BY run_no, no) cleared
    ON cleared.run_no = f.run_no AND cleared.no = f.no
WHERE f.event > coalesce(cleared.event, 0)
QUALIFY row_number() OVER (PARTITION BY f.run_no, f.no ORDER BY f.event DESC) = 1;

-- What is known of every cell that was tried.
CREATE VIEW outcomes AS
SELECT run_no, no, stratum, finish, text, blank, '' AS error, prompt_sent, prompt_tokens, new_tokens, seconds, created
FROM responses
UNION ALL
SELECT run_no, no, stratum, 'failed', '', true, error, prompt_sent, prompt_tokens, new_tokens, seconds, created
FROM open_failures;
