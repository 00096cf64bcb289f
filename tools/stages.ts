// The stages of `npm test`, the fastest first.

import { existsSync } from 'node:fs';
import { NGINX } from '@valetkey/test-support/start-nginx';
import { valkeyProgram } from '@valetkey/test-support/start-valkey';
import { findObstacles } from '../examples/test-support/programs.ts';
import { chromiumPath } from '../tests/browser/chromium.ts';

/** One stage of `npm test`: a script for the same Node, with its arguments. */
export interface Stage {
  readonly title: string;
  readonly command: readonly string[];
  /**
   * `check` reads the sources; `test` runs Vitest; `build` creates files for a later test; `logs` reads the output of
   * tests.
   */
  readonly kind: 'check' | 'test' | 'build' | 'logs';
  /** Why the stage cannot run here; null if it can. */
  readonly obstacle?: string | null;
}

const vitest = (project: string) => ['node_modules/vitest/vitest.mjs', 'run', '--project', project];

/** Recipes whose language is not installed: each is reported on its own line, and is a failure in CI. */
const untried = findObstacles();

export const STAGES: readonly Stage[] = [
  {
    kind: 'check',
    title: 'format and lint',
    command: ['node_modules/@biomejs/biome/bin/biome', 'check', '--error-on-warnings'],
  },
  { kind: 'check', title: 'types', command: ['node_modules/typescript/bin/tsc', '-p', '.'] },
  { kind: 'check', title: 'imports', command: ['tools/checks/check-imports.ts'] },
  { kind: 'check', title: 'error catalogue', command: ['tools/checks/check-errors.ts'] },
  { kind: 'check', title: 'API reference', command: ['tools/checks/check-api.ts'] },
  { kind: 'check', title: 'docstrings', command: ['tools/checks/check-docstrings.ts'] },
  { kind: 'check', title: 'words', command: ['tools/checks/check-words.ts'] },
  { kind: 'check', title: 'page texts', command: ['tools/checks/check-page-text.ts'] },
  { kind: 'check', title: 'links', command: [...vitest('node'), 'tests/docs/links.test.ts'] },
  { kind: 'check', title: 'unused code', command: ['node_modules/knip/bin/knip.js', '--no-progress'] },
  { kind: 'test', title: 'tests', command: vitest('node') },
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
    command: vitest('faults'),
    obstacle: valkeyProgram
      ? null
      : 'neither Valkey nor Redis is installed; install one with `apt-get install redis-server`',
  },
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
    title: 'browser tests',
    command: vitest('browser'),
    obstacle: chromiumPath ? null : 'Chromium is not installed; install it with `apt-get install chromium`',
  },
  { kind: 'build', title: 'install real clients', command: ['tools/install-clients.mjs'] },
  { kind: 'test', title: 'real clients', command: vitest('clients') },
  // The installed ones; in CI all of them.
  { kind: 'test', title: 'other runtimes', command: vitest('runtimes') },
  { kind: 'build', title: 'build', command: ['tools/build/build.ts'] },
  { kind: 'test', title: 'packed packages', command: vitest('artifact') },
  { kind: 'logs', title: 'no secrets in logs', command: ['tools/checks/check-logs.ts'] },
];
