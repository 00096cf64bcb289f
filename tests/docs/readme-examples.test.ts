import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { root } from '../../tools/source-tree.ts';
import { compileExamples } from './compile-examples.ts';

/** What an example takes for granted around it, by README and in the order of its blocks. */
const AROUND: Readonly<Record<string, readonly string[]>> = {
  'packages/client/README.md': ['declare const title: string, raw: string;'],
  'packages/protocol/README.md': [
    'declare const clientId: string, nonce: string, publicKey: string, sealed: string, privateKey: string;',
    `declare const query: Record<string, unknown>, payload: import('@valetkey/protocol').Payload;`,
  ],
  'packages/server/README.md': [
    `import type { Session, SiteUser } from '@valetkey/server';
     declare const sessions: { find(request: Request): Session | null }, users: Map<string, SiteUser>;
     declare const usersByName: Map<string, SiteUser>;
     declare function userOfCookie(request: Request): SiteUser | null;
     declare function answer(request: Request, user: SiteUser | null): Promise<Response>;`,
  ],
  'apps/forum/README.md': ['declare const addressThatMyAppOpens: string;'],
};

test('every TypeScript example of a README compiles as a reader would paste it', () => {
  const modules = new Map<string, string>();
  for (const readme of globSync('{packages,apps}/*/README.md', { cwd: root })) {
    const blocks = [...readFileSync(join(root, readme), 'utf8').matchAll(/```ts\n([\s\S]*?)```/g)];
    expect(blocks.length, `examples of ${readme}`).toBe(AROUND[readme]?.length ?? 0);
    for (const [index, [, code = '']] of blocks.entries()) {
      const name = `${readme.replaceAll('/', '-')}-${index}.ts`;
      modules.set(name, `${AROUND[readme]?.[index] ?? ''}\n${code}\nexport {};\n`);
    }
  }
  expect(compileExamples('readme-examples', modules)).toBe('');
});
