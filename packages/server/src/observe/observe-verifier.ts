import { isPromise } from '../core/maybe-promise.ts';
import type { Verifier } from '../verify/verifier.ts';
import type { VerifyRequest } from '../verify/verify-request.ts';
import type { VerifyResult } from '../verify/verify-result.ts';
import type { Metrics } from './metrics.ts';
import type { Trace } from './trace.ts';

/** Of this many verifications one is timed: reading the clock for each would cost more than all the counting. */
const TIMED_EACH = 16;

/** Counts the results of a verifier, and runs each verification within a span if there is a trace. */
export function observeVerifier(
  verifier: Verifier,
  { metrics, trace }: { readonly metrics?: Metrics | undefined; readonly trace?: Trace | undefined },
): Verifier {
  const traced = trace ? traceVerifier(verifier, trace) : verifier;
  return metrics ? countVerifications(traced, metrics) : traced;
}

/** The label of an allowed verification, which has no error code. */
const NO_CODE = 'none';

function countVerifications(verifier: Verifier, metrics: Metrics): Verifier {
  const NAME = 'valetkey_verifications_total';
  const allowed = { result: 'allowed', code: NO_CODE };
  const userKeys = metrics.counter(NAME, { credential: 'user_key', ...allowed });
  const adminKeys = metrics.counter(NAME, { credential: 'admin_key', ...allowed });
  const duration = metrics.histogram('valetkey_verification_duration_seconds');
  let untimed = 0;

  function countRefused({ credential }: VerifyRequest, result: VerifyResult): void {
    if (result.allowed) return;
    const { code, details } = result;
    metrics.counter(NAME, { credential: credential.kind, result: 'refused', code }).value += 1;
    if (code === 'rate_limited')
      metrics.counter('valetkey_limit_refusals_total', { window: String(details.window) }).value += 1;
  }

  function count(request: VerifyRequest, result: VerifyResult): VerifyResult {
    if (!result.allowed) countRefused(request, result);
    else if (request.credential.kind === 'user_key') userKeys.value += 1;
    else adminKeys.value += 1;
    return result;
  }

  function verify(request: VerifyRequest) {
    const result = verifier.verify(request);
    return isPromise(result) ? result.then((made) => count(request, made)) : count(request, result);
  }

  function verifyTimed(request: VerifyRequest) {
    const startedAt = performance.now();
    const end = (result: VerifyResult): VerifyResult => {
      duration.observe((performance.now() - startedAt) / 1000);
      return result;
    };
    const result = verify(request);
    return isPromise(result) ? result.then(end) : end(result);
  }

  return {
    ...verifier,
    verify(request) {
      untimed += 1;
      if (untimed < TIMED_EACH) return verify(request);
      untimed = 0;
      return verifyTimed(request);
    },
  };
}

function traceVerifier(verifier: Verifier, trace: Trace): Verifier {
  return {
    ...verifier,
    verify: (request) =>
      trace('valetkey verify', (annotate) => {
        const note = (result: VerifyResult): VerifyResult => {
          annotate({ 'valetkey.credential': request.credential.kind, ...attributesOf(result) });
          return result;
        };
        const result = verifier.verify(request);
        return isPromise(result) ? result.then(note) : note(result);
      }),
  };
}

const attributesOf = (result: VerifyResult) =>
  result.allowed
    ? { 'valetkey.result': 'allowed', 'valetkey.key_id': result.principal.key.id }
    : { 'valetkey.result': 'refused', 'valetkey.code': result.code };
