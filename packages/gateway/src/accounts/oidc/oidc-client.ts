import {
  allowInsecureRequests,
  type ClientAuth,
  ClientSecretBasic,
  ClientSecretPost,
  type Configuration,
  discovery,
  enableNonRepudiationChecks,
  None,
} from 'openid-client';
import type { OidcAccountsConfig } from '../../config/gateway-config.ts';
import { AccountsError } from '../accounts.ts';

const TIMEOUT_SECONDS = 10;

/**
 * Returns a function that loads the metadata of the provider once. After a failure, the next call tries again.
 *
 * @throws AccountsError from that function, if the provider cannot be reached
 */
export function createOidcClient(config: OidcAccountsConfig): () => Promise<Configuration> {
  let loading: Promise<Configuration> | null = null;
  return () => {
    loading ??= load(config).catch((error: Error & { code?: string }) => {
      loading = null;
      throw new AccountsError(
        `The metadata of ${config.issuer} cannot be loaded (${error.code ?? error.name}).`,
      );
    });
    return loading;
  };
}

function load({ issuer, clientId, clientSecret }: OidcAccountsConfig): Promise<Configuration> {
  const url = new URL(issuer);
  const authentication = clientSecret === null ? None() : authenticateWith(clientSecret);
  return discovery(url, clientId, undefined, authentication, {
    timeout: TIMEOUT_SECONDS,
    // The configuration accepts http for this computer only.
    execute: [enableNonRepudiationChecks, ...(url.protocol === 'http:' ? [allowInsecureRequests] : [])],
  });
}

/** Sends the secret as the provider supports it: in `Authorization`, which is the default, or in the body. */
function authenticateWith(secret: string): ClientAuth {
  const [basic, post] = [ClientSecretBasic(secret), ClientSecretPost(secret)];
  return (server, ...request) => {
    const methods = server.token_endpoint_auth_methods_supported ?? ['client_secret_basic'];
    const authenticate = methods.includes('client_secret_basic') ? basic : post;
    return authenticate(server, ...request);
  };
}
