import { expect, test } from 'vitest';
import { findHandWritten, renderErrorPage } from './error-page.ts';

const row = {
  status: 403,
  errorType: 'invalid_access',
  sentence: 'It says {what}[: {why}].',
  advice: 'Do {this}.',
};

test('renderErrorPage: shows the catalogue’s texts, with details marked and without brackets of optional parts', () => {
  const page = renderErrorPage('some_code', row, 'Because.');
  expect(page).toContain('# some_code\n');
  expect(page).toContain('Status 403, `error_type` `invalid_access`.');
  expect(page).toContain('> It says `{what}`: `{why}`.');
  expect(page).toContain('Do `{this}`.');
});

test('renderErrorPage: keeps the hand-written text when the catalogue changes', () => {
  const reason = 'Two paragraphs.\n\n## With a heading\n\nand more.';
  const page = renderErrorPage('some_code', row, reason);
  const later = renderErrorPage('some_code', { ...row, advice: 'Do that.' }, findHandWritten(page));
  expect(findHandWritten(later)).toBe(reason);
  expect(later).toContain('Do that.');
});

test('findHandWritten: returns nothing for a new page and for none', () => {
  expect(findHandWritten(renderErrorPage('some_code', row, ''))).toBe('');
  expect(findHandWritten('')).toBe('');
});

test('renderErrorPage: names the status for a bearer token if it differs', () => {
  const page = renderErrorPage('some_code', { ...row, bearerStatus: 401 }, '');
  expect(page).toContain('Status 403 (401 for a bearer token), `error_type` `invalid_access`.');
});

test('renderErrorPage: shows no status for an error of the client', () => {
  expect(renderErrorPage('some_code', { ...row, status: 0 }, '')).not.toContain('Status');
});
