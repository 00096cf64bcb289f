import { findUrl, ValetkeyError } from '@valetkey/protocol';
import type { Login } from './login.ts';
import { membersOf, readJson, textOf } from './read-json.ts';
import { type HttpOptions, type SiteRequest, sendBuilt } from './send-request.ts';
import { readSiteRefusal } from './site-refusal.ts';

/** What to show to the user, who can use a browser on any device. */
export interface DevicePrompt {
  /** The code to type, such as `WXYZ-2345`. */
  readonly userCode: string;
  /** URL of the page where the user types the code. */
  readonly verificationUri: string;
  /** URL of the same page that also shows the request; suitable for a QR code. Null if the site has no such URL. */
  readonly verificationUriWithRequest: string | null;
  readonly expiresInSeconds: number;
}

/** The response to a device authorization request. */
export interface DeviceStart extends DevicePrompt {
  /** Secret: the credential for polling. */
  readonly deviceCode: string;
  readonly intervalSeconds: number;
}

const DEFAULT_INTERVAL_SECONDS = 5;
const MAX_SECONDS = 86_400;

/**
 * Builds a device authorization request with the parameters of a login, for any HTTP client.
 *
 * @see PROTOCOL.md#start-a-device-request
 */
export function buildDeviceStart(login: Pick<Login, 'url'>): SiteRequest {
  return buildJsonPost(deviceUrl(login, 'device.json'), Object.fromEntries(login.url.searchParams));
}

/**
 * Sends a device authorization request with the parameters of a login.
 *
 * @throws {ValetkeyError} `site_unreachable`
 * @see PROTOCOL.md#start-a-device-request
 */
export function deviceStartRequest(login: Pick<Login, 'url'>, options?: HttpOptions): Promise<Response> {
  return sendBuilt(buildDeviceStart(login), options);
}

/**
 * Parses the response to a device authorization request.
 *
 * @throws {SiteRefusal} if the site rejects the request
 * @throws {ValetkeyError} `site_has_no_device_flow`, `site_answer_unexpected`
 */
export async function processDeviceStart(answer: Response): Promise<DeviceStart> {
  if (answer.status === 404) throw new ValetkeyError('site_has_no_device_flow');
  if (!answer.ok) throw await readSiteRefusal(answer);
  const body = membersOf(await readJson(answer));
  const deviceCode = codeOf(body.device_code);
  const userCode = codeOf(body.user_code);
  const verificationUri = webUrlOf(body.verification_uri);
  const expiresInSeconds = secondsOf(body.expires_in);
  const intervalSeconds = secondsOf(body.interval ?? DEFAULT_INTERVAL_SECONDS);
  if (!deviceCode || !userCode || !verificationUri || !expiresInSeconds || !intervalSeconds) {
    throw new ValetkeyError('site_answer_unexpected', {
      reason: 'device_response_incomplete',
    });
  }
  const verificationUriWithRequest = webUrlOf(body.verification_uri_with_request);
  return {
    deviceCode,
    userCode,
    verificationUri,
    verificationUriWithRequest,
    expiresInSeconds,
    intervalSeconds,
  };
}

/** Returns the URL of a device endpoint of the site. */
export function deviceUrl({ url }: Pick<Login, 'url'>, name: string): URL {
  return new URL(name, url.origin + url.pathname);
}

/** The device endpoints accept JSON only, so that a form on another site cannot start this flow. */
export function buildJsonPost(url: URL, body: unknown): SiteRequest {
  const headers = { Accept: 'application/json', 'Content-Type': 'application/json' };
  return { url, method: 'POST', headers, body: JSON.stringify(body) };
}

/** Accepts visible ASCII only: the user types the code, and a terminal displays it. */
function codeOf(value: unknown): string | null {
  const text = textOf(value);
  return text !== null && /^[\x21-\x7e]{1,200}$/.test(text) ? text : null;
}

/** Accepts http(s) URLs only and normalizes them: a terminal or QR code displays the URL, and a browser opens it. */
function webUrlOf(value: unknown): string | null {
  const text = textOf(value);
  const url = text === null ? null : findUrl(text);
  return url && /^https?:$/.test(url.protocol) && url.username + url.password === '' ? url.href : null;
}

const secondsOf = (value: unknown): number | null =>
  typeof value === 'number' && value >= 1 && value <= MAX_SECONDS ? value : null;
