import { html } from 'hono/html';
import type { Format } from '../format.ts';
import type { Messages } from '../messages.ts';

/** The frame of the admin pages, and the overview. */
export const admin = (format: Format): Messages['admin'] => ({
  navigation: 'キーとアプリ',
  pages: {
    overview: '概要',
    settings: '設定',
    redirects: 'リダイレクト',
    keys: 'ユーザーのキー',
    adminKeys: '管理者キー',
    clients: '登録済みアプリ',
    oauthClients: 'OAuth クライアント',
    tools: 'エージェント用ツール',
    blocks: 'ブロックしたアプリ',
    audit: '監査ログ',
  },
  deletedUser: ({ id }) => html`削除されたユーザー（<bdi>${id}</bdi>）`,
  overview: {
    heading: 'キーとアプリ',
    disabled: ({ setting }) =>
      html`アプリはキーを要求できません。<code>${setting}</code> がオフです。既存のキーは引き続き使えます。`,
    about: {
      settings: 'アプリが要求できる権限、許可するリダイレクト、有効期限と制限。',
      redirects: 'リダイレクトのパターンが許可する範囲、それを使うアプリ、より安全なパターン。',
      keys: '何が誰の代わりに動作しているか。ユーザー、アプリ、権限、最終使用でキーを検索し、取り消せます。',
      adminKeys: '自分のスクリプト用のキー。全面的、読み取り専用、または個別に選んだアクセス。',
      clients: 'すべてのユーザーのために一度だけ登録したアプリ。',
      oauthClients: 'OAuth を使うアプリ、またはこのサイトのアカウントでユーザーをログインさせるアプリ。',
      tools: 'エージェントがユーザーの代わりに呼び出せるもの。1つずつオフにできます。',
      blocks: 'このサイトのどのユーザーも使えないアプリ。',
      audit: '誰が、いつ、どの IP アドレスから、何を承認、取り消し、登録、変更したか。',
    },
    usage: '過去30日間の、ユーザーのキーによるリクエスト',
    unusual: '過去7日間に多く拒否されたもの',
    refusedOften: ({ app, user, count }) =>
      html`${user} の ${app}: ${format.plural(count, { other: 'リクエスト#件' })}`,
    manyNetworks: '過去7日間に多くのネットワークから使われたもの',
    usedFrom: ({ app, user, count }) =>
      html`${user} の ${app}: ${format.plural(count, { other: '1日に#個のネットワーク' })}`,
    changedSettings: ({ count }) =>
      count === 0 ? 'すべて既定値' : format.plural(count, { other: '#件の設定を変更' }),
    activeKeys: ({ count }) =>
      count === 0 ? '有効なキーなし' : format.plural(count, { other: '有効なキー#個' }),
    blockedApps: ({ count }) =>
      count === 0 ? 'ブロックしたアプリなし' : format.plural(count, { other: 'ブロック#件' }),
    retention: ({ days }) => format.plural(days, { other: '#日間保存' }),
  },
});
