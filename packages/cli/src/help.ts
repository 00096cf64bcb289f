import type { Command } from './command.ts';
import type { Style } from './terminal/style.ts';
import { wrap } from './terminal/wrap.ts';

/** Maximum width and style of a text. */
export interface HelpFormat {
  readonly style: Style;
  readonly columns: number;
}

const QUESTIONS = `Where do I get an API key?
  valetkey login forum.example
How do I make the key pair?
  login creates one and deletes it afterwards.
How do I post from a script?
  valetkey login forum.example --scopes read,write
  valetkey request POST /posts.json --data '{"title": …, "raw": …}'
Why do I get 403?
  valetkey doctor forum.example --request "GET /latest.json"
Does a site allow my redirect URL?
  valetkey doctor forum.example --redirect https://app.example/callback
How do I revoke a key?
  valetkey logout forum.example`;

const EXIT_CODES = `0    success
1    the site rejected the request, or you declined it
2    wrong usage
3    the site cannot be reached
4    not logged in to the site
5    the response, key file or keychain cannot be used
130  interrupted`;

/** `valetkey --help` */
export function overview(commands: readonly Command[], { style, columns }: HelpFormat): string {
  const width = Math.max(...commands.map(({ name }) => name.length));
  const rows = commands.map(
    ({ name, summary }) =>
      `  ${style.bold(name.padEnd(width))}  ${wrap(summary, columns, ' '.repeat(width + 4))}`,
  );
  return `valetkey: user API keys from any Discourse or Valetkey site

  valetkey <command> [options]       valetkey <command> --help for details

${style.bold('Commands')}
${rows.join('\n')}

The site can be omitted if you have keys for one site only.

${style.bold('Questions')}
${indent(QUESTIONS)}

${style.bold('Exit codes')}
${indent(EXIT_CODES)}
`;
}

const HELP_OPTION = { type: 'boolean', short: 'h', about: 'show this help' } as const;

/** Quotes a value of several words, so that it cannot be read as a part of the sentence. */
const quote = (value: string): string => (value.includes(' ') ? `"${value}"` : value);

/** `valetkey <command> --help` */
export function explainCommand(command: Command, { style, columns }: HelpFormat): string {
  const options = Object.entries({ ...command.options, help: HELP_OPTION });
  const spelled = options.map(([name, option]) => ({ spelling: spell(name, option), ...option }));
  const width = Math.min(24, Math.max(...spelled.map(({ spelling }) => spelling.length)));
  const gap = ' '.repeat(width + 4);
  const rows = spelled.map(({ spelling, about, ...option }) => {
    const standard =
      'default' in option && typeof option.default === 'string' ? ` (default: ${quote(option.default)})` : '';
    const start = spelling.length > width ? `${spelling}\n${gap}` : `${spelling.padEnd(width)}  `;
    return `  ${start}${wrap(about + standard, columns, gap)}`;
  });
  /** Wraps sentences to the width of the terminal. Keeps examples as they are, so that users can copy them. */
  const show = (part: string) =>
    part.includes('\n  ')
      ? part.replace(/^\S.*$/m, (heading) => style.bold(heading))
      : wrap(part.replaceAll('\n', ' '), columns, '');
  return `${wrap(`valetkey ${command.name}: ${command.summary}`, columns, '')}

  ${wrap(`valetkey ${command.name} ${command.usage}`, columns, '    ')}

${rows.join('\n')}

${command.details.split('\n\n').map(show).join('\n\n')}
`;
}

function spell(name: string, option: { readonly short?: string; readonly value?: string }): string {
  const short = option.short === undefined ? '' : `-${option.short}, `;
  return `${short}--${name}${option.value === undefined ? '' : ` ${option.value}`}`;
}

const indent = (text: string): string => text.replace(/^(?=.)/gm, '  ');
