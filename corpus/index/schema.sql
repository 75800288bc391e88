-- The catalogue of one generation. Records are JSON; the columns beside them are what queries need.
CREATE TABLE documents (
    id TEXT PRIMARY KEY,
    position INTEGER NOT NULL,
    entry TEXT NOT NULL,
    content_hash TEXT NOT NULL,
    file_hash TEXT NOT NULL,
    counts TEXT NOT NULL,
    format TEXT NOT NULL,
    encoding TEXT,
    pages TEXT NOT NULL
) WITHOUT ROWID;
CREATE TABLE texts (document TEXT PRIMARY KEY, text TEXT NOT NULL);
-- A JSON list: what a person reads in place of a few characters of a recognised text.
CREATE TABLE repairs (document TEXT PRIMARY KEY, record TEXT NOT NULL);
CREATE TABLE sections (
    id TEXT PRIMARY KEY, document TEXT NOT NULL, position INTEGER NOT NULL, record TEXT NOT NULL
) WITHOUT ROWID;
CREATE TABLE fiches (
    id TEXT PRIMARY KEY, document TEXT NOT NULL, kind TEXT NOT NULL, position INTEGER NOT NULL, record TEXT NOT NULL
) WITHOUT ROWID;
CREATE TABLE equipment (
    id TEXT PRIMARY KEY, document TEXT NOT NULL, position INTEGER NOT NULL, record TEXT NOT NULL
) WITHOUT ROWID;
CREATE TABLE passages (
    number INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    document TEXT NOT NULL,
    position INTEGER NOT NULL,
    record TEXT NOT NULL
);
-- A vector is float32, little-endian; an absent row is a vector still to be made.
CREATE TABLE vectors (number INTEGER PRIMARY KEY, text_hash TEXT NOT NULL, vector BLOB NOT NULL);
-- Questions in users' words; passages is a JSON list of ids, a NULL vector is still to be made.
CREATE TABLE questions (
    number INTEGER PRIMARY KEY, document TEXT NOT NULL, question TEXT NOT NULL, quote TEXT NOT NULL,
    passages TEXT NOT NULL, vector BLOB
);
CREATE TABLE words (document TEXT NOT NULL, word TEXT NOT NULL, passages INTEGER NOT NULL,
    PRIMARY KEY (document, word)) WITHOUT ROWID;
CREATE INDEX sections_of_document ON sections (document, position);
CREATE INDEX fiches_of_document ON fiches (document, position);
CREATE INDEX equipment_of_document ON equipment (document, position);
CREATE INDEX questions_of_document ON questions (document);
CREATE INDEX passages_of_document ON passages (document, position);
CREATE INDEX vectors_of_text ON vectors (text_hash);
-- Stems separated by spaces; "2.5" stays one word. rowid is passages.number.
CREATE VIRTUAL TABLE fts USING fts5 (title, section, context, body, tokenize = "unicode61 tokenchars '.'");
