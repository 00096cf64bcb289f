import type { FindingRow } from './finding-row.ts';

/** The findings about OAuth and MCP: what their clients find on the site. */
export const OAUTH_FINDINGS = {
  oauth_on: { level: 'ok', fix: '' },
  oauth_device_only: {
    level: 'note',
    fix: 'Clients with a redirect need the extension @valetkey/oauth on the site.',
  },
  oauth_off: { level: 'note', fix: 'OAuth clients cannot use this site; user API keys work without OAuth.' },
  oauth_issuer_differs: {
    level: 'warning',
    fix: 'Set the base URL of the site to the URL that clients use; they compare the issuer exactly.',
  },
  oauth_endpoint_elsewhere: {
    level: 'warning',
    fix: 'Set the base URL of the site; clients reject endpoints on other origins.',
  },
  mcp_on: { level: 'ok', fix: '' },
  mcp_off: {
    level: 'note',
    fix: 'Agents use the site with tools only if it has the extension @valetkey/mcp.',
  },
  mcp_no_challenge: {
    level: 'warning',
    fix: 'Let requests to /mcp pass through walls and caches unchanged: agents sign in only after its response 401.',
  },
  mcp_metadata_differs: {
    level: 'warning',
    fix: 'Set the base URL of the site to the URL that agents use, and let /.well-known/ pass through walls.',
  },
} as const satisfies Readonly<Record<string, FindingRow>>;
