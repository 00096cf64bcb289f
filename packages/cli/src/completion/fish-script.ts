import type { Command, WordKind } from '../command.ts';

/** Completion for fish. */
export function fishScript(commands: readonly Command[]): string {
  const lines = commands.flatMap((command) => {
    const when = `-n '__fish_seen_subcommand_from ${command.name}'`;
    const options = Object.entries(command.options).map(([name, { type, about, completes }]) => {
      const value = type === 'string' ? ` -r ${offer(completes)}` : '';
      return `complete -c valetkey ${when} -l ${name}${value} -d ${quote(about)}`;
    });
    return [
      `complete -c valetkey -n __fish_use_subcommand -a ${command.name} -d ${quote(command.summary)}`,
      ...(command.completes === undefined
        ? []
        : [`complete -c valetkey ${when} ${offer(command.completes)}`]),
      ...options,
    ];
  });
  return `# valetkey completion for fish\ncomplete -c valetkey -f\n${lines.join('\n')}\n`;
}

const quote = (text: string): string => `'${text.replace(/['\\]/g, '\\$&')}'`;

function offer(kind: WordKind | undefined): string {
  if (kind === undefined) return '-f';
  if (kind === 'site') return "-f -a '(valetkey completion sites 2>/dev/null)'";
  if (kind === 'identity') return "-f -a '(valetkey completion identities 2>/dev/null)'";
  if (kind === 'file') return '-F';
  return `-f -a '${kind.join(' ')}'`;
}
