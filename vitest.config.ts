import { join } from 'node:path';
import { defineConfig } from 'vitest/config';

// Node stores compiled and stripped sources there. Tests start many processes of the forum and the commands.
process.env.NODE_COMPILE_CACHE ??= join(import.meta.dirname, 'node_modules/.cache/node');

// What each kind of test needs differs: `node` runs anywhere, `recipes` need their languages, `browser` drives a Chromium, `artifact` needs `npm run build` first.
export default defineConfig({
  test: {
    pool: 'forks',
    maxWorkers: 2,
    // The files of a worker share one process and its modules; importing them again would take half of the time.
    isolate: false,
    setupFiles: 'packages/test-support/src/restore-globals.ts',
    testTimeout: 30_000,
    hookTimeout: 60_000,
    env: { VALETKEY_FORUM_LOGS: join(import.meta.dirname, 'test-results/logs') },
    projects: [
      {
        extends: true,
        test: {
          name: 'node',
          include: ['{packages,apps}/*/{src,tests}/**/*.test.ts', '{tests,tools,bench}/**/*.test.ts'],
          exclude: [
            '**/node_modules/**',
            '**/dist/**',
            'tests/{browser,artifact,clients,runtimes,faults}/**',
            'packages/valkey/tests/**',
            'packages/gateway/tests/outages/**',
          ],
        },
      },
      {
        extends: true,
        test: { name: 'recipes', include: ['examples/**/*.test.ts'], testTimeout: 60_000 },
      },
      // Start servers of Valkey or Redis, stop and pause them.
      {
        extends: true,
        test: {
          name: 'faults',
          include: [
            'packages/valkey/tests/**/*.test.ts',
            'packages/gateway/tests/outages/**/*.test.ts',
            'tests/faults/**/*.test.ts',
          ],
        },
      },
      // The contract again, with two forums behind nginx. Needs Valkey or Redis, and nginx.
      {
        extends: true,
        test: {
          name: 'nodes',
          include: ['tests/contract/**/*.test.ts'],
          globalSetup: 'tests/contract/target/start-shared-servers.ts',
        },
      },
      // The contract again, for the pages of a forum behind the gateway, and behind nginx that asks it. Needs nginx.
      ...(['gateway', 'forward-auth'] as const).map((through) => ({
        extends: true as const,
        test: {
          name: through,
          include: ['tests/contract/{use,limits,revoke,cors}.test.ts'],
          provide: { through },
        },
      })),
      { extends: true, test: { name: 'browser', include: ['tests/browser/**/*.test.ts'] } },
      { extends: true, test: { name: 'clients', include: ['tests/clients/*.test.ts'] } },
      { extends: true, test: { name: 'runtimes', include: ['tests/runtimes/*.test.ts'] } },
      {
        extends: true,
        test: {
          name: 'artifact',
          include: ['tests/artifact/**/*.test.ts'],
          testTimeout: 120_000,
          hookTimeout: 300_000,
        },
      },
    ],
  },
});
