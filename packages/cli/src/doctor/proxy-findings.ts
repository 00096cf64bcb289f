/** The findings of `valetkey doctor --through-proxy`. */
export const PROXY_FINDINGS = {
  proxy_right: { level: 'ok', fix: '' },
  proxy_path_refused: {
    level: 'problem',
    fix: 'Choose a path that the key may read and whose response depends on the user: --request "GET /path".',
  },
  identity_forged: {
    level: 'problem',
    fix: 'Let the proxy overwrite or delete every X-Valetkey header of the client, in all spellings, or let only the gateway reach the service.',
  },
  ambiguous_path_passes: {
    level: 'problem',
    fix: 'Ask about the path as the client sent it ($request_uri in nginx), and forward it without changes.',
  },
  refusal_lost: {
    level: 'problem',
    fix: 'In nginx, use /valetkey/verify/nginx and send X-Valetkey-Status and X-Valetkey-Body to the client, as the configuration in deploy/ does.',
  },
  use_counted_twice: {
    level: 'problem',
    fix: 'Send X-Request-Id with $request_id to the gateway, so that a second question about a request does not count.',
  },
  tunnel_opens: {
    level: 'problem',
    fix: 'Forward the header Upgrade only with the value websocket, as the configuration in deploy/ does.',
  },
  trace_passes: { level: 'problem', fix: 'Let the proxy refuse TRACE with 405.' },
  verify_public: { level: 'problem', fix: 'Let the proxy return 404 for /valetkey/verify.' },
} as const;
