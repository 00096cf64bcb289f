import type { Schema } from '@valetkey/sql-store/database';

/** The position is the schema version: append only. */
const migrations: readonly string[] = [
  `CREATE TABLE users (
     id INTEGER PRIMARY KEY AUTOINCREMENT,
     username TEXT NOT NULL UNIQUE COLLATE NOCASE,
     name TEXT NOT NULL,
     password_hash TEXT NOT NULL,
     is_admin INTEGER NOT NULL DEFAULT 0,
     is_moderator INTEGER NOT NULL DEFAULT 0,
     trust_level INTEGER NOT NULL DEFAULT 0,
     suspended_until INTEGER,
     suspended_reason TEXT,
     created_at INTEGER NOT NULL
   ) STRICT;
   CREATE TABLE sessions (
     id_hash TEXT PRIMARY KEY,
     user_id INTEGER REFERENCES users (id),
     csrf_token TEXT NOT NULL,
     created_at INTEGER NOT NULL
   ) STRICT;
   CREATE TABLE categories (
     id INTEGER PRIMARY KEY AUTOINCREMENT,
     name TEXT NOT NULL,
     slug TEXT NOT NULL UNIQUE,
     color TEXT NOT NULL,
     description TEXT NOT NULL
   ) STRICT;
   CREATE TABLE topics (
     id INTEGER PRIMARY KEY AUTOINCREMENT,
     title TEXT NOT NULL,
     slug TEXT NOT NULL,
     category_id INTEGER NOT NULL REFERENCES categories (id),
     user_id INTEGER NOT NULL REFERENCES users (id),
     created_at INTEGER NOT NULL,
     bumped_at INTEGER NOT NULL,
     deleted_at INTEGER
   ) STRICT;
   CREATE INDEX topics_bumped ON topics (bumped_at);
   CREATE TABLE posts (
     id INTEGER PRIMARY KEY AUTOINCREMENT,
     topic_id INTEGER NOT NULL REFERENCES topics (id),
     post_number INTEGER NOT NULL,
     user_id INTEGER NOT NULL REFERENCES users (id),
     raw TEXT NOT NULL,
     version INTEGER NOT NULL DEFAULT 1,
     created_at INTEGER NOT NULL,
     updated_at INTEGER NOT NULL,
     deleted_at INTEGER,
     UNIQUE (topic_id, post_number)
   ) STRICT;
   CREATE TABLE topic_visits (
     user_id INTEGER NOT NULL REFERENCES users (id),
     topic_id INTEGER NOT NULL REFERENCES topics (id),
     last_read_post_number INTEGER NOT NULL,
     PRIMARY KEY (user_id, topic_id)
   ) STRICT;`,
  `ALTER TABLE posts ADD COLUMN reply_to_post_number INTEGER;
   CREATE TABLE notifications (
     id INTEGER PRIMARY KEY AUTOINCREMENT,
     user_id INTEGER NOT NULL REFERENCES users (id),
     post_id INTEGER NOT NULL REFERENCES posts (id),
     type INTEGER NOT NULL,
     is_read INTEGER NOT NULL DEFAULT 0,
     created_at INTEGER NOT NULL,
     UNIQUE (user_id, post_id)
   ) STRICT;`,
  `CREATE TABLE user_statuses (
     user_id INTEGER PRIMARY KEY REFERENCES users (id),
     description TEXT NOT NULL,
     emoji TEXT NOT NULL,
     ends_at INTEGER
   ) STRICT;`,
  `CREATE TABLE bookmarks (
     id INTEGER PRIMARY KEY AUTOINCREMENT,
     user_id INTEGER NOT NULL REFERENCES users (id),
     target_type TEXT NOT NULL CHECK (target_type IN ('Post', 'Topic')),
     target_id INTEGER NOT NULL,
     name TEXT,
     reminder_at INTEGER,
     created_at INTEGER NOT NULL,
     UNIQUE (user_id, target_type, target_id)
   ) STRICT;`,
  'ALTER TABLE sessions DROP COLUMN csrf_token;',
  `ALTER TABLE notifications ADD COLUMN is_pushed INTEGER NOT NULL DEFAULT 0;
   UPDATE notifications SET is_pushed = 1;
   CREATE INDEX notifications_to_push ON notifications (post_id) WHERE is_pushed = 0;`,
  // COLLATE NOCASE exists in SQLite only.
  'CREATE UNIQUE INDEX users_by_lower_name ON users (lower(username));',
  // SQLite cannot drop NOT NULL from a column. The ids are assigned again, in order: PostgreSQL counts only those that it assigns.
  `CREATE TABLE new_notifications (
     id INTEGER PRIMARY KEY AUTOINCREMENT,
     user_id INTEGER NOT NULL REFERENCES users (id),
     post_id INTEGER REFERENCES posts (id),
     -- A notice about a key, as JSON without secrets.
     notice TEXT,
     type INTEGER NOT NULL,
     is_read INTEGER NOT NULL DEFAULT 0,
     created_at INTEGER NOT NULL,
     is_pushed INTEGER NOT NULL DEFAULT 0,
     UNIQUE (user_id, post_id),
     CHECK ((post_id IS NULL) <> (notice IS NULL))
   ) STRICT;
   INSERT INTO new_notifications (user_id, post_id, type, is_read, created_at, is_pushed)
     SELECT user_id, post_id, type, is_read, created_at, is_pushed FROM notifications ORDER BY id;
   DROP TABLE notifications;
   ALTER TABLE new_notifications RENAME TO notifications;
   CREATE INDEX notifications_to_push ON notifications (post_id) WHERE is_pushed = 0;`,
  'ALTER TABLE users ADD COLUMN email TEXT;',
];

/** The forum's own tables. */
export const forumSchema: Schema = { name: 'forum', migrations };
