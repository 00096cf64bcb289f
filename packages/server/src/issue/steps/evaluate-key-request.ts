import {
  type KeyRequestParameters,
  parseDeviceRequest,
  parseKeyRequest,
  parseOneTimePasswordRequest,
  type RawParameters,
  ValetkeyError,
} from '@valetkey/protocol';
import type { Session, SiteUser } from '../../ports/site.ts';
import type { Provider } from '../provider.ts';
import type { Findings, KeyRequest } from './key-request.ts';
import { type KeyRequestEndpoint, STEPS_TABLE } from './steps-table.ts';

/** The decision about a request. `known` has the findings of the steps before a rejection. */
export type KeyRequestDecision<Request> =
  | { readonly allowed: true; readonly request: Request }
  | { readonly allowed: false; readonly refusal: ValetkeyError; readonly known: Partial<KeyRequest> };

type BearerRequest = Omit<KeyRequest, 'redirect' | 'publicKey' | 'padding' | 'session'>;

/** The findings of each column after its last step. */
interface Outcome {
  readonly ask: KeyRequest;
  readonly approve: KeyRequest;
  readonly otp: Pick<
    KeyRequest,
    'parameters' | 'client' | 'applicationName' | 'publicKey' | 'padding' | 'redirect' | 'session'
  >;
  readonly decline: Pick<KeyRequest, 'parameters' | 'applicationName' | 'redirect' | 'session'>;
  readonly device: Omit<KeyRequest, 'redirect' | 'session'>;
  readonly bearer: BearerRequest;
  readonly oauth_device: BearerRequest;
}

/** What the steps read from a provider. */
export type StepsProvider = Pick<Provider, 'settings' | 'scopes' | 'store' | 'appBlocks'>;

/** A request of a device or an OAuth client as the user sees it. Only a request for an encrypted key has public key and padding. */
export type DeviceRequest = BearerRequest &
  Pick<KeyRequest, 'session'> &
  Partial<Pick<KeyRequest, 'publicKey' | 'padding'>>;

const parsers = { otp: parseOneTimePasswordRequest, device: parseDeviceRequest, bearer: parseDeviceRequest };

/** Runs the column of this endpoint in the steps table. Changes nothing. */
export function evaluateKeyRequest<Endpoint extends keyof Outcome>(
  endpoint: Endpoint,
  raw: RawParameters,
  session: Session | null,
  provider: Provider,
): Promise<KeyRequestDecision<Outcome[Endpoint]>> {
  const parse = parsers[endpoint as keyof typeof parsers] ?? parseKeyRequest;
  return runColumns([endpoint], () => ({ parameters: parse(raw) }), session, provider);
}

/**
 * Decides whether what was approved earlier would be approved now: `restore` for a key whose revocation is undone,
 * `sign_in` for a one-time password, `refresh` for an OAuth grant, whose scopes are reduced to those that the site still grants.
 */
export function evaluateStoredGrant(
  column: 'restore' | 'sign_in' | 'refresh',
  scopes: readonly string[],
  user: SiteUser,
  provider: StepsProvider,
): Promise<KeyRequestDecision<Pick<KeyRequest, 'scopes' | 'session'>>> {
  const parameters = { ...NO_PARAMETERS, scopes };
  // A registration never changes, so the scopes of its client need no second check.
  return runColumns([column], () => ({ parameters, client: null }), { id: '', user }, provider);
}

/**
 * Evaluates an OAuth request of a client that the caller has checked, with its redirect (PROTOCOL.md#oauth-authorize).
 *
 * @param asked `expiresInSeconds` as text, unvalidated
 */
export function evaluateOauthRequest(
  asked: Pick<KeyRequestParameters, 'clientId' | 'scopes' | 'expiresInSeconds'> & { applicationName: string },
  session: Session | null,
  provider: StepsProvider,
): Promise<KeyRequestDecision<DeviceRequest>> {
  return runColumns(['authorize'], () => beginOauth({ ...NO_PARAMETERS, ...asked }), session, provider);
}

/** Evaluates the request of a device that is an OAuth client. The caller has checked the client. */
export function evaluateOauthDeviceRequest(
  asked: Parameters<typeof evaluateOauthRequest>[0],
  provider: StepsProvider,
): Promise<KeyRequestDecision<BearerRequest>> {
  return runColumns(['oauth_device'], () => beginOauth({ ...NO_PARAMETERS, ...asked }), null, provider);
}

/** An OAuth client is none of the registered clients that receive encrypted keys. */
const beginOauth = (parameters: KeyRequestParameters): Findings => ({
  parameters,
  client: null,
  applicationName: parameters.applicationName ?? parameters.clientId,
});

const NO_PARAMETERS: KeyRequestParameters = {
  clientId: '',
  nonce: '',
  scopes: [],
  optionalScopes: [],
  applicationName: null,
  publicKey: null,
  authRedirect: null,
  pushUrl: null,
  padding: null,
  expiresInSeconds: null,
};

/** Evaluates a device’s earlier request again, and whether this user may decide it. */
export function evaluateDeviceRequest(
  endpoint: 'device' | 'bearer' | 'oauth_device',
  parameters: KeyRequestParameters,
  session: Session,
  provider: Provider,
): Promise<KeyRequestDecision<DeviceRequest>> {
  const begin = () => (endpoint === 'oauth_device' ? beginOauth(parameters) : { parameters });
  return runColumns([endpoint, 'activate'], begin, session, provider);
}

async function runColumns<Request>(
  columns: readonly KeyRequestEndpoint[],
  begin: () => Findings,
  session: Session | null,
  provider: StepsProvider,
): Promise<KeyRequestDecision<Request>> {
  const environment = {
    settings: provider.settings.current(),
    blocks: provider.appBlocks.current(),
    scopeDefinitions: provider.scopes,
    session,
    findClient: provider.store.findClient,
    findClientByPublicKey: provider.store.findClientByPublicKey,
  };
  let known: Partial<KeyRequest> = {};
  try {
    let findings = begin();
    for (const { step, on } of STEPS_TABLE) {
      if (!on.some((column) => columns.includes(column))) continue;
      findings = { ...findings, ...(await step(findings, environment)) };
      known = findings;
    }
    return { allowed: true, request: findings as Request };
  } catch (refusal) {
    if (refusal instanceof ValetkeyError) return { allowed: false, refusal, known };
    throw refusal;
  }
}
