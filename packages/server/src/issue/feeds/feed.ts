import type { LocalizedText } from '../../core/localized-text.ts';

/** A feed or calendar that programs request with a key in the URL (PROTOCOL.md#feeds). */
export interface FeedDefinition {
  /** The one scope of its keys; keys with it must be allowed in URLs. */
  readonly scope: string;
  /** Returns the path below the site’s base URL. It starts with a slash, and the username is encoded. */
  readonly path: (username: string) => string;
  /** The name of the feed for users, such as “Calendar of your bookmarks”. It is not stored. */
  readonly sentence: LocalizedText;
}

/** Feed definitions by the names that `POST /calendar-subscriptions.json` accepts. */
export type FeedDefinitions = Readonly<Record<string, FeedDefinition>>;

/** The feeds of Discourse: the reminders of the user’s bookmarks. */
export const discourseFeeds: FeedDefinitions = {
  bookmarks: {
    scope: 'bookmarks_calendar',
    path: (username) => `/u/${encodeURIComponent(username)}/bookmarks.ics`,
    sentence: 'Calendar of your bookmarks',
  },
};
