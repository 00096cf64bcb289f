import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { root } from '../../tools/source-tree.ts';
import { compileExamples } from './compile-examples.ts';

/** The declarations that examples assume, by README, in the order of its blocks. */
const AROUND: Readonly<Record<string, readonly string[]>> = {
  'packages/oauth/README.md': [
    "declare const site: import('@valetkey/server').Site, store: import('@valetkey/server').Store;",
    'declare const secret: string;',
  ],
  'packages/mcp/README.md': [
    `declare const site: import('@valetkey/server').Site, store: import('@valetkey/server').Store;
     declare const app: import('hono').Hono;`,
  ],
  // These examples also run in client-readme.test.ts.
  'packages/client/README.md': [
    'declare const title: string, raw: string, openBrowser: (url: URL) => Promise<void>, show: (text: string) => void;',
    'declare const show: (text: string) => void;',
    'declare const keepForThisUser: (site: string, key: string) => Promise<void>;',
    `declare const shell: { openExternal(address: string): Promise<void> }, keep: (granted: object) => Promise<void>;
     declare const app: {
       on(name: 'open-url', listener: (event: object, url: string) => void): void;
       on(name: 'second-instance', listener: (event: object, argv: string[]) => void): void;
     };`,
    'declare const show: (text: string) => void, keep: (granted: object) => Promise<void>;',
    'declare const show: (text: string) => void, ask: () => Promise<string>, keep: (granted: object) => Promise<void>;',
    'declare const site: string, key: string, show: (text: string) => void;',
  ],
  'docs/guides/connect-your-app.md': [
    `declare const rsa: {
       generateKeys(bits: number): Promise<{ public: string; private: string }>;
       decrypt(sealed: string, privateKey: string): Promise<string>;
     };
     declare const randomUuid: () => string, nextAddressOfMyScheme: (url: URL) => Promise<string>;
     declare const keep: (granted: object) => Promise<void>;`,
  ],
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
  'packages/sql-store/README.md': ['', ''],
  'packages/conformance/README.md': [''],
  'packages/valkey/README.md': [`declare const site: import('@valetkey/server').Site;`],
  'apps/forum/README.md': ['declare const urlThatMyAppOpens: string;'],
};

test('README examples: all TypeScript examples compile as they are', () => {
  const modules = new Map<string, string>();
  const readmes = globSync('{{packages,apps}/*/README.md,docs/guides/connect-your-app.md}', { cwd: root });
  for (const readme of readmes) {
    const blocks = [...readFileSync(join(root, readme), 'utf8').matchAll(/```ts\n([\s\S]*?)```/g)];
    expect(blocks.length, `examples of ${readme}`).toBe(AROUND[readme]?.length ?? 0);
    for (const [index, [, code = '']] of blocks.entries()) {
      const name = `${readme.replaceAll('/', '-')}-${index}.ts`;
      modules.set(name, `${AROUND[readme]?.[index] ?? ''}\n${code}\nexport {};\n`);
    }
  }
  expect(compileExamples('readme-examples', modules)).toBe('');
});
