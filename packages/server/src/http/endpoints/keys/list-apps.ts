import { appsPage } from '../../../ui/pages/apps-page.ts';
import { undoableSince } from '../../../ui/pages/find-undoable-keys.ts';
import type { Endpoint } from '../endpoint.ts';
import { openOwnPage } from './open-own-page.ts';

/** `GET /u/:username/preferences/apps`: a person looks over their keys (PROTOCOL.md section 10). Never by a key. */
export const listApps: Endpoint = (request, provider) =>
  openOwnPage(request, provider, async (session) => {
    const keys = await provider.keys.list(session.user.id, undoableSince(provider.now()));
    return appsPage(keys, session, provider);
  });
