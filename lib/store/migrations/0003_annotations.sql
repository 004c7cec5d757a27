-- What people say of responses: codebooks, assignments, and events that are only ever added. Deleting an
-- assignment, or a run with the items that show its responses, is the one exception.

CREATE TABLE codebooks (
    digest VARCHAR PRIMARY KEY, -- SHA-256 of the text: an edited codebook is another version
    id VARCHAR NOT NULL,
    title VARCHAR NOT NULL,
    question VARCHAR NOT NULL,
    source VARCHAR NOT NULL,
    licence VARCHAR NOT NULL,
    text VARCHAR NOT NULL, -- the YAML as it was read
    used TIMESTAMP NOT NULL -- first
);

CREATE SEQUENCE annotator_numbers;

CREATE TABLE annotators (
    annotator INTEGER PRIMARY KEY,
    name VARCHAR NOT NULL, -- as it was first written
    folded VARCHAR NOT NULL UNIQUE, -- the same for names that differ in case or Unicode composition alone
    joined TIMESTAMP NOT NULL
);

CREATE SEQUENCE assignment_numbers; -- never used twice, as with runs

CREATE TABLE assignments (
    assignment INTEGER PRIMARY KEY,
    id VARCHAR NOT NULL UNIQUE,
    name VARCHAR NOT NULL,
    spec JSON NOT NULL,
    codebook VARCHAR NOT NULL, -- its digest
    closed BOOLEAN NOT NULL,
    created TIMESTAMP NOT NULL
);

CREATE TABLE annotation_items (
    assignment INTEGER NOT NULL,
    item INTEGER NOT NULL, -- 0, 1, … within the assignment
    run_no INTEGER NOT NULL,
    no INTEGER NOT NULL, -- the cell
    set_id VARCHAR NOT NULL, -- with the run's id in front
    kind VARCHAR NOT NULL,
    doubles INTEGER, -- the plain item that this one repeats or changes
    wanted INTEGER NOT NULL,
    probability DOUBLE,
    prompt VARCHAR, -- shown in place of the cell's own
    text VARCHAR -- shown in place of the response's own
);

CREATE SEQUENCE annotation_events; -- puts annotations, adjudications and unblindings in one order

-- One row a submission of an annotator and item. As with responses, the single writer sees to that.
CREATE TABLE annotations (
    event BIGINT NOT NULL,
    assignment INTEGER NOT NULL,
    item INTEGER NOT NULL,
    annotator INTEGER NOT NULL,
    act VARCHAR NOT NULL,
    answer JSON NOT NULL,
    submission VARCHAR NOT NULL,
    seconds DOUBLE NOT NULL,
    suggestion VARCHAR NOT NULL,
    suggested BOOLEAN NOT NULL,
    masked BOOLEAN NOT NULL,
    unblinded BOOLEAN NOT NULL,
    created TIMESTAMP NOT NULL
);

CREATE TABLE adjudications (
    event BIGINT NOT NULL,
    assignment INTEGER NOT NULL,
    item INTEGER NOT NULL,
    annotator INTEGER NOT NULL, -- who decided
    answer JSON NOT NULL,
    reason VARCHAR NOT NULL,
    submission VARCHAR NOT NULL,
    created TIMESTAMP NOT NULL
);

CREATE TABLE unblindings (
    event BIGINT NOT NULL,
    assignment INTEGER NOT NULL,
    item INTEGER NOT NULL,
    annotator INTEGER NOT NULL,
    created TIMESTAMP NOT NULL
);

-- The last thing each annotator did with each item, where it was not taken back.
CREATE VIEW current_annotations AS
SELECT * FROM (
    FROM annotations QUALIFY row_number() OVER (PARTITION BY assignment, item, annotator ORDER BY event DESC) = 1
)
WHERE act <> 'withdraw';

-- The last decision on each item.
CREATE VIEW current_adjudications AS
FROM adjudications QUALIFY row_number() OVER (PARTITION BY assignment, item ORDER BY event DESC) = 1;
