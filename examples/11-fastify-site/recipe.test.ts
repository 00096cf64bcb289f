import { runSite } from '../test-support/run-site.ts';
import { sitePromises } from '../test-support/site-promises.ts';

sitePromises(() => runSite(import.meta.dirname));
