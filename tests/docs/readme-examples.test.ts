import { spawnSync } from 'node:child_process';
import { globSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const root = join(import.meta.dirname, '../..');
// Inside the project, so that the packages are found by name as everywhere.
const folder = join(root, 'test-results/readme-examples');

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
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const readmes = globSync('{packages,apps}/*/README.md', { cwd: root });
  for (const readme of readmes) {
    const blocks = [...readFileSync(join(root, readme), 'utf8').matchAll(/```ts\n([\s\S]*?)```/g)];
    expect(blocks.length, `examples of ${readme}`).toBe(AROUND[readme]?.length ?? 0);
    for (const [index, [, code = '']] of blocks.entries()) {
      const name = `${readme.replaceAll('/', '-')}-${index}.ts`;
      writeFileSync(join(folder, name), `${AROUND[readme]?.[index] ?? ''}\n${code}\nexport {};\n`);
    }
  }
  const config = { extends: '../../tsconfig.json', include: ['*.ts'] };
  writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify(config));
  const { stdout } = spawnSync(
    process.execPath,
    [join(root, 'node_modules/typescript/bin/tsc'), '-p', folder],
    {
      encoding: 'utf8',
    },
  );
  expect(stdout).toBe('');
});
