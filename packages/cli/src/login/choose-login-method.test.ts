import { expect, test } from 'vitest';
import { chooseLoginMethod } from './choose-login-method.ts';

const desktop = {
  requested: null,
  hasDeviceFlow: true,
  env: { DISPLAY: ':0' },
  platform: 'linux',
  isContainer: false,
} as const;

test.each([
  ['a desktop', desktop, 'browser'],
  ['a Mac', { ...desktop, platform: 'darwin', env: {} }, 'browser'],
  ['Windows’ Linux', { ...desktop, env: { WSL_DISTRO_NAME: 'Debian' } }, 'browser'],
  [
    'another computer, by SSH',
    { ...desktop, env: { DISPLAY: ':0', SSH_CONNECTION: '192.0.2.1 1 2 3' } },
    'device',
  ],
  ['a Mac, by SSH', { ...desktop, platform: 'darwin', env: { SSH_TTY: '/dev/tty1' } }, 'device'],
  ['a container', { ...desktop, isContainer: true }, 'device'],
  ['a Linux without a screen', { ...desktop, env: {} }, 'device'],
  ['a build server', { ...desktop, env: { DISPLAY: ':0', CI: 'true' } }, 'device'],
  [
    'a container with a browser of its own',
    { ...desktop, isContainer: true, env: { BROWSER: 'w3m' } },
    'browser',
  ],
  [
    'a container, and a site without the device flow',
    { ...desktop, isContainer: true, hasDeviceFlow: false },
    'browser',
  ],
  ['a desktop, with --device', { ...desktop, requested: 'device' }, 'device'],
  ['a container, with --paste', { ...desktop, isContainer: true, requested: 'paste' }, 'paste'],
] as const)('login method: %s', (_case, surroundings, method) => {
  expect(chooseLoginMethod(surroundings)).toBe(method);
});
