import type { LocalizedText } from '../../core/localized-text.ts';

/** Something that a calendar or a feed reader fetches with a key in its address (PROTOCOL.md sections 5 and 10). */
export interface FeedDefinition {
  /** The one scope of its keys; it must be one that may travel in a URL. */
  readonly scope: string;
  /** Where it is, below the site's base: begins with a slash, and encodes the name. */
  readonly path: (username: string) => string;
  /** The name of the feed for users, such as “Calendar of your bookmarks”. It is not stored. */
  readonly sentence: LocalizedText;
}

/** Feeds by the names that `POST /calendar-subscriptions.json` takes. */
export type FeedDefinitions = Readonly<Record<string, FeedDefinition>>;

/** The feeds that Discourse has: the reminders of one's bookmarks. */
export const discourseFeeds: FeedDefinitions = {
  bookmarks: {
    scope: 'bookmarks_calendar',
    path: (username) => `/u/${encodeURIComponent(username)}/bookmarks.ics`,
    sentence: 'Calendar of your bookmarks',
  },
};
