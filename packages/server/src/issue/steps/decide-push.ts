import { hasPushScope } from '../../core/scopes/scope-names.ts';
import { found, type Step } from './key-request.ts';

/**
 * Decides whether notifications are pushed. A push URL that is not on the list is not an error; the payload contains
 * `push: false` (PROTOCOL.md#payload).
 */
export const decidePush: Step = (known, { settings }) => {
  const { pushUrl } = known.parameters;
  const isGranted = hasPushScope(found(known, 'scopes'));
  return { push: isGranted && pushUrl !== null && settings.allowed_user_api_push_urls.includes(pushUrl) };
};
