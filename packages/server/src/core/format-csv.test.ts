import { expect, test } from 'vitest';
import { formatCsv } from './format-csv.ts';

test.each([
  ['plain', 'plain'],
  ['a,b', '"a,b"'],
  ['say "hi"', '"say ""hi"""'],
  ['two\nlines', '"two\nlines"'],
  ['=HYPERLINK("https://evil.example")', `"'=HYPERLINK(""https://evil.example"")"`],
  ['+1', "'+1"],
  ['-1', "'-1"],
  ['@SUM(A1)', "'@SUM(A1)"],
  ['\t=1', "'\t=1"],
])('formatCsv: writes %j as a cell that no spreadsheet runs', (text, cell) => {
  expect(formatCsv([[text, 7, null]])).toBe(`${cell},7,\r\n`);
});
