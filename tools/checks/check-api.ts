// Checks that docs/api matches the docstrings and signatures of all exports; `npm run api` generates it. A
// hand-written reference would become outdated.
import { existsSync, globSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { listPublishedEntries } from '../build/published-symbols.ts';
import { renderApiPage } from '../docs/api-page.ts';
import { findWorkspaces, root } from '../source-tree.ts';
import { reportProblems } from './report-problems.ts';

const PAGES = join(root, 'docs/api');

const workspaces = findWorkspaces();
const pages = new Map(
  workspaces
    .map((workspace) => [workspace, listPublishedEntries(workspace, workspaces)] as const)
    .filter(([, entries]) => entries.length > 0)
    .map(([{ name }, entries]) => [`${basename(name)}.md`, renderApiPage(name, entries)]),
);

if (process.argv.includes('--write')) {
  mkdirSync(PAGES, { recursive: true });
  for (const [file, text] of pages) writeFileSync(join(PAGES, file), text);
}
const isCurrent = (file: string) =>
  existsSync(join(PAGES, file)) && readFileSync(join(PAGES, file), 'utf8') === pages.get(file);
reportProblems(
  [
    ...[...pages.keys()]
      .filter((file) => !isCurrent(file))
      .map((file) => `docs/api/${file}: run \`npm run api\``),
    ...globSync('*.md', { cwd: PAGES })
      .filter((file) => !pages.has(file))
      .map((file) => `docs/api/${file}: there is no such package: remove the page`),
  ],
  `${pages.size} pages of docs/api say what the docstrings say`,
);
