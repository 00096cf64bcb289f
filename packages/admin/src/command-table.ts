import type { Command } from './command.ts';
import { databaseCommands } from './commands/database-commands.ts';
import { keyCommands } from './commands/key-commands.ts';
import { siteCommands } from './commands/site-commands.ts';
import { userCommands } from './commands/user-commands.ts';

/** The commands by name, in the order of the help. */
export const COMMANDS: Readonly<Record<string, Command>> = {
  ...keyCommands,
  ...siteCommands,
  ...userCommands,
  ...databaseCommands,
};
