import type { Command } from './command.ts';

/** Every command, in the order of the help: as a person meets them. Each is loaded only when it is wanted. */
const LOADERS: Readonly<Record<string, () => Promise<Command>>> = {
  login: async () => (await import('./commands/login.ts')).login,
  request: async () => (await import('./commands/request.ts')).request,
  whoami: async () => (await import('./commands/whoami.ts')).whoami,
  scopes: async () => (await import('./commands/scopes.ts')).scopes,
  list: async () => (await import('./commands/list.ts')).list,
  token: async () => (await import('./commands/token.ts')).token,
  logout: async () => (await import('./commands/logout.ts')).logout,
  doctor: async () => (await import('./commands/doctor.ts')).doctor,
  completion: async () => (await import('./commands/completion.ts')).createCompletion(loadCommands),
};

/** Null if there is none of this name. */
export async function findCommand(name: string): Promise<Command | null> {
  return Object.hasOwn(LOADERS, name) ? ((await LOADERS[name]?.()) ?? null) : null;
}

/** All of them, for the help and for completion. */
export function loadCommands(): Promise<readonly Command[]> {
  return Promise.all(Object.values(LOADERS).map((load) => load()));
}
