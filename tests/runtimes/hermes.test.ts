import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { hermesPath, runOnHermes } from './hermes.ts';

test('Hermes, the engine of React Native: passes all login checks with crypto from the app', {
  timeout: 240_000,
}, async () => {
  // As for other runtimes, it may only be missing on a developer’s machine.
  if (hermesPath === null) return expect(process.env.CI).toBeFalsy();
  const folder = mkdtempSync(join(tmpdir(), 'valetkey-hermes-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const printed = await runOnHermes(hermesPath, join(import.meta.dirname, 'hermes-program.ts'), folder);
  expect(JSON.parse(printed)).toEqual([
    'has nothing that React Native has not',
    'a login runs on the crypto that the app brings',
    'tells apart what is wrong with an answer',
    'opens what OpenSSL sealed with PKCS#1 v1.5',
  ]);
});
