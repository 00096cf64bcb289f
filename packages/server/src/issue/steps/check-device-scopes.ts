import { ValetkeyError } from '@valetkey/protocol';
import type { Step } from './key-request.ts';

/** A one-time password is for the browser that a redirect leads back to; a device has neither (PROTOCOL.md section 8). */
export const checkDeviceScopes: Step = ({ parameters }) => {
  if (parameters.scopes.includes('one_time_password')) {
    throw new ValetkeyError('one_time_password_needs_redirect');
  }
  return {};
};
