export type { FetchDocument, FetchedDocument } from './clients/document-fetcher.ts';
export { createOauth, type OauthOptions } from './create-oauth.ts';
export type { OpenIdOptions } from './openid/open-id.ts';
