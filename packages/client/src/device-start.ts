import { findUrl, ValetkeyError } from '@valetkey/protocol';
import type { Login } from './login.ts';
import { membersOf, readJson, textOf } from './read-json.ts';
import { type HttpOptions, type SiteRequest, sendBuilt } from './send-request.ts';
import { readSiteRefusal } from './site-refusal.ts';

/** What to show to the person, who takes it to a browser on any other machine. */
export interface DevicePrompt {
  /** To be typed by the person, such as `WXYZ-2345`. */
  readonly userCode: string;
  /** Where to type it. */
  readonly verificationUri: string;
  /** The same page, which then also says who asks for what; good for a QR code. Null from sites without it. */
  readonly verificationUriWithRequest: string | null;
  readonly expiresInSeconds: number;
}

/** What a site handed out to wait with. */
export interface DeviceStart extends DevicePrompt {
  /** Secret: it fetches the answer. */
  readonly deviceCode: string;
  readonly intervalSeconds: number;
}

const DEFAULT_INTERVAL_SECONDS = 5;
const MAX_SECONDS = 86_400;

/** The question for a code, with the parameters of a login, for any HTTP client. @see PROTOCOL.md section 8 */
export function buildDeviceStart(login: Pick<Login, 'url'>): SiteRequest {
  return buildJsonPost(deviceUrl(login, 'device.json'), Object.fromEntries(login.url.searchParams));
}

/**
 * Asks for a code, with the parameters of a login. Sends nothing else.
 *
 * @throws {ValetkeyError} `site_unreachable`
 * @see PROTOCOL.md section 8
 */
export function deviceStartRequest(login: Pick<Login, 'url'>, options?: HttpOptions): Promise<Response> {
  return sendBuilt(buildDeviceStart(login), options);
}

/**
 * Judges the answer.
 *
 * @throws {SiteRefusal} if the site will not take the request
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
    throw new ValetkeyError('site_answer_unexpected', { reason: 'a part of the device code is missing' });
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

/** `/user-api-key/new` of the login's site, with another last part. */
export function deviceUrl({ url }: Pick<Login, 'url'>, name: string): URL {
  return new URL(name, url.origin + url.pathname);
}

/** The device endpoints take JSON only, so that no form of another site can begin here. */
export function buildJsonPost(url: URL, body: unknown): SiteRequest {
  const headers = { Accept: 'application/json', 'Content-Type': 'application/json' };
  return { url, method: 'POST', headers, body: JSON.stringify(body) };
}

/** Visible ASCII: the person has to type it, and a terminal shows it. */
function codeOf(value: unknown): string | null {
  const text = textOf(value);
  return text !== null && /^[\x21-\x7e]{1,200}$/.test(text) ? text : null;
}

/** A terminal or a QR code shows it and a browser opens it, so it is a web address as the URL parser spells it. */
function webUrlOf(value: unknown): string | null {
  const text = textOf(value);
  const url = text === null ? null : findUrl(text);
  return url && /^https?:$/.test(url.protocol) && url.username + url.password === '' ? url.href : null;
}

const secondsOf = (value: unknown): number | null =>
  typeof value === 'number' && value >= 1 && value <= MAX_SECONDS ? value : null;
