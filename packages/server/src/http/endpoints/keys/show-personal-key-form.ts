import { listPersonalScopes } from '../../../issue/personal/personal-key-request.ts';
import { checkPersonalKeysAllowed } from '../../../issue/personal/personal-keys-allowed.ts';
import type { Provider } from '../../../issue/provider.ts';
import { personalKeyFormPage } from '../../../ui/pages/personal-key-form-page.ts';
import type { EndpointRequest } from '../../endpoint-request.ts';
import type { Endpoint } from '../endpoint.ts';
import { openOwnPage } from './open-own-page.ts';

/**
 * `GET /u/:username/preferences/api-keys/new`: renders the form for a personal key (PROTOCOL.md#personal-keys).
 * Rejects keys.
 */
export const showPersonalKeyForm: Endpoint = (request, provider) =>
  openOwnPage(request, provider, (page) => {
    checkPersonalKeysAllowed('all', page.session.user, provider.settings.current());
    return personalKeyFormPage(describeForm(request, provider), page);
  });

/** Returns the options of the form. */
export const describeForm = ({ ipAddress }: EndpointRequest, provider: Provider) => ({
  ipAddress,
  scopes: provider.scopes,
  allowedScopes: listPersonalScopes(provider),
  offersAgents: provider.agentResource !== null,
  maxExpiryDays: provider.settings.current().max_user_api_key_expiry_days,
});
