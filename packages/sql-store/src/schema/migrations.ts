import type { Schema } from '../database/schema.ts';

/** Numbered by position. A published migration is never edited; the next change is a new entry. */
export const migrations: readonly string[] = [
  `CREATE TABLE user_api_keys (
     id INTEGER PRIMARY KEY AUTOINCREMENT,
     key_hash TEXT NOT NULL UNIQUE,
     user_id TEXT NOT NULL,
     kind TEXT NOT NULL CHECK (kind IN ('app', 'feed', 'personal')),
     client_id TEXT NOT NULL,
     application_name TEXT NOT NULL,
     scopes TEXT NOT NULL,
     is_url_key INTEGER NOT NULL CHECK (is_url_key IN (0, 1)),
     push_url TEXT,
     created_at INTEGER NOT NULL,
     expires_at INTEGER,
     last_used_at INTEGER,
     last_used_address TEXT,
     last_used_agent TEXT,
     revoked_at INTEGER,
     revoked_reason TEXT
   ) STRICT;
   -- The database itself allows one active key per user, kind and client.
   CREATE UNIQUE INDEX user_api_keys_one_live ON user_api_keys (user_id, kind, client_id) WHERE revoked_at IS NULL;
   CREATE INDEX user_api_keys_of_user ON user_api_keys (user_id);
   CREATE TABLE user_api_key_clients (
     client_id TEXT PRIMARY KEY,
     application_name TEXT NOT NULL,
     public_key TEXT NOT NULL,
     auth_redirect TEXT NOT NULL,
     scopes TEXT NOT NULL,
     created_at INTEGER NOT NULL,
     created_from TEXT NOT NULL
   ) STRICT;
   CREATE INDEX user_api_key_clients_by_key ON user_api_key_clients (public_key);
   CREATE TABLE one_time_passwords (
     password_hash TEXT PRIMARY KEY,
     user_id TEXT NOT NULL,
     expires_at INTEGER NOT NULL
   ) STRICT;
   CREATE TABLE settings (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT;`,
  `CREATE TABLE admin_api_keys (
     id INTEGER PRIMARY KEY AUTOINCREMENT,
     key_hash TEXT NOT NULL UNIQUE,
     truncated_key TEXT NOT NULL,
     description TEXT NOT NULL,
     -- NULL: for whichever user the request names.
     user_id TEXT,
     scope_mode TEXT NOT NULL CHECK (scope_mode IN ('global', 'read_only', 'granular')),
     scopes TEXT NOT NULL CHECK (json_valid(scopes)),
     created_by TEXT NOT NULL,
     created_at INTEGER NOT NULL,
     last_used_at INTEGER,
     revoked_at INTEGER
   ) STRICT;`,
  `CREATE TABLE audit_events (
     id INTEGER PRIMARY KEY AUTOINCREMENT,
     at INTEGER NOT NULL,
     action TEXT NOT NULL,
     actor_id TEXT,
     owner_id TEXT,
     key_id INTEGER,
     subject TEXT NOT NULL,
     address TEXT NOT NULL
   ) STRICT;`,
  `ALTER TABLE user_api_keys ADD COLUMN retires_at INTEGER;
   -- A retiring key stays active beside its successor, so it has no slot.
   DROP INDEX user_api_keys_one_live;
   CREATE UNIQUE INDEX user_api_keys_one_live ON user_api_keys (user_id, kind, client_id)
     WHERE revoked_at IS NULL AND retires_at IS NULL;`,
  'ALTER TABLE user_api_keys ADD COLUMN allowed_addresses TEXT;',
  `CREATE TABLE push_targets (
     push_url TEXT NOT NULL UNIQUE,
     failures INTEGER NOT NULL DEFAULT 0,
     not_before INTEGER NOT NULL DEFAULT 0,
     claimed_at INTEGER NOT NULL DEFAULT 0,
     leased_until INTEGER NOT NULL DEFAULT 0
   ) STRICT;
   CREATE TABLE queued_pushes (
     id INTEGER PRIMARY KEY AUTOINCREMENT,
     delivery_id TEXT NOT NULL UNIQUE,
     push_url TEXT NOT NULL REFERENCES push_targets (push_url),
     user_id TEXT NOT NULL,
     key_ids TEXT NOT NULL CHECK (json_valid(key_ids)),
     notification TEXT NOT NULL CHECK (json_valid(notification)),
     created_at INTEGER NOT NULL,
     attempts INTEGER NOT NULL DEFAULT 0
   ) STRICT;
   CREATE INDEX queued_pushes_next ON queued_pushes (push_url, attempts, id);`,
  `-- Newest first, page by page.
   CREATE INDEX user_api_key_clients_by_time ON user_api_key_clients (created_at, client_id);
   -- The number of active keys of a client.
   CREATE INDEX user_api_keys_live_of_client ON user_api_keys (client_id) WHERE revoked_at IS NULL;`,
  `CREATE TABLE device_grants (
     device_code_hash TEXT PRIMARY KEY,
     user_code_hash TEXT NOT NULL UNIQUE,
     request_token_hash TEXT NOT NULL UNIQUE,
     approval_token_hash TEXT UNIQUE,
     client_id TEXT NOT NULL,
     state TEXT NOT NULL CHECK (state IN ('pending', 'approved', 'denied')),
     -- With nonce and public key: only as long as nobody has decided.
     request TEXT CHECK ((request IS NOT NULL) = (state = 'pending')),
     answer TEXT CHECK (answer IS NULL OR state = 'approved'),
     answer_until INTEGER,
     user_id TEXT,
     created_at INTEGER NOT NULL,
     created_from TEXT NOT NULL,
     expires_at INTEGER NOT NULL
   ) STRICT;
   CREATE INDEX device_grants_by_expiry ON device_grants (expires_at);`,
  `-- The daily job treats a restored key as one that was just used.
   ALTER TABLE user_api_keys ADD COLUMN restored_at INTEGER;
   ALTER TABLE admin_api_keys ADD COLUMN restored_at INTEGER;`,
  `-- The active keys of a user, without reading the revoked ones.
   DROP INDEX user_api_keys_of_user;
   CREATE INDEX user_api_keys_of_user ON user_api_keys (user_id, revoked_at);`,
  `-- Columns get the names that the code uses.
   ALTER TABLE user_api_keys RENAME COLUMN last_used_address TO last_used_ip_address;
   ALTER TABLE user_api_keys RENAME COLUMN last_used_agent TO last_used_user_agent;
   ALTER TABLE user_api_keys RENAME COLUMN allowed_addresses TO allowed_ip_addresses;
   ALTER TABLE audit_events RENAME COLUMN address TO ip_address;
   -- The daily job deletes old events in batches.
   CREATE INDEX audit_events_by_time ON audit_events (at);`,
  `-- A one-time password ends with its key. The key of earlier passwords is unknown, so they end now.
   DELETE FROM one_time_passwords;
   ALTER TABLE one_time_passwords ADD COLUMN key_hash TEXT;
   ALTER TABLE one_time_passwords ADD COLUMN application_name TEXT NOT NULL DEFAULT '';`,
  `-- A key keeps the client id that was approved; the one that its app sends stands beside it.
   ALTER TABLE user_api_keys ADD COLUMN sent_client_id TEXT;`,
  `CREATE TABLE oauth_grants (
     id INTEGER PRIMARY KEY AUTOINCREMENT,
     user_id TEXT NOT NULL,
     client_id TEXT NOT NULL,
     client_name TEXT NOT NULL,
     scopes TEXT NOT NULL,
     resources TEXT NOT NULL,
     created_at INTEGER NOT NULL,
     expires_at INTEGER,
     last_used_at INTEGER,
     last_used_ip_address TEXT,
     last_used_user_agent TEXT,
     revoked_at INTEGER,
     revoked_reason TEXT
   ) STRICT;
   CREATE INDEX oauth_grants_of_user ON oauth_grants (user_id, revoked_at);
   CREATE INDEX oauth_grants_of_client ON oauth_grants (client_id);
   CREATE TABLE oauth_codes (
     code_hash TEXT PRIMARY KEY,
     client_id TEXT NOT NULL,
     user_id TEXT NOT NULL,
     -- What was approved: only until the code is used.
     request TEXT CHECK ((request IS NULL) = (used_at IS NOT NULL)),
     expires_at INTEGER NOT NULL,
     used_at INTEGER,
     grant_id INTEGER
   ) STRICT;
   CREATE INDEX oauth_codes_by_expiry ON oauth_codes (expires_at);
   -- Access tokens are user API keys; limits, last use and revocation belong to their grant.
   CREATE TABLE oauth_access_tokens (
     token_hash TEXT PRIMARY KEY,
     grant_id INTEGER NOT NULL REFERENCES oauth_grants (id) ON DELETE CASCADE,
     scopes TEXT NOT NULL,
     resources TEXT NOT NULL,
     created_at INTEGER NOT NULL,
     expires_at INTEGER NOT NULL,
     revoked_at INTEGER
   ) STRICT;
   CREATE INDEX oauth_access_tokens_of_grant ON oauth_access_tokens (grant_id);
   CREATE INDEX oauth_access_tokens_by_expiry ON oauth_access_tokens (expires_at);
   CREATE TABLE oauth_refresh_tokens (
     token_hash TEXT PRIMARY KEY,
     grant_id INTEGER NOT NULL REFERENCES oauth_grants (id) ON DELETE CASCADE,
     used_at INTEGER
   ) STRICT;
   CREATE INDEX oauth_refresh_tokens_of_grant ON oauth_refresh_tokens (grant_id);
   CREATE TABLE oauth_clients (
     client_id TEXT PRIMARY KEY,
     kind TEXT NOT NULL CHECK (kind IN ('registered', 'dynamic', 'document')),
     name TEXT NOT NULL,
     redirect_uris TEXT NOT NULL CHECK (json_valid(redirect_uris)),
     post_logout_redirect_uris TEXT NOT NULL CHECK (json_valid(post_logout_redirect_uris)),
     secret_hash TEXT,
     requires_pkce INTEGER NOT NULL CHECK (requires_pkce IN (0, 1)),
     created_at INTEGER NOT NULL,
     created_by TEXT,
     created_from TEXT NOT NULL,
     blocked_at INTEGER
   ) STRICT;
   CREATE INDEX oauth_clients_by_time ON oauth_clients (created_at, client_id);
   CREATE TABLE signing_keys (
     key_id TEXT PRIMARY KEY,
     public_jwk TEXT NOT NULL CHECK (json_valid(public_jwk)),
     sealed_private_key TEXT NOT NULL,
     created_at INTEGER NOT NULL
   ) STRICT;`,
  `CREATE TABLE user_api_key_uses (
     key_id INTEGER NOT NULL,
     day INTEGER NOT NULL,
     outcome TEXT NOT NULL,
     count INTEGER NOT NULL,
     PRIMARY KEY (key_id, day, outcome)
   ) STRICT;
   -- For the sums of all keys, and for the daily job that deletes old counts.
   CREATE INDEX user_api_key_uses_by_day ON user_api_key_uses (day);`,
  `-- Each change that caches must follow, numbered in the order of the commits.
   CREATE TABLE change_counter (number INTEGER NOT NULL) STRICT;
   INSERT INTO change_counter (number) VALUES (0);
   CREATE TABLE changes (number INTEGER PRIMARY KEY, kind TEXT NOT NULL, id TEXT NOT NULL) STRICT;`,
  `-- Where a key or a grant was received, without query: a host can be blocked, and admins see who uses a redirect.
   ALTER TABLE user_api_keys ADD COLUMN auth_redirect TEXT;
   UPDATE user_api_keys SET auth_redirect =
     (SELECT client.auth_redirect FROM user_api_key_clients AS client WHERE client.client_id = user_api_keys.client_id)
     WHERE kind = 'app';
   ALTER TABLE oauth_grants ADD COLUMN auth_redirect TEXT;
   ALTER TABLE one_time_passwords ADD COLUMN auth_redirect TEXT;
   CREATE TABLE app_blocks (
     kind TEXT NOT NULL CHECK (kind IN ('client_id', 'host')),
     value TEXT NOT NULL,
     reason TEXT NOT NULL,
     created_at INTEGER NOT NULL,
     created_by TEXT NOT NULL,
     PRIMARY KEY (kind, value)
   ) STRICT;`,
  `-- The smallest number of days before its expiry of which the user of a personal key was reminded.
   ALTER TABLE user_api_keys ADD COLUMN expiry_reminded_days INTEGER;`,
  `-- The paths of the resources that a personal key is valid for; NULL for the API alone.
   ALTER TABLE user_api_keys ADD COLUMN resources TEXT;`,
  `-- The icons that admins gave to clients: an app that registered itself, or an OAuth client.
   CREATE TABLE client_icons (
     kind TEXT NOT NULL CHECK (kind IN ('app', 'oauth')),
     client_id TEXT NOT NULL,
     -- An id can be registered again after its deletion, so this names the registration.
     registered_at INTEGER NOT NULL,
     has_secret INTEGER NOT NULL CHECK (has_secret IN (0, 1)),
     hash TEXT NOT NULL,
     media_type TEXT NOT NULL,
     content TEXT NOT NULL,
     PRIMARY KEY (kind, client_id)
   ) STRICT;
   CREATE INDEX client_icons_by_hash ON client_icons (hash);`,
  `-- From which networks a key was used on a day, as numbers that reveal no network.
   CREATE TABLE user_api_key_networks (
     key_id INTEGER NOT NULL,
     day INTEGER NOT NULL,
     network INTEGER NOT NULL,
     PRIMARY KEY (key_id, day, network)
   ) STRICT;
   CREATE INDEX user_api_key_networks_by_day ON user_api_key_networks (day);`,
];

/** The tables of the store. */
export const valetkeySchema: Schema = { name: 'valetkey', migrations };
