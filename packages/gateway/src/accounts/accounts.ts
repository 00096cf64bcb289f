import type { IncomingMessage } from 'node:http';
import type { SiteUser } from '@valetkey/server';

/** An account as its source describes it. */
export interface Account {
  readonly id: string;
  readonly username: string;
  readonly groups: readonly string[];
  readonly isAdmin: boolean;
  readonly isSuspended: boolean;
}

/** Tells who is signed in. */
export interface Accounts {
  /**
   * Returns the account of the visitor, from the service's cookies or a trusted header; null if nobody is signed in.
   *
   * @throws AccountsError if the source fails
   */
  find(request: IncomingMessage): Promise<Account | null>;
  /** Returns the URL of the sign-in page. */
  loginUrl(returnTo: string): string;
}

/** Thrown if the source of accounts does not respond as it must. The message contains no cookie. */
export class AccountsError extends Error {
  override readonly name = 'AccountsError';
}

/** Returns the account as a user of Valetkey. */
export const toSiteUser = ({ id, username, groups, isAdmin, isSuspended }: Account): SiteUser => ({
  id,
  username,
  avatarTemplate: null,
  isAdmin,
  isStaff: isAdmin,
  isSuspended,
  groups,
});

/** Returns the sign-in URL for a path to return to. */
export const fillLogin = (template: string, returnTo: string): string =>
  template.replaceAll('{return_to}', encodeURIComponent(returnTo));
