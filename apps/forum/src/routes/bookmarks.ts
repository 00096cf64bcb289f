import type { Bookmark, BookmarkTarget } from '../data/bookmarks.ts';
import { invalidParameter, notFound } from '../http/forum-error.ts';
import { readId, readText } from '../http/read-body.ts';
import { readFutureTime, readLine } from '../http/read-fields.ts';
import { readCount } from '../http/read-query.ts';
import type { Route, UserContext } from '../http/route.ts';
import { type Bookmarked, bookmarkShape } from '../shapes/bookmark-shape.ts';
import { reminderCalendar } from '../shapes/reminder-calendar.ts';
import { checkSelf } from './user-of-path.ts';

const PER_PAGE = 20;
const NAME_MAX = 100;
/** Discourse's default. It bounds the calendar. */
const BOOKMARKS_MAX = 2_000;

async function readTarget({ forum, body }: UserContext): Promise<BookmarkTarget> {
  const type = readText(body, 'bookmarkable_type');
  if (type !== 'Post' && type !== 'Topic')
    throw invalidParameter('The parameter bookmarkable_type must be Post or Topic.');
  const id = readId(body, 'bookmarkable_id');
  if (id === null) throw invalidParameter('The parameter bookmarkable_id is missing.');
  const topicId = type === 'Topic' ? id : (await forum.topics.findPost(id))?.topicId;
  if (topicId === undefined || !(await forum.topics.find(topicId))) throw notFound();
  return { type, id };
}

async function createBookmark(context: UserContext) {
  const { forum, body, user, now } = context;
  const target = await readTarget(context);
  const name = readLine(body, 'name', NAME_MAX) || null;
  const reminderAt = readFutureTime(body, 'reminder_at', now);
  const bookmark = { userId: user.id, target, name, reminderAt, createdAt: now };
  const id = await forum.bookmarks.create(bookmark, BOOKMARKS_MAX);
  if (id === 'too many')
    throw invalidParameter(`You have reached the limit of ${BOOKMARKS_MAX} bookmarks. Delete some first.`);
  if (id === null) throw invalidParameter(`You have already bookmarked this ${target.type.toLowerCase()}.`);
  return { success: 'OK', id };
}

async function removeBookmark({ forum, user, parameters }: UserContext) {
  const target = await forum.bookmarks.remove(user.id, Number(parameters.id));
  if (!target) throw notFound();
  const topicId = target.type === 'Topic' ? target.id : (await forum.topics.findPost(target.id))?.topicId;
  const isBookmarked = topicId !== undefined && (await forum.bookmarks.hasInTopic(user.id, topicId));
  return { success: 'OK', topic_bookmarked: isBookmarked };
}

async function withTargets({ forum }: UserContext, bookmarks: readonly Bookmark[]): Promise<Bookmarked[]> {
  const found: Bookmarked[] = [];
  for (const bookmark of bookmarks) {
    const post = await forum.topics.findPost(bookmark.postId);
    const topic = await forum.topics.find(bookmark.topicId);
    if (post && topic) found.push({ bookmark, post, topic });
  }
  return found;
}

async function listBookmarks(context: UserContext) {
  checkSelf(context);
  const { forum, query, user } = context;
  const page = readCount(query, 'page', { min: 0, max: BOOKMARKS_MAX / PER_PAGE, defaultValue: 0 });
  const found = await forum.bookmarks.list(user.id, { limit: PER_PAGE + 1, offset: page * PER_PAGE });
  const bookmarked = await withTargets(context, found.slice(0, PER_PAGE));
  const path = `/u/${encodeURIComponent(user.username)}/bookmarks.json`;
  return {
    user_bookmark_list: {
      more_bookmarks_url: found.length > PER_PAGE ? `${path}?page=${page + 1}` : null,
      bookmarks: await Promise.all(
        bookmarked.map(async (each) =>
          bookmarkShape(forum, each, await forum.topics.findLastRead(user.id, each.topic.id)),
        ),
      ),
    },
  };
}

export const bookmarkRoutes: readonly Route[] = [
  {
    name: 'bookmarks#create',
    method: 'POST',
    path: '/bookmarks',
    who: 'user',
    json: createBookmark,
  },
  {
    name: 'bookmarks#destroy',
    method: 'DELETE',
    path: '/bookmarks/:id{[0-9]+}',
    who: 'user',
    json: removeBookmark,
  },
  {
    name: 'users#bookmarks',
    method: 'GET',
    path: '/u/:username/bookmarks',
    who: 'user',
    json: listBookmarks,
    async ics(context) {
      checkSelf(context);
      const bookmarks = await context.forum.bookmarks.reminders(context.user.id);
      const reminders = await withTargets(context, bookmarks);
      return reminderCalendar(context.forum, reminders);
    },
  },
];
