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
 * `POST /u/:username/preferences/api-keys/new`: creates a personal key, shown once (PROTOCOL.md#personal-keys). An
 * invalid form is returned as it was filled in, with the reason.
 */
export const createPersonalKey: Endpoint = async (request, provider) => {
  const session = await requireSession(request, provider);
  checkOwnPath(session, request.pathParameters);
  checkPersonalKeysAllowed('all', session.user, provider.settings.current());
  const page = await createPageContext(request.raw, session, provider);
  let made: CreatedPersonalKey;
  try {
    const fields = parsePersonalKeyRequest(request.parameters, provider);
    const audit = createAuditEventFactory('personal_key_made', keyAuditTarget, {
      actor: session.user,
      request,
      provider,
    });
    made = await makeKey(fields, session.user.id, audit, provider);
  } catch (problem) {
    if (request.wantsJson || !(problem instanceof ValetkeyError)) throw problem;
    const form = { ...describeForm(request, provider), values: request.parameters, problem };
    return pageResponse(personalKeyFormPage(form, page), ERROR_CATALOGUE[problem.code].status);
  }
  if (!request.wantsJson) return pageResponse(personalKeyPage(made, page));
  return jsonResponse(personalKeyShape(made));
};
