/** The protocol version of Valetkey, sent as `Auth-Api-Version` (PROTOCOL.md#capabilities). */
export const AUTH_API_VERSION = 4;

/** The result of the capability probe. */
export interface ProbeResult {
  /** Whether the site issues user API keys. */
  readonly isAvailable: boolean;
  /** 0 if the response has none. */
  readonly version: number;
  /** Whether the site supports device authorization (PROTOCOL.md#device-flow). */
  readonly hasDeviceFlow: boolean;
  /** Whether the site lists its scopes with sentences (PROTOCOL.md#list-scopes). False for Discourse. */
  readonly hasScopeList: boolean;
}

/** The parts of a response that the probe needs, such as a fetch `Response`. */
export interface ProbeAnswer {
  readonly status: number;
  readonly headers: { get(name: string): string | null };
}

/**
 * Parses the response to `HEAD /user-api-key/new` (PROTOCOL.md#capabilities). Never throws: an unexpected response means
 * "not available".
 */
export function readProbe(answer: ProbeAnswer): ProbeResult {
  const text = answer.headers.get('auth-api-version')?.trim() ?? '';
  const version = /^[0-9]{1,4}$/.test(text) ? Number(text) : 0;
  return {
    isAvailable: answer.status === 200 && version > 0,
    version,
    hasDeviceFlow: isTrue(answer, 'auth-api-device-code'),
    hasScopeList: isTrue(answer, 'auth-api-scopes'),
  };
}

const isTrue = ({ headers }: ProbeAnswer, name: string): boolean =>
  headers.get(name)?.trim().toLowerCase() === 'true';
