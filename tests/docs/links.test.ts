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

/** Returns the anchor that GitHub derives from a heading. */
const anchorOf = (heading: string): string =>
  heading
    .toLowerCase()
    .replace(/[^\p{Letter}\p{Number}_ -]/gu, '')
    .replaceAll(' ', '-');

const anchorsOf = (file: string): string[] =>
  [...read(file).matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) => anchorOf(heading));

test.each(pages)('%s: every link resolves', (page) => {
  for (const [, target = ''] of read(page).matchAll(/\]\((?!https?:)([^)\s]+)\)/g)) {
    const [path = '', anchor] = target.split('#');
    const file = path === '' ? page : join(dirname(page), path);
    expect(existsSync(join(root, file)), `${page}: ${target}`).toBe(true);
    if (anchor === undefined) continue;
    expect(anchorsOf(file), `${page}: ${target}`).toContain(anchor);
  }
});

test.each(pages)('%s: every path names an existing file', (page) => {
  const paths = read(page).matchAll(new RegExp(`\`((?:${FOLDERS.replaceAll(',', '|')})/[\\w./-]+)\``, 'g'));
  for (const [, path = ''] of paths)
    if (!path.includes('/NN-')) expect(existsSync(join(root, path)), `${page}: ${path}`).toBe(true);
});

test('docs/PROTOCOL.md: each anchor occurs once', () => {
  const anchors = anchorsOf('docs/PROTOCOL.md');
  expect(anchors).toEqual([...new Set(anchors)]);
});

test('docs/PROTOCOL.md: every reference to an anchor resolves', () => {
  const anchors = anchorsOf('docs/PROTOCOL.md');
  for (const file of [...pages, ...sources])
    for (const [reference, anchor = ''] of read(file).matchAll(/\bPROTOCOL\.md#([\w-]+)/g))
      expect(anchors, `${file}: ${reference}`).toContain(anchor);
});

test('SECURITY.md: every test it names exists', () => {
  const names = new Set(sources.map((file) => basename(file)));
  for (const [, name = ''] of read('SECURITY.md').matchAll(/`([\w-]+\.test\.ts)`/g))
    expect(names, name).toContain(name);
});

test('decisions: every reference resolves', () => {
  const decisions = globSync('docs/decisions/*.md', { cwd: root }).map((file) => basename(file).slice(0, 4));
  for (const file of [...pages, ...sources])
    for (const [said, number = ''] of read(file).matchAll(/\b(?:decision |see (?=0))(\d{1,4})\b/g))
      expect(decisions, `${file}: ${said}`).toContain(number.padStart(4, '0'));
});
