/** Descriptions of the built-in scopes (PROTOCOL.md#built-in-scopes). A site may have others. */
export const KNOWN_SCOPES: Readonly<Record<string, string>> = {
  read: 'read everything you can read',
  write: 'read, write, change and delete everything you can, in your name',
  notifications: 'read your notifications and mark them as read',
  session_info: 'see who you are and what is new for you',
  message_bus: 'receive updates as they happen',
  push: 'have your notifications sent to an outside service',
  one_time_password: 'sign in as you, once, in a browser',
  bookmarks_calendar: 'read the reminders of your bookmarks as a calendar',
  user_status: 'see, set and clear your status',
};
