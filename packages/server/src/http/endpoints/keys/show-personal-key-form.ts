import { checkPersonalKeysAllowed } from '../../../issue/personal/personal-keys-allowed.ts';
import { personalKeyFormPage } from '../../../ui/pages/personal-key-form-page.ts';
import type { Endpoint } from '../endpoint.ts';
import { openOwnPage } from './open-own-page.ts';

/** `GET /u/:username/preferences/api-keys/new`: the form for a key of one's own (PROTOCOL.md section 10). Never by a key. */
export const showPersonalKeyForm: Endpoint = (request, provider) =>
  openOwnPage(request, provider, (session) => {
    checkPersonalKeysAllowed('all', session.user, provider.settings.current());
    return personalKeyFormPage({ session, ipAddress: request.ipAddress }, provider);
  });
