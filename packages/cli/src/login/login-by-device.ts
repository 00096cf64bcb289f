import { type DevicePrompt, deviceLogin, type FetchOptions, type LoginOptions } from '@valetkey/client';
import { saveCompileCache } from '../compile-cache.ts';
import { createStyle } from '../terminal/style.ts';
import { drawQrCode } from './draw-qr-code.ts';
import type { Granted } from './login-by-browser.ts';
import type { Report } from './report.ts';
import { showTimeLeft } from './show-time-left.ts';

/**
 * Lets the user approve on another device by entering a code. The link in the QR code only shows the request; it
 * approves nothing without the code.
 *
 * @throws {ValetkeyError} `access_denied`, `expired_token`, `site_has_no_device_flow`, and the errors of
 *   `deviceLogin`
 */
export async function loginByDevice(
  asked: LoginOptions,
  report: Report,
  network: FetchOptions,
): Promise<Granted> {
  const { stderr } = process;
  let stopCounting = (): void => {};
  try {
    const { key, expiresAt } = await deviceLogin({
      ...asked,
      ...network,
      onCode(prompt) {
        report.ask(sayCode(prompt, stderr), toEvent(prompt));
        stopCounting = showTimeLeft(stderr, prompt.expiresInSeconds * 1000);
        saveCompileCache();
      },
    });
    return { key, expiresAt };
  } finally {
    stopCounting();
  }
}

function sayCode(prompt: DevicePrompt, stream: NodeJS.WriteStream): string {
  const { userCode, verificationUri, verificationUriWithRequest } = prompt;
  const style = createStyle(stream);
  const picture = stream.isTTY ? drawQrCode(verificationUriWithRequest ?? verificationUri, stream) : null;
  return `On any device with a browser, open this address, sign in, and type the code:

  ${verificationUri}

  ${style.bold(userCode)}
${picture === null ? '' : `\nOr scan this, and type the code there:\n\n${picture}\n`}
Type it only if you began this yourself.`;
}

/** Stable: programs read it. */
const toEvent = (prompt: DevicePrompt) => ({
  event: 'code',
  user_code: prompt.userCode,
  verification_uri: prompt.verificationUri,
  verification_uri_with_request: prompt.verificationUriWithRequest,
  expires_in: prompt.expiresInSeconds,
});
