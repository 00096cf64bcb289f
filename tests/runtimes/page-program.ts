// For browsers: the checks of program.ts and those of `@valetkey/client/browser`. The page reports to its own server.
import { finishLogin, startLogin } from '@valetkey/client/browser';
import { approve, CHECKS, type Checks, runChecks, same } from './program.ts';

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

const parameters = new URLSearchParams(location.search);
const [site, approver] = [parameters.get('site') ?? '', parameters.get('approver') ?? ''];
const report = await runChecks({ ...CHECKS, ...PAGE_CHECKS }, { site, approver });
await fetch('/report', { method: 'POST', body: JSON.stringify(report) });
