import { ICalCalendar } from 'ical-generator';
import type { Forum } from '../forum-parts.ts';
import { type Bookmarked, bookmarkUrl } from './bookmark-shape.ts';

const HOUR_MS = 3_600_000;
const REFRESH_SECONDS = 3_600;

/** RFC 5545 section 3.6 requires a component. A time zone shows nothing in a calendar. */
const UTC_COMPONENT = [
  'BEGIN:VTIMEZONE',
  'TZID:UTC',
  'BEGIN:STANDARD',
  'DTSTART:19700101T000000',
  'TZOFFSETFROM:+0000',
  'TZOFFSETTO:+0000',
  'END:STANDARD',
  'END:VTIMEZONE',
].join('\r\n');

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
  const text = calendar.toString();
  const isEmpty = calendar.events().length === 0;
  // The library leaves out the line break after the last line.
  return `${isEmpty ? text.replace(/END:VCALENDAR$/, `${UTC_COMPONENT}\r\nEND:VCALENDAR`) : text}\r\n`;
}
