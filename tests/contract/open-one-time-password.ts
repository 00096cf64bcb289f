import { decrypt } from '@valetkey/test-support/app-request';

/** What an app gets out of the address that it is called back at: `decodeURIComponent`, and nothing cleverer. */
export function openOneTimePassword(location: string | null, padding?: 'pkcs1' | 'oaep'): string {
  const [, sealed = ''] = /[?&]oneTimePassword=([^&#]+)/.exec(location ?? '') ?? [];
  return decrypt(decodeURIComponent(sealed), padding);
}
