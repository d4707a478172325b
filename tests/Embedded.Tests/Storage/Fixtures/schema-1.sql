-- A file as schema 1 left it. Never edited: it is what stands on disks.
PRAGMA auto_vacuum = INCREMENTAL;
PRAGMA journal_mode = WAL;
BEGIN;
CREATE TABLE state (
    grain_type TEXT NOT NULL,
    grain_key TEXT NOT NULL,
    name TEXT NOT NULL,
    version INTEGER NOT NULL CHECK (version >= 1),
    checksum INTEGER NOT NULL,
    payload BLOB NOT NULL,
    PRIMARY KEY (grain_type, grain_key, name)
) STRICT;
CREATE TABLE log (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL UNIQUE,
    first INTEGER NOT NULL CHECK (first >= 1),
    last INTEGER NOT NULL CHECK (last >= first - 1)
) STRICT;
CREATE TABLE log_record (
    log INTEGER NOT NULL,
    sequence INTEGER NOT NULL,
    checksum INTEGER NOT NULL,
    payload BLOB NOT NULL,
    PRIMARY KEY (log, sequence)
) STRICT;
INSERT INTO state VALUES ('counter', 'default/a', 'state', 2, 3085802287, x'7b22636f756e74223a327d');
INSERT INTO log VALUES (1, 'session/default/a', 3, 4);
INSERT INTO log_record VALUES (1, 3, 2701521465, x'7468697264');
INSERT INTO log_record VALUES (1, 4, 2958778176, x'666f75727468');
PRAGMA application_id = 1397572432;
PRAGMA user_version = 1;
COMMIT;
