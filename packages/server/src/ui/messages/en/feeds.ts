type Feed = { feed: string };

/** The page that lists a user's feeds, and the page with a new feed URL. */
export const feeds = {
  title: 'Feeds',
  meaning:
    'A feed has its own URL, which a calendar app or feed reader fetches without signing in. The URL gives access to that feed only.',
  notOffered: 'This site creates no new feed URLs at present. Your existing URLs keep working.',
  none: 'This site has no feeds.',
  noUrl: 'You have no URL for this feed.',
  noUrlNotOffered: 'You have no URL for this feed, and this site cannot create one.',
  created: 'URL created',
  lastFetched: 'Last fetched',
  resetMeaning: 'Reset creates a new URL; the current one stops working.',
  subscribe: 'Subscribe',
  subscribeTo: ({ feed }: Feed) => `Subscribe: ${feed}`,
  reset: 'Reset',
  resetFeed: ({ feed }: Feed) => `Reset: ${feed}`,
  remove: 'Remove',
  removeFeed: ({ feed }: Feed) => `Remove: ${feed}`,
  newUrl: {
    title: 'Your feed URL',
    onlyNow:
      'The URL is shown only once. Anyone who has it can read this feed as you: give it only to your calendar app or feed reader. If it leaks, reset it.',
    copy: ({ feed }: Feed) => `Copy: ${feed}`,
    open: 'Open in your calendar app',
    google: 'Add to Google Calendar',
    outlook: 'Add to Outlook.com',
    calendarsRead: 'Google or Microsoft then stores the URL and reads the feed every few hours.',
  },
};
