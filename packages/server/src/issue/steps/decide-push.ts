import { hasPushScope } from '../../core/scopes/scope-names.ts';
import { found, type Step } from './key-request.ts';

/** A push URL that is not on the list refuses nothing; the payload then says `push: false` (PROTOCOL.md section 3). */
export const decidePush: Step = (known, { settings }) => {
  const { pushUrl } = known.parameters;
  const isGranted = hasPushScope(found(known, 'scopes'));
  return { push: isGranted && pushUrl !== null && settings.allowed_user_api_push_urls.includes(pushUrl) };
};
