/**
 * Routes that other scopes than `read` and `write` allow, on sites with the routes of Discourse
 * (PROTOCOL.md#built-in-scopes).
 */
const NARROW: readonly (readonly [scopes: readonly string[], methods: string, path: RegExp])[] = [
  [['notifications'], 'GET', /^\/notifications(\/totals)?$/],
  [['notifications'], 'PUT', /^\/notifications\/(mark-)?read$/],
  [['notifications', 'message_bus'], 'POST', /^\/message-bus\/[^/]+\/poll$/],
  [['session_info'], 'GET', /^\/session\/current$/],
  [['session_info'], 'GET', /^\/u\/[^/]+\/topic-tracking-state$/],
  [['bookmarks_calendar'], 'GET', /^\/u\/[^/]+\/bookmarks\.ics$/],
  [['user_status'], 'GET PUT DELETE', /^\/user-status$/],
];

/** Returns the scopes that allow this request, each alone. Does not know scopes that a site has added. */
export function findScopesFor(method: string, path: string): readonly string[] {
  const asked = method === 'HEAD' ? 'GET' : method;
  const [plain = ''] = path.split('?');
  const route = plain.replace(/\.json$/, '');
  const narrow = NARROW.flatMap(([scopes, methods, pattern]) =>
    methods.split(' ').includes(asked) && pattern.test(route) ? scopes : [],
  );
  return [...narrow, ...(asked === 'GET' ? ['read'] : []), 'write'];
}
