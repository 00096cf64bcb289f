import type { Messages } from '../messages.ts';

/** The page that lists a user's feeds, and the page with a new feed URL. */
export const feeds: Messages['feeds'] = {
  title: 'フィード',
  meaning:
    'フィードには専用の URL があり、カレンダーアプリやフィードリーダーがログインせずに取得します。この URL でアクセスできるのは、そのフィードだけです。',
  notOffered: 'このサイトは現在、新しいフィード URL を作成しません。既存の URL は引き続き使えます。',
  none: 'このサイトにフィードはありません。',
  noUrl: 'このフィードの URL はありません。',
  noUrlNotOffered: 'このフィードの URL はなく、このサイトでは作成できません。',
  created: 'URL の作成日',
  lastFetched: '最終取得',
  resetMeaning: 'リセットすると新しい URL が作成され、現在の URL は使えなくなります。',
  subscribe: '購読',
  subscribeTo: ({ feed }) => `購読: ${feed}`,
  reset: 'リセット',
  resetFeed: ({ feed }) => `リセット: ${feed}`,
  remove: '削除',
  removeFeed: ({ feed }) => `削除: ${feed}`,
  newUrl: {
    title: 'フィードの URL',
    onlyNow:
      'URL が表示されるのは1回だけです。URL を持つ人は誰でも、あなたとしてこのフィードを読めます。カレンダーアプリまたはフィードリーダーだけに渡してください。漏れた場合はリセットしてください。',
    copy: ({ feed }) => `コピー: ${feed}`,
    open: 'カレンダーアプリで開く',
    google: 'Google カレンダーに追加',
    outlook: 'Outlook.com に追加',
    calendarsRead: 'その場合、Google または Microsoft が URL を保存し、数時間ごとにフィードを読み取ります。',
  },
};
