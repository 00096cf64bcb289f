import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { root } from '../../tools/source-tree.ts';
import { compileExamples } from './compile-examples.ts';

const guide = readFileSync(join(root, 'docs/guides/add-user-api-keys-to-your-site.md'), 'utf8');
const blocks = [...guide.matchAll(/```ts(?: (\S+))?\n([\s\S]*?)```/g)].map(([, file, code = '']) => ({
  file,
  code,
}));

/** The declarations that the blocks without a file assume. */
const AROUND = `
import type { Duplex } from 'node:stream';
import type { IncomingMessage } from 'node:http';
import type { Valetkey } from '@valetkey/server';
import type { RequestPrincipal } from '@valetkey/server/node';
declare const valetkey: Valetkey;
declare function listPhotos(principal: RequestPrincipal): string;
declare function accept(req: IncomingMessage, socket: Duplex, head: Buffer, principal: RequestPrincipal): void;
`;

test('the guide for sites: shows code of the examples, which the tests run', () => {
  const shown = blocks.filter(({ file }) => file !== undefined);
  expect(shown.length).toBeGreaterThan(8);
  for (const { file = '', code } of shown) expect(readFileSync(join(root, file), 'utf8')).toContain(code);
});

test('the guide for sites: all other code compiles as it is', () => {
  const others = blocks.filter(({ file }) => file === undefined);
  expect(others).toHaveLength(2);
  const modules = new Map(
    others.map(({ code }, at) => [`block-${at}.ts`, `${AROUND}\n${code}\nexport {};\n`]),
  );
  expect(compileExamples('add-keys-guide', modules)).toBe('');
});

test('the guide for sites: links every example of a site', () => {
  const sites = globSync('examples/*-site', { cwd: root }).map((folder) => folder.replaceAll('\\', '/'));
  expect(sites.length).toBeGreaterThan(5);
  for (const site of sites) expect(guide).toContain(`(../../${site})`);
});
