import type { Store } from '@valetkey/server';
import type { Database } from '../database/database.ts';
import { createAdminKeys } from './admin-keys.ts';
import { createAppBlocks } from './app-blocks.ts';
import { createAudit } from './audit.ts';
import { createClientIcons } from './client-icons.ts';
import { createClients } from './clients.ts';
import { createUserErasure, type UserErasure } from './erase-user.ts';
import { createOauthGrantSearch } from './find-oauth-grants.ts';
import { createGrants } from './grants.ts';
import { createKeyUses } from './key-uses.ts';
import { createKeys } from './keys.ts';
import { createOauthClients } from './oauth-clients.ts';
import { createOauthGrants } from './oauth-grants.ts';
import { createOneTimePasswords } from './one-time-passwords.ts';
import { createPersonalKeys } from './personal-keys.ts';
import { createPushes } from './pushes.ts';
import { createSettings } from './settings.ts';
import { createSigningKeys } from './signing-keys.ts';

/** A store on a SQL database, with what operators need beside it. */
export interface SqlStore extends Store, UserErasure {}

/** Returns the store on a database whose schema is up to date. Every method throws the errors of the database. */
export const createStore = (database: Database): SqlStore => ({
  ...createKeys(database),
  ...createKeyUses(database),
  ...createPersonalKeys(database),
  ...createAdminKeys(database),
  ...createAppBlocks(database),
  ...createAudit(database),
  ...createClientIcons(database),
  ...createClients(database),
  ...createGrants(database),
  ...createOauthClients(database),
  ...createOauthGrants(database),
  ...createOauthGrantSearch(database),
  ...createOneTimePasswords(database),
  ...createPushes(database),
  ...createSettings(database),
  ...createSigningKeys(database),
  ...createUserErasure(database),
  close: () => database.close(),
});
