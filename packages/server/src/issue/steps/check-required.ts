import { requireParameter } from '@valetkey/protocol';
import { found, type Step } from './key-request.ts';

/**
 * Requires name and public key, except from registered clients. A registered name takes precedence over the
 * request’s.
 */
export const checkRequired: Step = (known) => {
  const { parameters } = known;
  const client = found(known, 'client');
  if (!client) requireParameter(parameters.publicKey, 'public_key');
  return {
    applicationName:
      client?.applicationName ?? requireParameter(parameters.applicationName, 'application_name'),
    padding: parameters.padding ?? 'pkcs1',
  };
};
