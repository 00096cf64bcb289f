import type { Provider } from '@valetkey/server/extension';
import type { ClientDocuments } from './clients/client-documents.ts';
import type { OauthClients } from './clients/oauth-clients.ts';
import type { OpenId } from './openid/open-id.ts';
import type { Resources } from './resources.ts';

/** What the endpoints of this package share besides the provider. */
export interface OauthContext {
  readonly provider: Provider;
  /** The base URL without a trailing slash, byte for byte the same in all documents, redirects and tokens. */
  readonly issuer: string;
  readonly clients: OauthClients;
  readonly documents: ClientDocuments;
  readonly resources: Resources;
  /** Null on a site without OpenID Connect. */
  readonly openId: OpenId | null;
}
