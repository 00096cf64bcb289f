import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { root } from '../../tools/source-tree.ts';

const page = readFileSync(join(root, 'docs/architecture.md'), 'utf8');
const sections = page.split(/^## /m).slice(1);
const SERVER = 'packages/server/src';

const titleOf = (section: string): string => section.slice(0, section.indexOf('\n'));
/** The folder of the paths in a section: the one that its table names, else that of the server. */
const folderOf = (section: string): string => /\| file in `([^`]+)` \|/.exec(section)?.[1] ?? SERVER;
const filesOf = (text: string): string[] =>
  [...text.matchAll(/`([\w./-]+\.ts)`/g)].map(([, file = '']) => file);
const IS_FULL = /^(?:packages|apps)\//;
const pathOf = (file: string, folder: string): string => (IS_FULL.test(file) ? file : join(folder, file));

describe('docs/architecture.md', () => {
  test.each(sections.map((section) => [titleOf(section), section] as const))(
    '%s: every file exists',
    (_title, section) => {
      const missing = filesOf(section).filter(
        (file) => !existsSync(join(root, pathOf(file, folderOf(section)))),
      );
      expect(missing).toEqual([]);
    },
  );

  const flows = sections.filter((section) => section.startsWith('Flow: '));
  test.each(flows.map((flow) => [titleOf(flow), flow] as const))(
    '%s: names at most eight files, each once',
    (_title, flow) => {
      const files = flow.split('\n').flatMap((line) => (/^\| \d/.test(line) ? filesOf(line) : []));
      expect(files.length).toBeGreaterThan(3);
      expect(files.length).toBeLessThanOrEqual(8);
      expect(files).toEqual([...new Set(files)]);
    },
  );

  test('Where is this rule?: has full paths, and each question once', () => {
    const rules = sections.find((section) => section.startsWith('Where is this rule?')) ?? '';
    const rows = [...rules.matchAll(/^\| ([^|]+\?) \| (.+) \|$/gm)];
    expect(rows.length).toBeGreaterThan(60);
    const questions = rows.map(([, question]) => question);
    expect(questions).toEqual([...new Set(questions)]);
    const files = rows.flatMap(([, , named = '']) => filesOf(named));
    expect(files.filter((file) => !IS_FULL.test(file))).toEqual([]);
  });
});
