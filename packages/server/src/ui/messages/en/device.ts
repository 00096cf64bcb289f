import { html } from 'hono/html';

/** The pages on which a user enters the code of a device and decides about its request. */
export const device = {
  title: 'Connect a device',
  code: 'Code',
  codeHint: '8 letters and digits. Case, spaces and the dash do not matter.',
  continue: 'Continue',
  codeWarning:
    'Enter only a code that your own device shows you now. If someone sent you the code, they are trying to access your account. You can review the request on the next page.',
  problems: {
    invalid_code: 'This code is incorrect. Compare it with the code on your device and enter it again.',
    expired_code: 'This request has expired or was already approved or declined. Start again on the device.',
    no_trust_level: 'Your account is not allowed to approve apps on this site.',
  },
  linkWarning: ({ app }: { app: string }) =>
    html`Approve only if you just started <bdi>${app}</bdi> on your own device. If someone sent you this link, their
      device would get access to your account.`,
  enteredCodeWarning: ({ app }: { app: string }) =>
    html`Approve only if you just started <bdi>${app}</bdi> on your own device. If someone sent you the code, their
      device would get access to your account.`,
  requestedFrom: 'Requested from',
  sameIpAddress: ({ ipAddress }: { ipAddress: string }) =>
    html`<bdi>${ipAddress}</bdi>, the same IP address as yours`,
  requested: 'Requested',
  toDecline: 'To decline, close this page. If you do not approve, the request expires.',
  done: {
    title: 'Device connected',
    heading: 'Your device is connected',
    meaning: ({ app }: { app: string }) =>
      html`<bdi>${app}</bdi> will continue within a few seconds. You can close this page.`,
  },
};
