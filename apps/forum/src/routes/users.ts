import type { Valetkey } from '@valetkey/server';
import { parseEmail } from '../data/parse-email.ts';
import { notLoggedIn } from '../http/forum-error.ts';
import { readText } from '../http/read-body.ts';
import { respondPublic } from '../http/respond.ts';
import type { Route, RouteContext } from '../http/route.ts';
import { inLayout } from '../pages/in-layout.ts';
import { letterAvatar, userPage } from '../pages/user-pages.ts';
import { trackedTopicShape } from '../shapes/topic-shape.ts';
import { type ListedKey, userProfile } from '../shapes/user-shape.ts';
import { checkSelf, findUser } from './user-of-path.ts';

/** Discourse's limit. */
const TRACKED_MAX = 500;

/** Returns the keys of a user, and one entry for each OAuth grant, however many access tokens it has. */
async function listKeys(userId: string, valetkey: Valetkey): Promise<ListedKey[]> {
  const grants = await valetkey.grantsOf(userId);
  return [
    ...(await valetkey.keysOf(userId)),
    ...grants.map((grant) => ({ ...grant, applicationName: grant.clientName })),
  ];
}

async function saveEmail(context: RouteContext) {
  const { user, body, forum, c } = context;
  if (!user) throw notLoggedIn();
  checkSelf({ ...context, user });
  await forum.users.setEmail(user.id, parseEmail(readText(body, 'email')));
  return c.redirect(`/u/${encodeURIComponent(user.username)}`, 303);
}

export const userRoutes: readonly Route[] = [
  {
    name: 'users#show',
    method: 'GET',
    path: '/u/:username',
    who: 'public',
    async json(context) {
      const user = findUser(context);
      const isSelf = context.user?.id === user.id;
      const keys = isSelf ? await listKeys(String(user.id), context.valetkey) : null;
      const status = await context.forum.statuses.find(user.id, context.now);
      return { user_badges: [], user: userProfile(user, status, keys) };
    },
    html: (context) => {
      const user = findUser(context);
      return inLayout(
        context,
        user.username,
        userPage(user, context.user?.id === user.id, context.session?.csrfToken ?? null),
      );
    },
  },
  {
    name: 'users#save_email',
    method: 'POST',
    path: '/u/:username/preferences/email',
    // Never with a key: an app could send the notices about itself elsewhere.
    who: 'session',
    html: saveEmail,
  },
  {
    name: 'users#topic_tracking_state',
    method: 'GET',
    path: '/u/:username/topic-tracking-state',
    who: 'user',
    async json(context) {
      checkSelf(context);
      const topics = await context.forum.topics.tracking(context.user.id, TRACKED_MAX);
      return topics.map(trackedTopicShape);
    },
  },
  {
    name: 'avatars#letter',
    method: 'GET',
    path: '/letter_avatar/:username/:size{[0-9]+\\.svg}',
    who: 'public',
    html(context) {
      const size = Math.min(360, Number.parseInt(context.parameters.size ?? '', 10));
      return respondPublic(context.c, letterAvatar(findUser(context).username, size), 'image/svg+xml');
    },
  },
];
