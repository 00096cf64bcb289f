import { expect, test } from 'vitest';
import { getProgram } from '../test-support/programs.ts';
import { findFreePort, runApp } from '../test-support/run-app.ts';
import { webAppPromises } from '../test-support/web-app-promises.ts';

const { getSite, signIn } = webAppPromises(async (site) => {
  const address = `127.0.0.1:${await findFreePort()}`;
  const url = `http://${address}`;
  await site.changeSettings({ allowed_user_api_auth_redirects: `${url}/callback` });
  const folder = import.meta.dirname;
  return runApp(getProgram(folder), ['-S', address, 'index.php'], {
    folder,
    url,
    env: { SITE_URL: url, FORUM_URL: site.url },
    isReady: /Development Server .* started/,
  });
});

test('gives the key back as soon as it knows who it is', async () => {
  await getSite().revokeKeys('alice');
  await signIn('alice');
  expect(await getSite().revokeKeys('alice')).toBe(0);
});
