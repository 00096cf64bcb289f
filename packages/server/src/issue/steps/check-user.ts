import { ValetkeyError } from '@valetkey/protocol';
import type { Step } from './key-request.ts';

/** Somebody must be signed in, with a browser, and not suspended. */
export const checkUser: Step = (_known, { session }) => {
  if (!session) throw new ValetkeyError('login_required');
  if (session.user.isSuspended) throw new ValetkeyError('user_suspended');
  return { session };
};
