export { type Connection, type ConnectionOptions, type CurrentUser, createConnection } from './connection.ts';
export { findRefusal, type RequestRefusal, readRequestRefusal } from './find-refusal.ts';
export { generateKeyPair, type KeyPair } from './key-pair.ts';
export { createLogin, type GrantedKey, type Login, type LoginOptions, openLogin } from './login.ts';
export { type FetchOptions, probeSite } from './probe-site.ts';
export { randomToken } from './random-token.ts';
export { readSiteRefusal, SiteRefusal } from './site-refusal.ts';
