import { ValetkeyError } from '@valetkey/protocol';
import { ERROR_CATALOGUE } from '@valetkey/protocol/messages';
import { createAuditEventFactory } from '../../../core/audit/audit-event-factory.ts';
import { keyAuditTarget } from '../../../core/audit/audit-target.ts';
import type { CreatedPersonalKey } from '../../../issue/personal/create-personal-key.ts';
import { createPersonalKey as makeKey } from '../../../issue/personal/create-personal-key.ts';
import { parsePersonalKeyRequest } from '../../../issue/personal/personal-key-request.ts';
import { checkPersonalKeysAllowed } from '../../../issue/personal/personal-keys-allowed.ts';
import { personalKeyFormPage } from '../../../ui/pages/personal-key-form-page.ts';
import { personalKeyPage } from '../../../ui/pages/personal-key-page.ts';
import { createPageContext } from '../../page-context.ts';
import { jsonResponse, pageResponse } from '../../responses.ts';
import type { Endpoint } from '../endpoint.ts';
import { requireSession } from '../require-session.ts';
import { checkOwnPath } from './open-own-page.ts';
import { personalKeyShape } from './personal-key-shape.ts';
import { describeForm } from './show-personal-key-form.ts';

/**
 * `POST /u/:username/preferences/api-keys/new`: a person makes a key for themselves and sees it once (PROTOCOL.md
 * section 10). What will not do comes back in the form, as it was filled in.
 */
export const createPersonalKey: Endpoint = async (request, provider) => {
  const session = await requireSession(request, provider);
  checkOwnPath(session, request.pathParameters);
  checkPersonalKeysAllowed('all', session.user, provider.settings.current());
  const page = createPageContext(request.raw, session, provider);
  let made: CreatedPersonalKey;
  try {
    const wish = parsePersonalKeyRequest(request.parameters, provider);
    const audit = createAuditEventFactory(
      session.user,
      'personal_key_made',
      keyAuditTarget,
      request,
      provider,
    );
    made = await makeKey(wish, session.user.id, audit, provider);
  } catch (problem) {
    if (request.wantsJson || !(problem instanceof ValetkeyError)) throw problem;
    const form = { ...describeForm(request, provider), values: request.parameters, problem };
    return pageResponse(personalKeyFormPage(form, page), ERROR_CATALOGUE[problem.code].status);
  }
  if (!request.wantsJson) return pageResponse(personalKeyPage(made, page));
  return jsonResponse(personalKeyShape(made));
};
