import { expect, test } from 'vitest';
import { parseScopeList } from './scope-list.ts';

test.each([
  ['read', ['read']],
  ['write,read', ['write', 'read']],
  [' read , write,,read,', ['read', 'write']],
  ['', []],
  [' , ,', []],
  ['Read,read', ['Read', 'read']],
  ['read write', ['read write']],
])('parseScopeList: reads %j', (text, names) => {
  expect(parseScopeList(text)).toEqual(names);
});
