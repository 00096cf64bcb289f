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

interface OpenapiOperation {
  readonly operationId?: string;
  readonly security?: readonly object[];
}

interface OpenapiDocument {
  readonly paths?: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  readonly security?: readonly object[];
}

/**
 * Returns the OpenAPI document with security schemes for keys, and with the scopes that open each operation in its
 * description (`x-valetkey-scopes`). Other ways to authenticate, comments
 * and other fields stay as they are.
 */
export function writeSecurity({ file, byScope }: Pick<OpenapiScopes, 'file' | 'byScope'>): string {
  const document = parseDocument(readFileSync(file, 'utf8'));
  const scopesOf = (operationId: unknown) =>
    [...byScope].flatMap(([name, list]) => (list.some(({ id }) => id === operationId) ? [name] : []));
  for (const [name, scheme] of Object.entries(SCHEMES))
    document.setIn(['components', 'securitySchemes', name], scheme);
  const { paths = {}, security: usual = [] } = document.toJS() as OpenapiDocument;
  for (const [path, item] of Object.entries(paths)) {
    for (const [method, operation] of Object.entries(item)) {
      const { operationId, security = null } = (operation ?? {}) as OpenapiOperation;
      const scopes = scopesOf(operationId);
      if (scopes.length === 0) continue;
      // An empty list of its own says that the operation is public, and stays.
      const alternatives = [...(security ?? usual), { userApiKey: [] }, { userApiKeyAsBearer: [] }];
      if (security?.length !== 0) document.setIn(['paths', path, method, 'security'], alternatives);
      document.setIn(['paths', path, method, 'x-valetkey-scopes'], scopes);
    }
  }
  return String(document);
}
