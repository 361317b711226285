-- The tables. Everything belongs to mentorrollen_owner, which nobody logs in as. A login is a member
-- of mentorrollen_member, which may read what the policies let it see (rights.sql) and calls the
-- functions (save.sql and the rest); it may not write to any table by itself.

CREATE TABLE meta (
  version integer NOT NULL,       -- of these tables; see data/storage/postgres/schema.py
  made_at timestamptz NOT NULL DEFAULT now()
);

-- Every table begins with the team, so that a large installation can be parted by it.
CREATE TABLE teams (
  team text PRIMARY KEY,
  -- What the ids of what was deleted for good are hidden with; see privacy.sql.
  salt text NOT NULL DEFAULT replace(gen_random_uuid()::text, '-', '')
);

CREATE TABLE members (
  team text NOT NULL REFERENCES teams,
  login text COLLATE "C" NOT NULL,
  kind text NOT NULL CHECK (kind IN ('mentor', 'coordinator', 'manager')),
  name text NOT NULL,             -- how colleagues write the name in the list of people
  -- Its owner alone knows it, so nobody else can listen: what changes in `access` is told there.
  channel text NOT NULL DEFAULT 'm' || replace(gen_random_uuid()::text, '-', ''),
  PRIMARY KEY (team, login, kind)
);
CREATE INDEX ON members (login);

-- Who has a role for a mentee as mentor or co-mentor, and so sees the mentee, until the last day.
CREATE TABLE access (
  team text NOT NULL,
  mentee text NOT NULL,
  login text COLLATE "C" NOT NULL,
  until date,
  PRIMARY KEY (team, mentee, login)
);
CREATE INDEX ON access (login, team);

-- The last commit about each mentee, and with mentee '' that about what the whole team has. Commits
-- of one mentee are made one after the other; those of several mentees do not wait for each other.
CREATE TABLE heads (
  team text NOT NULL,
  mentee text NOT NULL,
  n bigint NOT NULL,
  channel text NOT NULL DEFAULT 'm' || replace(gen_random_uuid()::text, '-', ''),
  PRIMARY KEY (team, mentee)
) WITH (fillfactor = 70);

-- The documents, as JSON texts: bytes, order of fields and numbers stay as they were written.
CREATE TABLE documents (
  team text NOT NULL,
  mentee text NOT NULL,
  tbl text NOT NULL,
  id text NOT NULL,
  place bigint GENERATED ALWAYS AS IDENTITY,  -- the order in which they were made
  doc json NOT NULL,
  PRIMARY KEY (team, mentee, tbl, id)
) WITH (fillfactor = 80);

-- The journal: what each commit did. Sessions read on from the last one they know.
CREATE TABLE commits (
  team text NOT NULL,
  mentee text NOT NULL,
  n bigint NOT NULL,
  id text NOT NULL,               -- random; by it a session knows its own after the line broke
  at text NOT NULL,               -- the session's local time with its offset
  by text NOT NULL,
  session text NOT NULL,
  ops json NOT NULL,
  made_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  PRIMARY KEY (team, mentee, n)
);

-- Who changed what and when, for the history that the program shows. Nothing private is in it.
CREATE TABLE history (
  team text NOT NULL,
  mentee text NOT NULL,
  n bigint NOT NULL,
  place integer NOT NULL,
  at text NOT NULL,
  by text NOT NULL,
  tbl text NOT NULL,
  id text NOT NULL,
  kind text NOT NULL,
  fields json NOT NULL,
  PRIMARY KEY (team, mentee, n, place)
);

-- The same for what is private: only its author sees it.
CREATE TABLE private_heads (
  team text NOT NULL,
  author text COLLATE "C" NOT NULL,
  n bigint NOT NULL,
  channel text NOT NULL DEFAULT 'm' || replace(gen_random_uuid()::text, '-', ''),
  PRIMARY KEY (team, author)
) WITH (fillfactor = 70);

CREATE TABLE private_documents (
  team text NOT NULL,
  author text COLLATE "C" NOT NULL,
  tbl text NOT NULL,
  id text NOT NULL,
  mentee text NOT NULL,
  place bigint GENERATED ALWAYS AS IDENTITY,
  doc json NOT NULL,
  PRIMARY KEY (team, author, tbl, id)
) WITH (fillfactor = 80);
CREATE INDEX ON private_documents (team, mentee);

CREATE TABLE private_commits (
  team text NOT NULL,
  author text COLLATE "C" NOT NULL,
  n bigint NOT NULL,
  id text NOT NULL,
  at text NOT NULL,
  session text NOT NULL,
  ops json NOT NULL,
  made_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  PRIMARY KEY (team, author, n)
);

-- Where each session is. Whether it lives is told by a lock that it holds; see presence.sql.
CREATE TABLE presence (
  team text NOT NULL,
  session text NOT NULL,
  login text COLLATE "C" NOT NULL,
  since text NOT NULL,
  mentee text NOT NULL,           -- '' for nowhere
  place text NOT NULL,            -- the mentee, perhaps with "/" and a talk
  PRIMARY KEY (team, session)
);
