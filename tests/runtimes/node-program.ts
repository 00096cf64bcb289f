// For Node, Bun and Deno: the checks of program.ts and those of `@valetkey/client/node`.
import { createMemoryLoginStore, createServerLogins, loopbackLogin } from '@valetkey/client/node';
import { approve, CHECKS, type Checks, runChecks, same } from './program.ts';

const NODE_CHECKS: Checks = {
  'loopback: the browser’s visit brings the key': async (place) => {
    const openBrowser = async (url: URL) => {
      const page = await fetch(await approve({ url }, place));
      same(page.status, 200);
    };
    const options = { site: place.site, applicationName: 'Loopback', scopes: ['read'], openBrowser };
    same((await loopbackLogin(options)).key.length, 32);
  },
  'a server’s login counts once': async (place) => {
    const logins = createServerLogins({
      site: place.site,
      applicationName: 'A server',
      scopes: ['read'],
      authRedirect: 'http://127.0.0.1:9/callback',
      store: createMemoryLoginStore(),
    });
    const { url, browserToken } = await logins.start();
    const address = await approve({ url }, place);
    same((await logins.finish(browserToken, address)).key.length, 32);
    const again = await logins.finish(browserToken, address).catch((error: { code: string }) => error.code);
    same(again, 'login_unknown');
  },
};

const [site = '', person = '', reportTo = ''] = process.argv.slice(2);
const report = await runChecks({ ...CHECKS, ...NODE_CHECKS }, { site, person });
await fetch(reportTo, { method: 'POST', body: JSON.stringify(report) });
process.exit(0);
