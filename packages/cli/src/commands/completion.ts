import { type Command, defineCommand } from '../command.ts';
import { CliError, EXIT } from '../exit-codes.ts';

/**
 * @param listCommands all of them, this one among them
 */
export const createCompletion = (listCommands: () => Promise<readonly Command[]>): Command =>
  defineCommand({
    name: 'completion',
    summary: 'print a script that completes commands, options and sites in a shell',
    usage: '<bash|zsh|fish>',
    options: {},
    completes: ['bash', 'zsh', 'fish'],
    details: `Examples
  echo 'source <(valetkey completion bash)' >> ~/.bashrc
  valetkey completion zsh > "\${fpath[1]}/_valetkey"
  valetkey completion fish > ~/.config/fish/completions/valetkey.fish

The scripts run “valetkey completion sites” and “valetkey completion identities” to list your sites and identities.`,
    async run({ operands }) {
      const { findWords } = await import('../completion/find-words.ts');
      const words = findWords(operands[0] ?? '', await listCommands());
      if (words === null || operands.length !== 1)
        throw new CliError(EXIT.usage, 'Name a shell: valetkey completion bash, zsh or fish');
      process.stdout.write(words);
    },
  });
