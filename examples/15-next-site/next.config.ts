import { join } from 'node:path';
import type { NextConfig } from 'next';

const config: NextConfig = {
  // They use Node's own modules, such as node:sqlite.
  serverExternalPackages: ['@valetkey/server', '@valetkey/sql-store'],
  // `tsc` checks them, together with the rest of a project.
  typescript: { ignoreBuildErrors: true },
  turbopack: { root: join(import.meta.dirname, '../..') },
};
export default config;
