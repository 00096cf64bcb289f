import { requireParameter } from '@valetkey/protocol';
import { found, type Step } from './key-request.ts';

/** Name and public key may be left out where the registered client has them; its own name wins over the one sent. */
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
