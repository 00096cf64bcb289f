import { parseExpiry } from '@valetkey/protocol';
import type { Step } from './key-request.ts';

/** Validates the requested expiry against the site’s maximum. Without the parameter the key does not expire. */
export const checkExpiry: Step = ({ parameters }, { settings }) => ({
  expiresInSeconds: parseExpiry(parameters.expiresInSeconds, {
    maxDays: settings.max_user_api_key_expiry_days,
  }),
});
