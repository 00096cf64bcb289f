import { readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { StartedForum } from '@valetkey/forum';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createHome } from './run-command.ts';
import { startTestForum } from './test-forum.ts';

let started: StartedForum;
beforeAll(async () => {
  started = await startTestForum();
  await started.forum.valetkey.settings.set('allowed_user_api_auth_redirects', 'http://127.0.0.1/*');
});
afterAll(() => started.close());

/** Logs each module that Node loads. */
const WITNESS = `import { appendFileSync } from 'node:fs';
import { registerHooks } from 'node:module';
registerHooks({
  load(url, context, nextLoad) {
    if (url.startsWith('file:')) appendFileSync(process.env.LOADED, url + '\\n');
    return nextLoad(url, context);
  },
});`;

test('login: loads only what the first prompt needs', async () => {
  const home = createHome();
  const list = join(dirname(dirname(home.keyFile)), 'loaded');
  const witness = `data:text/javascript,${encodeURIComponent(WITNESS)}`;
  await home.run(['login', started.url, '--no-browser'], {
    env: { NODE_OPTIONS: `--import=${witness}`, LOADED: list },
    // No approval. This text is printed by the first module that is loaded after the prompt.
    onUrl: () => undefined,
    interruptOn: 'Waiting for your approval',
  });
  const packages = join(import.meta.dirname, '../..');
  const all = readFileSync(list, 'utf8').trim().split('\n');
  const files = all.map((url) => relative(packages, fileURLToPath(url)));
  const loaded = files.slice(0, files.indexOf('cli/src/login/wait-for-answer.ts'));
  home.remove();
  expect(loaded).toContain('cli/src/login/login-by-browser.ts');
  const needless =
    /cli\/src\/(commands\/(?!login)|completion|doctor|use-key|help|explain|login\/(login-by-device|draw)|keys\/keychain-process)|uqr|keyring|\/server\//;
  expect(loaded.filter((file) => needless.test(file))).toEqual([]);
  // Client and protocol are loaded completely. Each additional file delays every login.
  expect(loaded.length).toBeLessThan(105);
  expect(loaded.length).toBeGreaterThan(20);
});
