-- What responses say, as vectors, and the maps that are made of them.

CREATE SEQUENCE embedding_numbers;

-- A way to turn texts into vectors. Those of number N are in a table of their own, vectors_N, because a column of
-- vectors has one length; lib/store/embeddings.py makes it. Each text is embedded once.
CREATE TABLE embeddings (
    embedding INTEGER PRIMARY KEY,
    model VARCHAR NOT NULL, -- folder or hub id; '' is the bundled one
    digest VARCHAR NOT NULL, -- of its weights
    dtype VARCHAR NOT NULL,
    size INTEGER NOT NULL, -- numbers in a vector
    created TIMESTAMP NOT NULL,
    UNIQUE (model, digest, dtype)
);

CREATE SEQUENCE map_numbers; -- never used twice, as with runs

CREATE TABLE maps (
    map INTEGER PRIMARY KEY,
    id VARCHAR NOT NULL UNIQUE,
    name VARCHAR NOT NULL,
    filter JSON NOT NULL,
    settings JSON NOT NULL,
    status VARCHAR NOT NULL,
    problem VARCHAR NOT NULL,
    embedding INTEGER, -- NULL until it was known
    blank INTEGER NOT NULL, -- answered responses that say nothing
    quality JSON,
    made_with JSON NOT NULL,
    created TIMESTAMP NOT NULL,
    finished TIMESTAMP
);

CREATE TABLE map_points (
    map INTEGER NOT NULL,
    run_no INTEGER NOT NULL,
    no INTEGER NOT NULL, -- the cell
    x FLOAT NOT NULL,
    y FLOAT NOT NULL,
    region INTEGER NOT NULL, -- -1: in none
    text_digest BLOB NOT NULL -- of the text as it was embedded: the key of its vector
);

CREATE TABLE map_regions (
    map INTEGER NOT NULL,
    region INTEGER NOT NULL,
    name VARCHAR NOT NULL,
    given VARCHAR NOT NULL, -- by the auditor; '' for nothing
    proposed VARCHAR NOT NULL, -- by a model that was asked; '' for nothing
    words JSON NOT NULL,
    central JSON NOT NULL, -- cells as [run_no, no]
    stability DOUBLE,
    x FLOAT NOT NULL,
    y FLOAT NOT NULL
);

CREATE SEQUENCE selection_numbers;

CREATE TABLE selections ( -- responses that somebody picked out; they never change
    selection INTEGER PRIMARY KEY,
    id VARCHAR NOT NULL UNIQUE,
    name VARCHAR NOT NULL,
    map VARCHAR NOT NULL, -- id of the map they were picked on
    created TIMESTAMP NOT NULL
);

CREATE TABLE selection_cells (
    selection INTEGER NOT NULL,
    run_no INTEGER NOT NULL,
    no INTEGER NOT NULL
);
