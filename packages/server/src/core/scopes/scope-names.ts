/**
 * Returns whether the text is a valid name of a scope or group. The separators used by settings and requests are not
 * allowed.
 */
export const isName = (text: string): boolean => /^[a-z0-9][a-z0-9_.:-]*$/.test(text);

/** Scopes without a route: they allow sign-in by one-time password, and push notifications. */
export const SCOPES_WITHOUT_ROUTES: readonly string[] = ['one_time_password', 'push'];

/** Returns whether these scopes allow push notifications. The push URL is checked separately. */
export const hasPushScope = (scopes: readonly string[]): boolean =>
  scopes.includes('push') || scopes.includes('notifications');
