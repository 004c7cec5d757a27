-- What the author of an audit's reports chose and wrote, and where audits that were not made here come from.

CREATE TABLE report_settings (
    run_no INTEGER PRIMARY KEY,
    settings JSON NOT NULL
);

CREATE SEQUENCE report_events;

-- Only ever added: the last text of a field counts. Deleting the run is the one exception.
CREATE TABLE report_texts (
    event BIGINT NOT NULL DEFAULT nextval('report_events'),
    run_no INTEGER NOT NULL,
    field VARCHAR NOT NULL,
    text VARCHAR NOT NULL,
    author VARCHAR NOT NULL,
    created TIMESTAMP NOT NULL
);

CREATE TABLE origins (
    run_no INTEGER PRIMARY KEY,
    origin JSON NOT NULL -- kind (bundle, import), file, digest or seal, what the file said of itself
);
