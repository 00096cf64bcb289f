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

/** Who is signed in. */
export interface SignedIn {
  readonly user: SiteUser;
  /** When they entered their credentials, in milliseconds since 1970. */
  readonly authenticatedAt?: number;
}

/** How the browser learns that its session has ended. */
export interface SignedOut {
  /** Where it goes next, such as the page of the provider that ends its own session. */
  readonly location: string;
  /** The header that deletes the cookie. */
  readonly setCookie: string;
}

/** Tells who is signed in. */
export interface Accounts {
  /**
   * Returns the user of the visitor, from the service's cookies, a trusted header or a session; null if nobody is
   * signed in.
   *
   * @throws AccountsError if the source fails
   */
  find(request: IncomingMessage): Promise<SignedIn | null>;
  /** Returns the URL of the sign-in page. */
  loginUrl(returnTo: string): string;
  /** Returns the URL of a page that signs in with another account. */
  switchAccountUrl?(returnTo: string): string;
  /** Ends the session of the visitor. Undefined if the service or a proxy has the sessions. */
  signOut?(request: Pick<IncomingMessage, 'headers'>): Promise<SignedOut>;
  /** The pages of sign-in that the gateway serves itself. */
  readonly pages?: {
    serves(url: string): boolean;
    /** @throws AccountsError if the provider cannot be reached */
    answer(request: IncomingMessage): Promise<Response>;
  };
}

/** A source that describes the account with each request. */
export interface AccountSource {
  /** @throws AccountsError if the source fails */
  find(request: IncomingMessage): Promise<Account | null>;
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
