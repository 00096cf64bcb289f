import { ValetkeyError } from '@valetkey/protocol';
import { describeError } from '@valetkey/protocol/messages';
import { ForumError, invalidParameter, notAllowed, notFound } from '../http/forum-error.ts';
import { readText } from '../http/read-body.ts';
import type { Route, UserContext } from '../http/route.ts';
import { isoTime } from '../shapes/user-shape.ts';

function findTarget({ forum, parameters, user }: UserContext) {
  const target = forum.users.find(Number(parameters.id));
  if (!target) throw notFound();
  // Admins cannot be suspended, so that at least one remains.
  if (target.isAdmin || target.id === user.id) throw notAllowed();
  return target;
}

/** Suspends a user on every node: on the others by the recorded change, on this one at once. */
async function suspend(
  { forum, valetkey }: UserContext,
  id: number,
  until: number | null,
  reason: string | null,
) {
  await forum.users.suspend(id, until, reason);
  await valetkey.userChanged(String(id));
}

function suspension({ forum }: UserContext, id: number) {
  const user = forum.users.find(id);
  return {
    suspension: {
      suspend_reason: user?.suspendedReason ?? null,
      suspended_till: user?.suspendedUntil ? isoTime(user.suspendedUntil) : null,
    },
  };
}

export const adminRoutes: readonly Route[] = [
  {
    name: 'admin/site_settings#index',
    method: 'GET',
    path: '/admin/site_settings',
    who: 'admin session',
    json: ({ valetkey }) => ({ site_settings: valetkey.settings.list() }),
  },
  {
    name: 'admin/site_settings#update',
    method: 'PUT',
    path: '/admin/site_settings/:name',
    who: 'admin session',
    async json({ valetkey, body, parameters, user, ipAddress }) {
      const name = parameters.name ?? '';
      if (!Object.hasOwn(body, name)) throw invalidParameter(`Send the new value as the parameter ${name}.`);
      try {
        await valetkey.settings.set(name, body[name], { userId: String(user.id), ipAddress });
      } catch (error) {
        if (!(error instanceof ValetkeyError) || error.code !== 'setting_invalid') throw error;
        throw new ForumError(422, [describeError(error.code, error.details).sentence], 'invalid_parameters', {
          code: error.code,
          setting: name,
        });
      }
      return { success: 'OK' };
    },
  },
  {
    name: 'admin/users#suspend',
    method: 'PUT',
    path: '/admin/users/:id{[0-9]+}/suspend',
    who: 'admin session',
    async json(context) {
      const user = findTarget(context);
      const until = Date.parse(readText(context.body, 'suspend_until'));
      if (!(until > context.now))
        throw invalidParameter(
          'The parameter suspend_until must be a date in the future, such as 2030-01-31.',
        );
      await suspend(context, user.id, until, readText(context.body, 'reason') || null);
      await context.forum.sessions.removeAll(user.id);
      return suspension(context, user.id);
    },
  },
  {
    name: 'admin/users#unsuspend',
    method: 'PUT',
    path: '/admin/users/:id{[0-9]+}/unsuspend',
    who: 'admin session',
    async json(context) {
      const user = findTarget(context);
      await suspend(context, user.id, null, null);
      return suspension(context, user.id);
    },
  },
];
