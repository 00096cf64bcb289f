import type { ErrorDetails } from '@valetkey/protocol';
import { redactText } from './redact-text.ts';

/**
 * What a refusal tells of the request, such as a scope that does not exist, without what looks like a secret: somebody
 * who put a key in the wrong field gets an answer that can be shown around.
 */
export function redactDetails(details: ErrorDetails): ErrorDetails {
  return Object.fromEntries(Object.entries(details).map(([name, value]) => [name, redact(value)]));
}

function redact<T>(value: T): T | string {
  if (Array.isArray(value)) return value.map(redact) as T;
  return typeof value === 'string' ? redactText(value) : value;
}
