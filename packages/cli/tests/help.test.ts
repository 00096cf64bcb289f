import { expect, test } from 'vitest';
import { loadCommands } from '../src/command-table.ts';
import { explainCommand, overview } from '../src/help.ts';
import { createStyle } from '../src/terminal/style.ts';
import { createHome } from './run-command.ts';

const plain = { style: createStyle({}), columns: 80 };
const COMMANDS = await loadCommands();
const names = COMMANDS.map(({ name }) => name);

test('--help: lists every command and answers common questions', () => {
  const text = overview(COMMANDS, plain);
  for (const name of names) expect(text).toMatch(new RegExp(`^ {2}${name} `, 'm'));
  expect(text.split('\n').filter((line) => line.length > 80)).toEqual([]);
  for (const question of ['key pair', '403', 'post from a script', 'my redirect URL'])
    expect(text).toContain(question);
});

test.each(COMMANDS.map((command) => [command.name, command] as const))(
  '%s --help: explains every option within the width of the terminal',
  (_name, command) => {
    const text = explainCommand(command, plain);
    for (const name of Object.keys(command.options)) expect(text).toContain(`--${name}`);
    expect(text.split('\n').filter((line) => line.length > 80)).toEqual([]);
  },
);

test.each([
  ['a terminal', { isTTY: true }, {}, true],
  ['a pipe or a file', {}, {}, false],
  ['a terminal and NO_COLOR', { isTTY: true }, { NO_COLOR: '1' }, false],
  ['a terminal and an empty NO_COLOR', { isTTY: true }, { NO_COLOR: '' }, true],
  ['a terminal that is dumb', { isTTY: true }, { TERM: 'dumb' }, false],
])('colours: %s', (_case, stream, env, isColoured) => {
  expect(createStyle(stream, env).red('text') !== 'text').toBe(isColoured);
});

test('help: goes to standard output, in either word order, without colours in a pipe', async () => {
  const home = createHome();
  const [one, other] = [await home.run(['login', '--help']), await home.run(['help', 'login'])];
  expect(one).toMatchObject({ exitCode: 0, stderr: '' });
  expect(one.stdout).toBe(other.stdout);
  expect(one.stdout).toContain('--profile-out FILE');
  expect(one.stdout).not.toContain('\u001b');
  home.remove();
});

test('help: rejects an unknown command', async () => {
  const home = createHome();
  for (const words of [['help', 'logn'], ['logn']]) {
    const { exitCode, stdout, stderr } = await home.run(words);
    expect([exitCode, stdout]).toEqual([2, '']);
    expect(stderr).toContain('Unknown command “logn”');
  }
  home.remove();
});
