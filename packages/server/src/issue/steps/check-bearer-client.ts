import { ValetkeyError } from '@valetkey/protocol';
import { found, type Step } from './key-request.ts';

/**
 * Who may have a key in clear, as OAuth hands it out. A registered client gets its keys sealed to its public key alone:
 * whoever names its id in a request without encryption is somebody else, and must not be shown under its name.
 */
export const checkBearerClient: Step = (known) => {
  if (found(known, 'client')) throw new ValetkeyError('client_needs_sealed_key');
  const { applicationName, clientId } = known.parameters;
  return { applicationName: applicationName ?? clientId };
};
