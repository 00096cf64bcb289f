// For browsers: the checks of program.ts and those of `@valetkey/client/browser`. The page reports to its own server.
import { createConnection } from '@valetkey/client';
import { finishLogin, startLogin } from '@valetkey/client/browser';
import { approve, CHECKS, type Checks, type Place, runChecks, same } from './program.ts';

const PAGE_CHECKS: Checks = {
  'a page’s login waits in IndexedDB and counts once': async (place) => {
    const options = { site: place.site, applicationName: 'A page', scopes: ['read'], authRedirect: null };
    const answer = await approve({ url: await startLogin(options) }, place);
    same((await finishLogin({ answer }))?.key.length, 32);
    const again = await finishLogin({ answer }).catch((error: { code: string }) => error.code);
    same(again, 'login_unknown');
  },
  'the answer is taken out of the page’s address': async () => {
    history.replaceState(null, '', '?payload=x&tab=1#part');
    await finishLogin().catch(() => {});
    same(location.search + location.hash, '?tab=1#part');
  },
};

const REDIRECT = 'redirect: the site redirects back to the page, and the key works';
const [PLACE, REPORT] = ['place', 'report'];

/** Runs the checks before the redirect to the site. */
async function leave(): Promise<void> {
  const parameters = new URLSearchParams(location.search);
  const place: Place = { site: parameters.get('site') ?? '', person: location.origin };
  const report = await runChecks({ ...CHECKS, ...PAGE_CHECKS }, place);
  sessionStorage.setItem(PLACE, JSON.stringify(place));
  sessionStorage.setItem(REPORT, JSON.stringify(report));
  const url = await startLogin({ site: place.site, applicationName: 'A page', scopes: ['read'] });
  location.assign(await approve({ url }, place));
}

/** Runs the checks after the redirect back. Only the browser’s storage is left then. */
async function arrive(place: Place, report: string[]): Promise<void> {
  const checks: Checks = {
    async [REDIRECT]() {
      const granted = await finishLogin();
      if (!granted) throw new Error('The URL contains no answer.');
      same(location.search, '');
      same((await createConnection(granted).whoami()).username, 'alice');
    },
  };
  report.push(...(await runChecks(checks, place)));
  await fetch('/report', { method: 'POST', body: JSON.stringify(report) });
}

const place = sessionStorage.getItem(PLACE);
if (place === null) await leave();
else await arrive(JSON.parse(place), JSON.parse(sessionStorage.getItem(REPORT) ?? '[]'));
