import {
  parseKeyRequest,
  parseOneTimePasswordRequest,
  type RawParameters,
  ValetkeyError,
} from '@valetkey/protocol';
import type { Provider } from '../provider.ts';
import type { Session } from '../site.ts';
import type { Findings, KeyRequest } from './key-request.ts';
import { type KeyRequestEndpoint, STEPS_TABLE } from './steps-table.ts';

/** Whether this key may be asked for, approved or declined. `known` is what was found out before a refusal. */
export type KeyRequestDecision<Request> =
  | { readonly allowed: true; readonly request: Request }
  | { readonly allowed: false; readonly refusal: ValetkeyError; readonly known: Partial<KeyRequest> };

/** What each column of the table has found out when it comes to its end. */
interface Outcome {
  readonly ask: KeyRequest;
  readonly approve: KeyRequest;
  readonly otp: Pick<
    KeyRequest,
    'parameters' | 'client' | 'applicationName' | 'publicKey' | 'padding' | 'redirect' | 'session'
  >;
  readonly decline: Pick<KeyRequest, 'parameters' | 'applicationName' | 'redirect' | 'session'>;
}

/** Runs the table's column for this endpoint. Nothing is changed by it, whatever the answer. */
export async function decideKeyRequest<Endpoint extends KeyRequestEndpoint>(
  endpoint: Endpoint,
  raw: RawParameters,
  session: Session | null,
  provider: Provider,
): Promise<KeyRequestDecision<Outcome[Endpoint]>> {
  const environment = {
    settings: provider.settings.current(),
    scopeDefinitions: provider.scopes,
    session,
    findClient: provider.store.findClient,
    findClientByPublicKey: provider.store.findClientByPublicKey,
  };
  let known: Partial<KeyRequest> = {};
  try {
    const parse = endpoint === 'otp' ? parseOneTimePasswordRequest : parseKeyRequest;
    let findings: Findings = { parameters: parse(raw) };
    for (const { step, on } of STEPS_TABLE) {
      if (!on.includes(endpoint)) continue;
      findings = { ...findings, ...(await step(findings, environment)) };
      known = findings;
    }
    return { allowed: true, request: findings as KeyRequest };
  } catch (refusal) {
    if (refusal instanceof ValetkeyError) return { allowed: false, refusal, known };
    throw refusal;
  }
}
