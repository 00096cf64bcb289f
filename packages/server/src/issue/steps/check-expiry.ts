import { parseExpiry } from '@valetkey/protocol';
import type { Step } from './key-request.ts';

/** How long the key may live: as asked, within the site's maximum; without the parameter it does not expire. */
export const checkExpiry: Step = ({ parameters }, { settings }) => ({
  expiresInSeconds: parseExpiry(parameters.expiresInSeconds, {
    maxDays: settings.max_user_api_key_expiry_days,
  }),
});
