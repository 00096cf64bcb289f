/** What each package may import of the others. Tests may import all of them. */
export const PACKAGE_IMPORTS: Readonly<Record<string, readonly string[]>> = {
  '@valetkey/protocol': [],
  '@valetkey/client': ['@valetkey/protocol'],
  '@valetkey/server': ['@valetkey/protocol'],
  valetkey: ['@valetkey/client', '@valetkey/protocol'],
  '@valetkey/forum': ['@valetkey/server', '@valetkey/protocol'],
};

/** Where the folders below are. */
export const SERVER_SOURCES = 'packages/server/src/';

/** The folders of the server. A folder imports from earlier ones only; files outside of the folders import from all. */
export const SERVER_FOLDERS = [
  'core',
  'ports',
  'stores',
  'in-process',
  'settings',
  'verify',
  'issue',
  'push',
  'jobs',
  'ui',
  'http',
];

/** Folders outside of the order, with what they may import. */
export const SIDE_FOLDERS: Readonly<Record<string, readonly string[]>> = {
  testing: ['core', 'ports'],
};

/** Imports against the order that are yet to be removed, as `from → target` below the server's sources. */
export const KNOWN_VIOLATIONS: readonly string[] = [];
