import { ICalCalendar } from 'ical-generator';
import type { Forum } from '../forum-parts.ts';
import { type Bookmarked, bookmarkUrl } from './bookmark-shape.ts';

const HOUR_MS = 3_600_000;
const REFRESH_SECONDS = 3_600;

/** Returns the reminders as a calendar (RFC 5545) of one-hour events. Equal reminders give equal text, for the ETag. */
export function reminderCalendar(forum: Forum, bookmarks: readonly Bookmarked[]): string {
  const { host } = new URL(forum.baseUrl);
  const calendar = new ICalCalendar({
    name: `${forum.name}: reminders`,
    prodId: { company: 'Valetkey', product: 'Forum', language: 'EN' },
    ttl: REFRESH_SECONDS,
  });
  for (const bookmarked of bookmarks) {
    const { bookmark, topic } = bookmarked;
    if (bookmark.reminderAt === null) continue;
    const url = bookmarkUrl(forum, bookmarked);
    calendar.createEvent({
      id: `bookmark_reminder_${bookmark.id}@${host}`,
      stamp: new Date(bookmark.createdAt),
      start: new Date(bookmark.reminderAt),
      end: new Date(bookmark.reminderAt + HOUR_MS),
      summary: (bookmark.name ?? topic.title).replace(/\p{Cc}/gu, ' '),
      description: url,
      url,
    });
  }
  // The library leaves out the line break after the last line.
  return `${calendar.toString()}\r\n`;
}
