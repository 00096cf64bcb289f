// The stages of `npm test`. Chains run side by side, because a stage uses one core most of the time.

import { existsSync } from 'node:fs';
import { NGINX } from '@valetkey/test-support/start-nginx';
import { valkeyProgram } from '@valetkey/test-support/start-valkey';
import { findObstacles } from '../examples/test-support/programs.ts';
import { chromiumPath } from '../tests/browser/chromium.ts';

/** Stages that run one after the other. */
export type Chain = readonly Stage[];

/** One stage of `npm test`: a script for the same Node, with its arguments. */
export interface Stage {
  readonly title: string;
  readonly command: readonly string[];
  /** `test` runs Vitest, which counts tests; `other` succeeds or fails. */
  readonly kind: 'test' | 'other';
  /** Whether tests that do not apply skip themselves, with the reason. @default false */
  readonly skips?: true;
  /** Why the stage cannot run here; null if it can. */
  readonly obstacle?: string | null;
}

const vitest = (project: string) => ['node_modules/vitest/vitest.mjs', 'run', '--project', project];

/** Recipes whose language is not installed: each is reported on its own line, and is a failure in CI. */
const untried = findObstacles();

/** Reads the sources: `npm run check`. */
export const CHECKS: readonly Chain[] = [
  [
    {
      kind: 'other',
      title: 'format and lint',
      command: ['node_modules/@biomejs/biome/bin/biome', 'check', '--error-on-warnings'],
    },
    { kind: 'other', title: 'types', command: ['node_modules/typescript/bin/tsc', '-p', '.'] },
    { kind: 'other', title: 'unused code', command: ['node_modules/knip/bin/knip.js', '--no-progress'] },
  ],
  [
    { kind: 'other', title: 'imports', command: ['tools/checks/check-imports.ts'] },
    { kind: 'other', title: 'error catalogue', command: ['tools/checks/check-errors.ts'] },
    { kind: 'other', title: 'API reference', command: ['tools/checks/check-api.ts'] },
    { kind: 'other', title: 'docstrings', command: ['tools/checks/check-docstrings.ts'] },
    { kind: 'other', title: 'words', command: ['tools/checks/check-words.ts'] },
    { kind: 'other', title: 'page texts', command: ['tools/checks/check-page-text.ts'] },
    { kind: 'other', title: 'links', command: [...vitest('node'), 'tests/docs/links.test.ts'] },
  ],
];

export const TESTS: readonly Chain[] = [
  [
    { kind: 'test', title: 'tests', command: vitest('node') },
    {
      kind: 'test',
      title: 'contract on two nodes',
      command: vitest('nodes'),
      obstacle:
        valkeyProgram && existsSync(NGINX)
          ? null
          : 'nginx, and Valkey or Redis, are not installed; install them with `apt-get install nginx-light redis-server`',
    },
    {
      kind: 'test',
      title: 'contract behind the gateway',
      skips: true,
      command: [...vitest('gateway'), '--project', 'forward-auth'],
      obstacle: existsSync(NGINX)
        ? null
        : 'nginx is not installed; install it with `apt-get install nginx-light`',
    },
    // The build replaces folders that other tests may list, so it comes after them.
    { kind: 'other', title: 'build', command: ['tools/build/build.ts'] },
    { kind: 'test', title: 'packed packages', command: vitest('artifact') },
  ],
  [
    {
      kind: 'test',
      title: 'browser tests',
      command: vitest('browser'),
      obstacle: chromiumPath ? null : 'Chromium is not installed; install it with `apt-get install chromium`',
    },
    {
      kind: 'test',
      title: 'recipes',
      command: [
        ...vitest('recipes'),
        ...untried.flatMap(({ recipe }) => ['--exclude', `examples/${recipe}/**`]),
      ],
    },
    ...untried.map(
      ({ recipe, obstacle }): Stage => ({
        kind: 'test',
        title: `recipe ${recipe}`,
        command: [],
        obstacle,
      }),
    ),
    {
      kind: 'test',
      title: 'limits and faults',
      // A container without the right to create networks skips the test in one.
      skips: true,
      command: vitest('faults'),
      obstacle: valkeyProgram
        ? null
        : 'neither Valkey nor Redis is installed; install one with `apt-get install redis-server`',
    },
    { kind: 'other', title: 'install real clients', command: ['tools/install-clients.mjs'] },
    { kind: 'test', title: 'real clients', command: vitest('clients') },
    // The installed ones; in CI all of them.
    { kind: 'test', title: 'other runtimes', command: vitest('runtimes') },
  ],
];

/** Reads the output that the tests left. */
export const AFTER_TESTS: Chain = [
  { kind: 'other', title: 'no secrets in logs', command: ['tools/checks/check-logs.ts'] },
];
