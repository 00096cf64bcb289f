import { appsPage } from '../../../ui/pages/apps-page.ts';
import { undoableSince } from '../../../ui/pages/find-undoable-keys.ts';
import type { Endpoint } from '../endpoint.ts';
import { openOwnPage } from './open-own-page.ts';

/** `GET /u/:username/preferences/apps`: lists the user’s keys (PROTOCOL.md#apps-page). Rejects keys. */
export const listApps: Endpoint = (request, provider) =>
  openOwnPage(request, provider, async (page) => {
    const { scopes, feeds, settings } = provider;
    const keys = await provider.keys.list(page.session.user.id, undoableSince(page.now));
    return appsPage({ keys, scopes, feeds, settings: settings.current() }, page);
  });
