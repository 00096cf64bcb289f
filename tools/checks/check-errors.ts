// The error catalogue is a promise to app developers. This compares the table, the sources and docs/errors, and finds
// unused codes, codes without a page, and pages without a code. A code outside the table is a type error; literals
// that bypass the types are found here. `npm run errors` writes the generated part of the pages and creates pages for
// new codes. It keeps the hand-written text under "Why it happens".
import { existsSync, globSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { ErrorCode } from '@valetkey/protocol';
import { ERROR_CATALOGUE } from '@valetkey/protocol/messages';
import { findBearerChallenge } from '@valetkey/server/extension';
import { type CatalogueRow, findHandWritten, renderErrorPage } from '../docs/error-page.ts';
import { findSourceFiles, isTestFile, root } from '../source-tree.ts';
import { reportProblems } from './report-problems.ts';

const CATALOGUE_FILE = 'packages/protocol/src/errors/error-catalogue.ts';
const CLIENT_FILE = 'packages/protocol/src/errors/client-errors.ts';
const PAGES = join(root, 'docs/errors');

const rows: ReadonlyMap<string, CatalogueRow> = new Map(
  Object.entries(ERROR_CATALOGUE).map(([code, row]) => {
    const bearerStatus = findBearerChallenge({ code: code as ErrorCode, details: {} }, null)?.status;
    return [code, bearerStatus === undefined || bearerStatus === row.status ? row : { ...row, bearerStatus }];
  }),
);

/** Rows whose text is unsuitable for a page. */
function checkTexts(): string[] {
  return [...rows].flatMap(([code, { sentence, advice }]) =>
    Object.entries({ sentence, advice })
      .filter(([, text]) => !/^\S.*[^.\s]\.$/s.test(text))
      .map(
        ([field, text]) =>
          `${CATALOGUE_FILE}: ${code}: ${field} must end in one full stop: ${JSON.stringify(text)}`,
      ),
  );
}

/** Codes that nothing throws, and thrown codes that are not in the table. */
function checkUse(): string[] {
  const used = new Set<string>();
  const problems: string[] = [];
  for (const file of findSourceFiles(['packages', 'apps'])) {
    if (file === CATALOGUE_FILE || file === CLIENT_FILE || isTestFile(file)) continue;
    const text = readFileSync(join(root, file), 'utf8');
    for (const [, literal = ''] of text.matchAll(/'([a-z][a-z0-9]*(?:_[a-z0-9]+)+)'/g)) used.add(literal);
    for (const [, code = ''] of text.matchAll(
      /(?:ValetkeyError\(|errorBody\(|describeError\(|\bcode:)\s*'([a-z_]+)'/g,
    ))
      if (!rows.has(code)) problems.push(`${file}: the code ${code} is not in the catalogue`);
  }
  for (const code of rows.keys())
    if (!used.has(code)) problems.push(`${CATALOGUE_FILE}: the code ${code} is unused: use it or remove it`);
  return problems;
}

/** Pages that are missing, outdated, unfinished, or without a code. */
function checkPages(): string[] {
  const problems = globSync('*.md', { cwd: PAGES })
    .map((file) => basename(file, '.md'))
    .filter((name) => name !== 'README' && !rows.has(name))
    .map((name) => `docs/errors/${name}.md: there is no such code: remove the page`);
  for (const [code, row] of rows) {
    const page = readPage(code);
    const reason = findHandWritten(page ?? '');
    if (page === null)
      problems.push(`docs/errors/${code}.md is missing: run \`npm run errors\`, then write why it happens`);
    else if (!reason) problems.push(`docs/errors/${code}.md: write why it happens, under that heading`);
    else if (page !== renderErrorPage(code, row, reason))
      problems.push(`docs/errors/${code}.md: run \`npm run errors\``);
  }
  return problems;
}

function writePages(): void {
  mkdirSync(PAGES, { recursive: true });
  for (const [code, row] of rows)
    writeFileSync(
      join(PAGES, `${code}.md`),
      renderErrorPage(code, row, findHandWritten(readPage(code) ?? '')),
    );
}

function readPage(code: string): string | null {
  const file = join(PAGES, `${code}.md`);
  return existsSync(file) ? readFileSync(file, 'utf8') : null;
}

if (process.argv.includes('--write')) writePages();
reportProblems(
  [...checkTexts(), ...checkUse(), ...checkPages()],
  `${rows.size} error codes: texts, uses and pages agree`,
);
