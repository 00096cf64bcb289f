import { ValetkeyError } from '@valetkey/protocol';
import { pageResponse, redirectResponse } from '../../http/responses.ts';
import { appsPage } from '../../pages/apps-page.ts';
import type { Endpoint } from '../endpoint.ts';
import { carriesKey } from '../require-session.ts';

/** `GET /u/:username/preferences/apps`: a person looks over their keys (PROTOCOL.md section 10). Never by a key. */
export const listApps: Endpoint = async ({ raw, returnTo, pathParameters }, provider) => {
  if (carriesKey(raw)) throw new ValetkeyError('session_required');
  const session = await provider.site.findSession(raw);
  if (!session) return redirectResponse(provider.site.loginUrl(returnTo));
  if (session.user.username.toLowerCase() !== pathParameters.username?.toLowerCase()) {
    throw new ValetkeyError('key_of_another_user');
  }
  return pageResponse(appsPage(await provider.keys.list(session.user.id), session, provider));
};
