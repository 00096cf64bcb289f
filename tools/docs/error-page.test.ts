import { expect, test } from 'vitest';
import { findHandWritten, renderErrorPage } from './error-page.ts';

const row = {
  status: 403,
  errorType: 'invalid_access',
  sentence: 'It says {what}[: {why}].',
  advice: 'Do {this}.',
};

test('a page says what the table says, with details marked and optional parts plain', () => {
  const page = renderErrorPage('some_code', row, 'Because.');
  expect(page).toContain('# some_code\n');
  expect(page).toContain('Status 403, `error_type` `invalid_access`.');
  expect(page).toContain('> It says `{what}`: `{why}`.');
  expect(page).toContain('Do `{this}`.');
});

test('what was written by hand survives every change of the table', () => {
  const reason = 'Two paragraphs.\n\n## With a heading\n\nand more.';
  const page = renderErrorPage('some_code', row, reason);
  const later = renderErrorPage('some_code', { ...row, advice: 'Do that.' }, findHandWritten(page));
  expect(findHandWritten(later)).toBe(reason);
  expect(later).toContain('Do that.');
});

test('a new page has nothing written by hand yet, and nor has no page', () => {
  expect(findHandWritten(renderErrorPage('some_code', row, ''))).toBe('');
  expect(findHandWritten('')).toBe('');
});

test('an error of the client names no status', () => {
  expect(renderErrorPage('some_code', { ...row, status: 0 }, '')).not.toContain('Status');
});
