import type { RedirectPatternTexts } from '@valetkey/protocol';

const onPort = (port: string): string =>
  port === '*' ? '、任意のポート' : port === '' ? '' : `、ポート ${port}`;

/** What redirect patterns allow. */
export const redirectPatterns: RedirectPatternTexts = {
  everything: {
    allows: 'すべて: あらゆるサイトのあらゆる URL と、あらゆるデバイスのあらゆるアプリ。',
    warning:
      'ユーザーに要求を承認させた攻撃者がキーを受け取ります。代わりに、アプリのリダイレクトを列挙してください。',
  },
  allows: ({ place, pages }) => `${place}: ${pages}。`,
  places: {
    subdomains: ({ scheme, host, port }) =>
      `${host} のすべての階層のサブドメイン（${scheme}${onPort(port)}）。${host} 自体は含まない`,
    loopback: ({ scheme, host, port }) =>
      `ユーザーのコンピューター上のアプリ（${host}、${scheme}${onPort(port) || '、既定のポートのみ'}）`,
    site: ({ scheme, host, port }) => `サイト ${scheme}://${host}${onPort(port)}`,
    app: ({ scheme, host, port }) =>
      `${scheme}: リンクを開く、ユーザーのデバイス上のアプリ（${host}${onPort(port)}）`,
  },
  pages: {
    none: 'この URL のみ（パスとクエリなし）',
    exact: ({ path }) => `${path} のみ`,
    exactWithoutQuery: ({ path }) => `${path} のみ（クエリなし）`,
    matching: ({ path }) => `${path} に一致するすべてのページ（* はスラッシュとクエリを含む任意の文字列）`,
    any: 'すべてのページ（任意のクエリ）',
    anyQuery: ({ path }) => `ページ ${path}（クエリあり、空でも可）`,
    anyQueryWithoutPath: 'パスのないページ（クエリあり、空でも可）',
    urlFrom: ({ start }) => `${start} で始まるすべての URL`,
    under: ({ start }) => `${start} の下のすべてのページ（任意のクエリ）`,
    pathFrom: ({ start }) =>
      `パスが ${start} で始まるすべてのページ（${start}-more や ${start}/more も含む、任意のクエリ）`,
  },
  withFragment: ({ pages, fragment }) => `${pages}、続いて ${fragment} に一致するフラグメント`,
  warnings: {
    subdomains: ({ host }) =>
      `${host} のサブドメインがすべて自分のものである場合にのみ安全です。そのいずれかにページを持つ攻撃者は、キーを受け取れます。`,
    unencrypted: '暗号化されません。ネットワーク経路上の誰でも URL を読めます。https を使ってください。',
    onlyPort80:
      'ポート80のみです。空いている任意のポートで待ち受けるアプリには http://127.0.0.1/* を使ってください。',
    anyPage:
      'すべてのページが対象です。ほかへリダイレクトするページや自身の URL を表示するページから、暗号化されたキーが漏れます。アプリが使うページを指定してください。',
  },
};
