import type { StoredOauthClient } from '@valetkey/server';

/** A client that may take part in a flow now, whatever it is known by. */
export interface OauthClient
  extends Pick<
    StoredOauthClient,
    'clientId' | 'kind' | 'name' | 'redirectUris' | 'postLogoutRedirectUris' | 'secretHash' | 'requiresPkce'
  > {
  /** The host of the URL that identifies a `document` client, with its port if it has one; null for other kinds. */
  readonly host: string | null;
  /** SHA-256 of the metadata that the user decides about; null for clients that the site stores. */
  readonly documentHash: string | null;
}
