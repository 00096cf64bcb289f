import type { UserStatus } from '../data/user-statuses.ts';
import { invalidParameter } from '../http/forum-error.ts';
import { readFutureTime, readLine } from '../http/read-fields.ts';
import type { Route, UserContext } from '../http/route.ts';
import { userStatus } from '../shapes/user-shape.ts';

/** Discourse's limits. */
const DESCRIPTION_MAX = 100;
const EMOJI_MAX = 100;

function readStatus({ body, now }: UserContext): UserStatus {
  const description = readLine(body, 'description', DESCRIPTION_MAX);
  if (description === '') throw invalidParameter('The parameter description is missing.');
  const emoji = readLine(body, 'emoji', EMOJI_MAX);
  if (!/^[\w+-]+(?::t[2-6])?$/.test(emoji))
    throw invalidParameter('The parameter emoji must be the name of an emoji, such as speech_balloon.');
  return { description, emoji, endsAt: readFutureTime(body, 'ends_at', now) };
}

export const userStatusRoutes: readonly Route[] = [
  {
    name: 'user_status#get',
    method: 'GET',
    path: '/user-status',
    who: 'user',
    json: async ({ forum, user, now }) => userStatus(await forum.statuses.find(user.id, now)),
  },
  {
    name: 'user_status#set',
    method: 'PUT',
    path: '/user-status',
    who: 'user',
    async json(context) {
      await context.forum.statuses.set(context.user.id, readStatus(context));
      return { success: 'OK' };
    },
  },
  {
    name: 'user_status#clear',
    method: 'DELETE',
    path: '/user-status',
    who: 'user',
    async json({ forum, user }) {
      await forum.statuses.clear(user.id);
      return { success: 'OK' };
    },
  },
];
