import { appsPage } from '../../pages/apps-page.ts';
import type { Endpoint } from '../endpoint.ts';
import { openOwnPage } from '../open-own-page.ts';

/** `GET /u/:username/preferences/apps`: a person looks over their keys (PROTOCOL.md section 10). Never by a key. */
export const listApps: Endpoint = (request, provider) =>
  openOwnPage(request, provider, async (session) =>
    appsPage(await provider.keys.list(session.user.id), session, provider),
  );
