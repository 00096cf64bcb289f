// Comments, messages, test names and documents use standard terms (docs/code-style.md). This rejects the words and
// phrases of banned-words.ts, except in folders that are not rewritten yet.
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { findSourceFiles, root } from '../source-tree.ts';
import { NOT_YET_REWRITTEN } from './banned-words.ts';
import { findBannedWords, findCoveringPath } from './find-banned-words.ts';
import { reportProblems } from './report-problems.ts';

const GENERATED = ['docs/api'];
const OWN_FILES = ['tools/checks/banned-words.ts', 'tools/checks/find-banned-words.test.ts'];

const isSkipped = (path: string): boolean => /(^|[\\/])(node_modules|dist|vectors)$/.test(path);
const documents = globSync(
  ['*.md', '{docs,packages,apps,tests,bench,examples,tools}/**/*.{md,py,rb,php,sh,html}'],
  {
    cwd: root,
    exclude: isSkipped,
  },
);
/** Messages in other languages: their words can look like English ones. */
const isTranslation = (path: string): boolean => /\/ui\/messages\/(ar|de|es|fr|ja)\//.test(path);
const files = [...findSourceFiles(), ...documents.map((file) => file.replaceAll('\\', '/'))].filter(
  (file) => findCoveringPath(file, [...GENERATED, ...OWN_FILES]) === null && !isTranslation(file),
);

const problems: string[] = [];
const entriesInUse = new Set<string>();
for (const file of files) {
  const found = findBannedWords(file, readFileSync(join(root, file), 'utf8'));
  const entry = findCoveringPath(file, NOT_YET_REWRITTEN);
  if (entry === null) problems.push(...found);
  else if (found.length > 0) entriesInUse.add(entry);
}
for (const entry of NOT_YET_REWRITTEN)
  if (!entriesInUse.has(entry)) problems.push(`${entry} is clean: remove it from NOT_YET_REWRITTEN`);

reportProblems(
  problems,
  `${files.length} files contain no banned word, ${NOT_YET_REWRITTEN.length} paths are exempt`,
);
