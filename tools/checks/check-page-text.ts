// Why this exists: pages can be translated only if no text is in their templates. All texts are in ui/messages.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { findSourceFiles, root } from '../source-tree.ts';
import { findPageText } from './find-page-text.ts';
import { reportProblems } from './report-problems.ts';

const PAGES = 'packages/server/src/ui/';
const MESSAGES = `${PAGES}messages/`;

const files = findSourceFiles().filter(
  (file) => file.startsWith(PAGES) && !file.startsWith(MESSAGES) && !file.endsWith('.test.ts'),
);
reportProblems(
  files.length === 0
    ? [`${PAGES} has no files: nothing was checked`]
    : files.flatMap((file) => findPageText(file, readFileSync(join(root, file), 'utf8'))),
  `${files.length} files of pages contain no text`,
);
