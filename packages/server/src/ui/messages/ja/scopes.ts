import type { Messages } from '../messages.ts';

/** What the built-in scopes of users allow. */
export const scopes: Messages['scopes'] = {
  read: {
    sentence: 'あなたが読めるものをすべて読む',
    details: 'あなただけが見られるものも含みます。アプリは投稿、変更、削除ができません。',
  },
  write: {
    sentence: 'あなたができるすべての読み取り、書き込み、変更、削除を、あなたの名前で行う',
    details: 'あなただけが見たり変更したりできるものも含みます。アプリは新たなキーを作成できません。',
  },
  message_bus: {
    sentence: 'リアルタイムの更新を受け取る',
    details: 'あなたへの新着がすぐにアプリに伝わります。アプリは何も変更できません。',
  },
  push: {
    sentence: 'あなたへの通知を外部のサービスに送信させる',
    details: '各通知には投稿の抜粋が含まれます。アプリはそれ以外を読めません。',
  },
  one_time_password: {
    sentence: 'ブラウザーで1回、あなたとしてログインする',
    details: 'そのブラウザーはアカウントに全面的にアクセスできます。リンクは10分以内に1回だけ使えます。',
  },
  notifications: {
    sentence: 'あなたへの通知を読み、既読にする',
    details:
      '誰がどこであなたに言及または返信したかがアプリに伝わります。アプリは投稿の全文を読むことも、投稿を書くこともできません。',
  },
  session_info: {
    sentence: 'あなたが誰で、何が新着かを確認する',
    details:
      'アプリはプロフィールと、新しい投稿があるトピックを見られます。トピックを読んだり変更したりはできません。',
  },
  bookmarks_calendar: {
    sentence: 'ブックマークのリマインダーをカレンダーとして読む',
    details: 'カレンダーにはタイトルと時刻が含まれます。アプリはそれ以外を読めません。',
  },
  user_status: {
    sentence: 'あなたのステータスを確認、設定、消去する',
    details: 'ステータスは名前の横の短いテキストです。アプリはそれ以外を変更できません。',
  },
};

/** What the built-in scopes of admin keys allow. */
export const adminScopes: Messages['adminScopes'] = {
  'topics:read': 'トピックとその一覧を読む',
  'topics:write': 'トピックを作成し、返信する',
  'posts:read': '個々の投稿を読む',
  'posts:edit': '投稿を変更する',
  'posts:delete': '投稿を削除する',
  'users:show': 'ユーザーのプロフィールを見る',
  'search:query': '検索する',
  'categories:list': 'カテゴリーを一覧表示する',
  'categories:show': 'カテゴリーとそのトピックを見る',
};
