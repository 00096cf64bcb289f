/** The version of the protocol that Valetkey speaks, sent as `Auth-Api-Version` (PROTOCOL.md section 1). */
export const AUTH_API_VERSION = 4;

/** What the capability probe told. */
export interface ProbeResult {
  /** Whether the site hands out user API keys now. */
  readonly isAvailable: boolean;
  /** 0 if the site did not say. */
  readonly version: number;
  /** Whether keys can be had by device authorization (PROTOCOL.md section 8). */
  readonly hasDeviceFlow: boolean;
}

/** The part of an answer that the probe looks at; a fetch `Response` is one. */
export interface ProbeAnswer {
  readonly status: number;
  readonly headers: { get(name: string): string | null };
}

/** Reads the answer to `HEAD /user-api-key/new` (PROTOCOL.md section 1). Never throws: whatever is odd is "not available". */
export function readProbe(answer: ProbeAnswer): ProbeResult {
  const text = answer.headers.get('auth-api-version')?.trim() ?? '';
  const version = /^[0-9]{1,4}$/.test(text) ? Number(text) : 0;
  return {
    isAvailable: answer.status === 200 && version > 0,
    version,
    hasDeviceFlow: answer.headers.get('auth-api-device-code')?.trim().toLowerCase() === 'true',
  };
}
