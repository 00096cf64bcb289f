import type { Command, WordKind } from '../command.ts';

/** Completion for zsh; works from a folder of `fpath` and when sourced. */
export function zshScript(commands: readonly Command[]): string {
  const names = commands.map(({ name, summary }) => `    ${quote(`${name}:${summary}`)}`);
  const cases = commands.map((command) => {
    const options = Object.entries(command.options).map(([name, { type, about, value, completes }]) => {
      const what = type === 'string' ? `:${escapeSpec(value ?? name)}:${offer(completes)}` : '';
      return `      ${quote(`--${name}[${escapeSpec(about)}]${what}`)}`;
    });
    const operand = `      ${quote(`*:word:${offer(command.completes)}`)}`;
    const help = `      '--help[explain this command]'`;
    return `    ${command.name}) _arguments \\\n${[...options, help, operand].join(' \\\n')} ;;`;
  });
  return `#compdef valetkey
# valetkey completion for zsh
_valetkey_words() { compadd -- \${(f)"$(valetkey completion $1 2>/dev/null)"} }
_valetkey() {
  local -a commands=(
${names.join('\n')}
  )
  if ((CURRENT == 2)); then _describe command commands; return; fi
  local command=$words[2]
  shift words; ((CURRENT--))
  case $command in
${cases.join('\n')}
  esac
}
if [[ $funcstack[1] == _valetkey ]]; then _valetkey "$@"; else compdef _valetkey valetkey; fi
`;
}

const quote = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`;

/** Escapes characters with a meaning in a specification of `_arguments`. */
const escapeSpec = (text: string): string => text.replace(/[[\]:\\`$]/g, '\\$&');

function offer(kind: WordKind | undefined): string {
  if (kind === undefined) return '';
  if (kind === 'site') return '{_valetkey_words sites}';
  if (kind === 'identity') return '{_valetkey_words identities}';
  if (kind === 'file') return '_files';
  return `(${kind.join(' ')})`;
}
