import { expect, test } from 'vitest';
import { decideOpeners } from './decide-openers.ts';

const URL = 'https://forum.example/new?a=1&b=$&';
const handler = 'url.dll,FileProtocolHandler';

test.each([
  ['a program', { BROWSER: 'w3m' }, [['w3m', URL]]],
  ['a program with arguments', { BROWSER: 'firefox --new-window' }, [['firefox', '--new-window', URL]]],
  ['the place of the address', { BROWSER: 'firefox %s' }, [['firefox', URL]]],
  ['the place within a word', { BROWSER: 'open --url=%s -g' }, [['open', `--url=${URL}`, '-g']]],
  [
    'several, to be tried in turn',
    { BROWSER: 'firefox:w3m -T' },
    [
      ['firefox', URL],
      ['w3m', '-T', URL],
    ],
  ],
  ['a file with spaces in its name', { BROWSER: '/opt/My Browser/run' }, [['/opt/My Browser/run', URL]]],
  ['a drive of Windows', { BROWSER: 'C:\\browser.exe %s' }, [['C:\\browser.exe', URL]]],
  ['nothing', {}, [['xdg-open', URL]]],
  [
    'nothing, on Linux within Windows',
    { WSL_DISTRO_NAME: 'Debian' },
    [
      ['wslview', URL],
      ['rundll32.exe', handler, URL],
      ['xdg-open', URL],
    ],
  ],
])('BROWSER: %s', (_case, env, openers) => {
  expect(decideOpeners(URL, env, 'linux', (path) => path === '/opt/My Browser/run')).toEqual(openers);
});

test('without BROWSER: uses the opener of the system', () => {
  expect(decideOpeners(URL, {}, 'darwin')).toEqual([['open', URL]]);
  expect(decideOpeners(URL, {}, 'win32')).toEqual([['rundll32', handler, URL]]);
});
