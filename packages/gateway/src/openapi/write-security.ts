import { readFileSync } from 'node:fs';
import { parseDocument } from 'yaml';
import type { OpenapiScopes } from './openapi-scopes.ts';

const SCHEMES = {
  userApiKey: {
    type: 'apiKey',
    in: 'header',
    name: 'User-Api-Key',
    description: 'A user API key (Valetkey)',
  },
  userApiKeyAsBearer: { type: 'http', scheme: 'bearer', description: 'The same key as a bearer token' },
};

/**
 * Returns the OpenAPI document with security schemes for keys, and with the scopes that open each operation in its
 * description (`x-valetkey-scopes`). Comments and other fields stay as they are.
 */
export function writeSecurity({ file, byScope }: Pick<OpenapiScopes, 'file' | 'byScope'>): string {
  const document = parseDocument(readFileSync(file, 'utf8'));
  const scopesOf = (operationId: unknown) =>
    [...byScope].flatMap(([name, list]) => (list.some(({ id }) => id === operationId) ? [name] : []));
  for (const [name, scheme] of Object.entries(SCHEMES))
    document.setIn(['components', 'securitySchemes', name], scheme);
  const paths = (document.toJS() as { paths?: Record<string, Record<string, unknown>> }).paths ?? {};
  for (const [path, item] of Object.entries(paths)) {
    for (const [method, operation] of Object.entries(item)) {
      const id = (operation as { operationId?: unknown } | null)?.operationId;
      const scopes = scopesOf(id);
      if (scopes.length === 0) continue;
      document.setIn(['paths', path, method, 'security'], [{ userApiKey: [] }, { userApiKeyAsBearer: [] }]);
      document.setIn(['paths', path, method, 'x-valetkey-scopes'], scopes);
    }
  }
  return String(document);
}
