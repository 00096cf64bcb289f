import { existsSync, globSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { findSourceFiles, root } from '../../tools/source-tree.ts';

const FOLDERS = 'packages,apps,tests,tools,bench,examples,docs';
const pages = globSync(['*.md', `{${FOLDERS}}/**/*.md`], {
  cwd: root,
  exclude: (path) => /(^|[\\/])(node_modules|dist)$/.test(path),
});
const sources = findSourceFiles();
const read = (file: string): string => readFileSync(join(root, file), 'utf8');

/** What a heading is called in a link, as GitHub has it. */
const anchorOf = (heading: string): string =>
  heading
    .toLowerCase()
    .replace(/[^\p{Letter}\p{Number}_ -]/gu, '')
    .replaceAll(' ', '-');

test.each(pages)('every link of %s leads somewhere', (page) => {
  for (const [, target = ''] of read(page).matchAll(/\]\((?!https?:)([^)\s]+)\)/g)) {
    const [path = '', anchor] = target.split('#');
    const file = path === '' ? page : join(dirname(page), path);
    expect(existsSync(join(root, file)), `${page}: ${target}`).toBe(true);
    if (anchor === undefined) continue;
    const headings = [...read(file).matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) => anchorOf(heading));
    expect(headings, `${page}: ${target}`).toContain(anchor);
  }
});

test.each(pages)('every file that %s names is there', (page) => {
  const paths = read(page).matchAll(new RegExp(`\`((?:${FOLDERS.replaceAll(',', '|')})/[\\w./-]+)\``, 'g'));
  for (const [, path = ''] of paths)
    if (!path.includes('/NN-')) expect(existsSync(join(root, path)), `${page}: ${path}`).toBe(true);
});

test('every test that SECURITY.md names is there', () => {
  const names = new Set(sources.map((file) => basename(file)));
  for (const [, name = ''] of read('SECURITY.md').matchAll(/`([\w-]+\.test\.ts)`/g))
    expect(names, name).toContain(name);
});

test('every decision that is referred to is written down', () => {
  const decisions = globSync('docs/decisions/*.md', { cwd: root }).map((file) => basename(file).slice(0, 4));
  for (const file of [...pages, ...sources])
    for (const [said, number = ''] of read(file).matchAll(/\b(?:decision |see (?=0))(\d{1,4})\b/g))
      expect(decisions, `${file}: ${said}`).toContain(number.padStart(4, '0'));
});
