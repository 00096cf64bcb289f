/** The packages that each package may import. Tests may import all. */
export const PACKAGE_IMPORTS: Readonly<Record<string, readonly string[]>> = {
  '@valetkey/protocol': [],
  '@valetkey/client': ['@valetkey/protocol'],
  '@valetkey/server': ['@valetkey/protocol'],
  '@valetkey/oauth': ['@valetkey/server', '@valetkey/protocol'],
  '@valetkey/mcp': ['@valetkey/server', '@valetkey/protocol'],
  '@valetkey/sql-store': ['@valetkey/server', '@valetkey/protocol'],
  '@valetkey/valkey': ['@valetkey/server', '@valetkey/protocol'],
  '@valetkey/admin': ['@valetkey/server', '@valetkey/sql-store', '@valetkey/protocol'],
  '@valetkey/conformance': ['@valetkey/server'],
  valetkey: ['@valetkey/client', '@valetkey/protocol'],
  '@valetkey/gateway': ['@valetkey/server', '@valetkey/sql-store', '@valetkey/valkey', '@valetkey/protocol'],
  '@valetkey/forum': [
    '@valetkey/server',
    '@valetkey/oauth',
    '@valetkey/mcp',
    '@valetkey/sql-store',
    '@valetkey/valkey',
    '@valetkey/protocol',
  ],
};

/** The parent folder of the folders below. */
export const SERVER_SOURCES = 'packages/server/src/';

/** The folders of the server. A folder imports from earlier ones only; files outside of the folders import from all. */
export const SERVER_FOLDERS = [
  'core',
  'ports',
  'in-process',
  'settings',
  'verify',
  'issue',
  'push',
  'jobs',
  'observe',
  'ui',
  'http',
  'adapters',
];

/** Known imports against the order, as `from → target` below the server’s sources. */
export const KNOWN_VIOLATIONS: readonly string[] = [];
