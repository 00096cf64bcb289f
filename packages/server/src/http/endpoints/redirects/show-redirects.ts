import { parseRedirectPatterns, ValetkeyError } from '@valetkey/protocol';
import { decideRedirectState } from '../../../issue/decide-redirect-state.ts';
import type { Provider } from '../../../issue/provider.ts';
import { adviseRedirect, type RedirectAdvice } from '../../../issue/redirects/advise-redirect.ts';
import { findAppsOfPattern } from '../../../issue/redirects/find-apps-of-pattern.ts';
import type { AppsOfReceiver } from '../../../ports/app-block-store.ts';
import { type RedirectsView, redirectsPage } from '../../../ui/admin/redirects-page.ts';
import type { PageContext } from '../../../ui/page-context.ts';
import type { EndpointRequest } from '../../endpoint-request.ts';
import { createPageContext } from '../../page-context.ts';
import { jsonResponse } from '../../responses.ts';
import type { Endpoint } from '../endpoint.ts';
import { openAdminPage, requireAdmin } from '../require-admin.ts';

const MAX_CLIENTS = 100;

/** `GET /admin/user-api-key-redirects?pattern=`: explains a redirect pattern (PROTOCOL.md#explain-a-redirect). Changes nothing. */
export const showRedirects: Endpoint = async (request, provider) => {
  if (!request.wantsJson) {
    return openAdminPage(request, provider, async (page) =>
      redirectsPage(await loadView(request, provider, page), page),
    );
  }
  const session = await requireAdmin(request, provider);
  const page = await createPageContext(request.raw, session, provider);
  const { advice, mistake, listed } = await loadView(request, provider, page);
  return jsonResponse({
    patterns: listed,
    advice: advice && adviceShape(advice),
    reason: mistake?.reason ?? null,
  });
};

async function loadView(
  { parameters }: Pick<EndpointRequest, 'parameters'>,
  { store, settings, now }: Pick<Provider, 'store' | 'settings' | 'now'>,
  { t }: Pick<PageContext, 't'>,
): Promise<RedirectsView> {
  const current = settings.current();
  const { allowed_user_api_auth_redirects: patterns } = current;
  const apps = await store.listAppsByReceiver(now());
  const entered = typeof parameters.pattern === 'string' ? parameters.pattern.trim() : '';
  const advised =
    entered === '' ? null : adviseRedirect(entered, apps, patterns, t.settings.describeRedirect);
  const advice = advised && 'pattern' in advised ? advised : null;
  const others = patterns.filter((text) => text !== advice?.pattern);
  const clients = await store.listClients({ after: null, limit: MAX_CLIENTS });
  return {
    entered,
    advice,
    orphans: advice ? countOrphans(advice.apps, others) : 0,
    mistake: advised && 'mistake' in advised ? advised.mistake : null,
    isAdded: parameters.added === '1' && advice?.isListed === true,
    listed: patterns.map((pattern) => ({ pattern, apps: countNames(appsOf(pattern, apps)) })),
    wanted: clients.filter(({ authRedirect }) => decideRedirectState(authRedirect, current) === 'addable'),
  };
}

/** Returns how many of these apps no pattern allows. */
function countOrphans(apps: readonly AppsOfReceiver[], patterns: readonly string[]): number {
  const allowed = new Set(patterns.flatMap((pattern) => appsOf(pattern, apps)));
  return countNames(apps.filter((app) => !allowed.has(app)));
}

/** The stored value of the setting may be from stricter or weaker rules. */
function appsOf(text: string, apps: readonly AppsOfReceiver[]): AppsOfReceiver[] {
  try {
    return parseRedirectPatterns(text).flatMap((pattern) => findAppsOfPattern(pattern, apps));
  } catch (error) {
    if (error instanceof ValetkeyError) return [];
    throw error;
  }
}

const countNames = (apps: readonly AppsOfReceiver[]): number =>
  new Set(apps.map(({ applicationName }) => applicationName)).size;

const adviceShape = ({ apps, isListed, ...advice }: RedirectAdvice) => ({
  ...advice,
  listed: isListed,
  apps: apps.map(({ applicationName, authRedirect, activeKeys }) => ({
    application_name: applicationName,
    auth_redirect: authRedirect,
    active_keys: activeKeys,
  })),
});
