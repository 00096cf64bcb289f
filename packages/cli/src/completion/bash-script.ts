import type { Command, WordKind } from '../command.ts';

/** Completion for bash 3.2 and newer, without the bash-completion package. */
export function bashScript(commands: readonly Command[]): string {
  const afterOption = commands.flatMap((command) =>
    Object.entries(command.options)
      .filter(([, { type }]) => type === 'string')
      .map(([name, { completes }]) => `    '${command.name} --${name}') ${offer(completes)}; return ;;`),
  );
  const inCommand = commands.map((command) => {
    const options = Object.keys({ help: null, ...command.options }).map((name) => `--${name}`);
    return `    ${command.name}) if [[ $word == -* ]]; then ${offer(options)}; else ${offer(command.completes)}; fi ;;`;
  });
  return `# valetkey completion for bash: source <(valetkey completion bash)
_valetkey_offer() {
  local each
  for each in "$@"; do [[ $each == "$word"* ]] && COMPREPLY+=("$each"); done
}
_valetkey() {
  local word=\${COMP_WORDS[COMP_CWORD]} before=\${COMP_WORDS[COMP_CWORD-1]} command=\${COMP_WORDS[1]}
  COMPREPLY=()
  if ((COMP_CWORD == 1)); then ${offer([...commands.map(({ name }) => name), '--help', '--version'])}; return; fi
  case "$command $before" in
${afterOption.join('\n')}
  esac
  case $command in
${inCommand.join('\n')}
  esac
}
complete -F _valetkey valetkey
`;
}

function offer(kind: WordKind | undefined): string {
  if (kind === undefined) return ':';
  if (kind === 'site') return '_valetkey_offer $(valetkey completion sites 2>/dev/null)';
  if (kind === 'identity') return '_valetkey_offer $(valetkey completion identities 2>/dev/null)';
  if (kind === 'file') return 'COMPREPLY=($(compgen -f -- "$word"))';
  return `_valetkey_offer ${kind.join(' ')}`;
}
