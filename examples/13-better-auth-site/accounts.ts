// The accounts of the site: better-auth, with the plugins for user names and for admins.
import { randomBytes } from 'node:crypto';
import { DatabaseSync } from 'node:sqlite';
import type { Session, SiteUser } from '@valetkey/server';
import { betterAuth } from 'better-auth';
import { getMigrations } from 'better-auth/db/migration';
import { admin, username } from 'better-auth/plugins';

const { PORT = '3000', BASE_URL = `http://127.0.0.1:${PORT}`, ACCOUNTS = ':memory:' } = process.env;

export const auth = betterAuth({
  baseURL: BASE_URL,
  secret: process.env.BETTER_AUTH_SECRET ?? randomBytes(32).toString('hex'),
  database: new DatabaseSync(ACCOUNTS),
  emailAndPassword: { enabled: true },
  telemetry: { enabled: false },
  plugins: [username(), admin()],
});
await (await getMigrations(auth.options)).runMigrations();
const { adapter } = await auth.$context;

interface Account {
  readonly id: string;
  readonly username?: string | null | undefined;
  readonly role?: string | null | undefined;
  readonly banned?: boolean | null | undefined;
}

/** A user as Valetkey knows them: banned users are suspended. */
function toSiteUser(account: Account | null): SiteUser | null {
  if (!account?.username) return null;
  const { id, username, role, banned } = account;
  return { id, username, isAdmin: role === 'admin', isSuspended: banned === true };
}

const findBy = (field: 'id' | 'username') => async (value: string) =>
  toSiteUser(await adapter.findOne<Account>({ model: 'user', where: [{ field, value }] }));

export const findUser = findBy('id');
export const findUserByUsername = (name: string) => findBy('username')(name.toLowerCase());

/** The session of the cookie, as better-auth reads it. */
export async function findSession({ headers }: Request): Promise<Session | null> {
  const found = await auth.api.getSession({ headers });
  const user = found && toSiteUser(found.user);
  return user && found ? { id: found.session.token, user } : null;
}
