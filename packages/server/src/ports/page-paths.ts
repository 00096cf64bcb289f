/** Where the pages are, below the path of the base URL. `false`: neither the pages nor their JSON are served. */
export interface PageMounts {
  /**
   * The pages on which users look over and make keys. Under a prefix of the site's own they belong to the user who
   * is signed in, so no username is in their path. @default '/u/:username/preferences'
   */
  readonly user?: { readonly prefix: string } | false | undefined;
  /** The pages for admins, with their assets. @default '/admin' */
  readonly admin?: { readonly prefix: string } | false | undefined;
}

/** The prefixes with the base path in front; null where the pages are not served. */
export interface PagePaths {
  /** May contain `:username`. */
  readonly user: string | null;
  readonly admin: string | null;
}

/** Where PROTOCOL.md sections 10 and 12 have them. */
const DEFAULT_PREFIXES = { user: '/u/:username/preferences', admin: '/admin' } as const;

/** First segments that belong to the protocol. */
const RESERVED = ['user-api-key', 'user-api-key-client', 'oauth', '.well-known', 'calendar-subscriptions'];

/** @throws TypeError for a prefix that is no plain path, or that others need */
export function createPagePaths(basePath: string, { user, admin }: PageMounts = {}): PagePaths {
  const prefixes = {
    user: checkPrefix('user', user ?? { prefix: DEFAULT_PREFIXES.user }),
    admin: checkPrefix('admin', admin ?? { prefix: DEFAULT_PREFIXES.admin }),
  };
  if (prefixes.user !== null && prefixes.user === prefixes.admin) {
    throw new TypeError('pages.user and pages.admin have the same prefix. Choose two.');
  }
  const withBase = (prefix: string | null) => (prefix === null ? null : basePath + prefix);
  return { user: withBase(prefixes.user), admin: withBase(prefixes.admin) };
}

function checkPrefix(mount: 'user' | 'admin', given: { readonly prefix: string } | false): string | null {
  if (given === false) return null;
  const { prefix } = given;
  if (prefix === DEFAULT_PREFIXES[mount]) return prefix;
  const [, first = ''] = prefix.split('/');
  if (!/^(?:\/[a-z0-9_~-][a-z0-9._~-]*)+$/i.test(prefix) || RESERVED.includes(first.toLowerCase())) {
    throw new TypeError(
      `pages.${mount}.prefix cannot be ${prefix}. Use a path such as /account: a slash in front, none at the end, and none of ${RESERVED.join(', ')} first.`,
    );
  }
  return prefix;
}
