import { isLargeEnough, isVisibleName, ValetkeyError } from '@valetkey/protocol';
import { found, type Step } from './key-request.ts';

/** The device flow is new, so it needs no exception for old clients with small keys (PROTOCOL.md#device-flow). */
const MIN_BITS = 2048;

/** Rejects a public key that is too small for the device flow. */
export const checkDeviceKey: Step = (known) => {
  const { bits } = found(known, 'publicKey');
  if (!isLargeEnough(bits, MIN_BITS)) {
    throw new ValetkeyError('public_key_too_small', { bits, min_bits: MIN_BITS });
  }
  return {};
};

/** Rejects the scope `one_time_password`: it signs in the browser of a redirect, and a device has none. */
export const checkDeviceScopes: Step = ({ parameters }) => {
  if (parameters.scopes.includes('one_time_password')) {
    throw new ValetkeyError('one_time_password_needs_redirect');
  }
  return {};
};

/**
 * Rejects OAuth requests that use the id of a registered client. Registered clients only receive encrypted keys, so the
 * sender is an impostor and must not be displayed under the client's name.
 */
export const checkBearerClient: Step = (known) => {
  if (found(known, 'client')) throw new ValetkeyError('client_needs_sealed_key');
  const { applicationName, clientId } = known.parameters;
  // Without a name, the page shows the id.
  if (applicationName === null && !isVisibleName(clientId)) {
    throw new ValetkeyError('parameter_invalid', {
      parameter: 'client_id',
      reason: 'invisible_characters',
    });
  }
  return { applicationName: applicationName ?? clientId };
};
