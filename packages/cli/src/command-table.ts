import type { Command } from './command.ts';
import { createCompletion } from './commands/completion.ts';
import { doctor } from './commands/doctor.ts';
import { list } from './commands/list.ts';
import { login } from './commands/login.ts';
import { logout } from './commands/logout.ts';
import { request } from './commands/request.ts';
import { scopes } from './commands/scopes.ts';
import { token } from './commands/token.ts';
import { whoami } from './commands/whoami.ts';

/** Every command, in the order of the help: as a person meets them. */
export const COMMANDS: readonly Command[] = [
  login,
  request,
  whoami,
  scopes,
  list,
  token,
  logout,
  doctor,
  createCompletion(() => COMMANDS),
];
