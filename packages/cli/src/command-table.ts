import type { Command } from './command.ts';

/** The commands in the order of the help. Each is loaded on demand. */
const LOADERS: Readonly<Record<string, () => Promise<Command>>> = {
  login: async () => (await import('./commands/login.ts')).login,
  import: async () => (await import('./commands/import.ts')).importCommand,
  request: async () => (await import('./commands/request.ts')).request,
  whoami: async () => (await import('./commands/whoami.ts')).whoami,
  scopes: async () => (await import('./commands/scopes.ts')).scopes,
  list: async () => (await import('./commands/list.ts')).list,
  token: async () => (await import('./commands/token.ts')).token,
  logout: async () => (await import('./commands/logout.ts')).logout,
  doctor: async () => (await import('./commands/doctor.ts')).doctor,
  completion: async () => (await import('./commands/completion.ts')).createCompletion(loadCommands),
};

export const COMMAND_NAMES = Object.keys(LOADERS);

/** Returns null if there is no command of this name. */
export async function findCommand(name: string): Promise<Command | null> {
  return Object.hasOwn(LOADERS, name) ? ((await LOADERS[name]?.()) ?? null) : null;
}

/** Loads all commands, for the help and for completion. */
export function loadCommands(): Promise<readonly Command[]> {
  return Promise.all(Object.values(LOADERS).map((load) => load()));
}
