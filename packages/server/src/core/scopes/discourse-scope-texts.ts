/** What a scope allows, as users read it. */
export interface ScopeText {
  /** One line, such as “Read everything you can read”. */
  readonly sentence: string;
  /** What is included, and what the scope does not allow. */
  readonly details: string;
}

/** The English texts of the built-in scopes. The messages of the other languages translate them. */
export const discourseScopeTexts = {
  read: {
    sentence: 'Read everything you can read',
    details: 'This includes what only you can see. The app cannot post, change or delete anything.',
  },
  write: {
    sentence: 'Read, write, change and delete everything you can, in your name',
    details: 'This includes what only you can see or change. The app cannot create further keys.',
  },
  message_bus: {
    sentence: 'Receive live updates',
    details: 'The app learns at once what is new for you. It cannot change anything.',
  },
  push: {
    sentence: 'Have your notifications sent to an outside service',
    details: 'Each notification contains an excerpt of its post. The app cannot read anything else.',
  },
  one_time_password: {
    sentence: 'Sign in as you, once, in a browser',
    details: 'The browser then has full access to your account. The link works once, within 10 minutes.',
  },
  notifications: {
    sentence: 'Read your notifications and mark them as read',
    details:
      'The app learns who mentions or answers you, and where. It cannot read whole posts or write any.',
  },
  session_info: {
    sentence: 'See who you are and what is new for you',
    details: 'The app sees your profile and which topics have new posts. It cannot read or change them.',
  },
  bookmarks_calendar: {
    sentence: 'Read the reminders of your bookmarks as a calendar',
    details: 'The calendar contains titles and times. The app cannot read anything else.',
  },
  user_status: {
    sentence: 'See, set and clear your status',
    details: 'The status is the short text beside your name. The app cannot change anything else.',
  },
} as const satisfies Readonly<Record<string, ScopeText>>;

/** The texts of the built-in scopes in one language. */
export type DiscourseScopeTexts = Readonly<Record<keyof typeof discourseScopeTexts, ScopeText>>;
