/** Where the pages are, below the path of the base URL. `false` serves neither the pages nor their JSON. */
export interface PageMounts {
  /**
   * The pages on which users list and create keys. A custom prefix contains no username: the pages belong to the
   * signed-in user. @default '/account'
   */
  readonly user?: { readonly prefix: string } | false | undefined;
  /** The pages for admins, with their assets. @default '/admin' */
  readonly admin?: { readonly prefix: string } | false | undefined;
}

/** The prefixes, with the base path prepended; null if the pages are not served. */
export interface PagePaths {
  /** May contain `:username`. */
  readonly user: string | null;
  readonly admin: string | null;
}

const DEFAULT_PREFIXES = { user: '/account', admin: '/admin' } as const;

/** The only prefix that contains a username: the one of Discourse. */
const DISCOURSE_USER_PREFIX = '/u/:username/preferences';

/** The first segments that the protocol reserves. */
const RESERVED = ['user-api-key', 'user-api-key-client', 'oauth', '.well-known', 'calendar-subscriptions'];

/** @throws TypeError for a prefix that is not a plain path, or that is reserved */
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
  if (mount === 'user' && prefix === DISCOURSE_USER_PREFIX) return prefix;
  const [, first = ''] = prefix.split('/');
  if (!/^(?:\/[a-z0-9_~-][a-z0-9._~-]*)+$/i.test(prefix) || RESERVED.includes(first.toLowerCase())) {
    throw new TypeError(
      `pages.${mount}.prefix cannot be ${prefix}. Use a path such as /account: a slash in front, none at the end, and none of ${RESERVED.join(', ')} first.`,
    );
  }
  return prefix;
}
