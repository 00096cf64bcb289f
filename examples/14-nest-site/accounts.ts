// The accounts of the site. Replace this file by your own.
import { scryptSync, timingSafeEqual } from 'node:crypto';
import type { SiteUser } from '@valetkey/server';

interface Account extends SiteUser {
  readonly passwordHash: Buffer;
}

const hash = (username: string, password: string): Buffer => scryptSync(password, username, 32);

const accounts: readonly Account[] = ['alice', 'bob'].map((username, index) => ({
  id: String(index + 1),
  username,
  isAdmin: username === 'alice',
  isSuspended: false,
  passwordHash: hash(username, 'valetkey-demo'),
}));

export const findUser = (id: string | undefined): Account | null =>
  accounts.find((account) => account.id === id) ?? null;

export const findUserByUsername = (username: string): Account | null =>
  accounts.find((account) => account.username === username.toLowerCase()) ?? null;

/** Returns the user if the password is right. */
export function checkPassword(username: string, password: string): Account | null {
  const account = findUserByUsername(username);
  const isRight = account && timingSafeEqual(account.passwordHash, hash(account.username, password));
  return isRight ? account : null;
}
