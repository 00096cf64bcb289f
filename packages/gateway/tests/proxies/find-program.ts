import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { describe } from 'vitest';

const FOLDERS = [...(process.env.PATH ?? '').split(delimiter), '/usr/sbin', '/usr/local/sbin'];

/** Returns the path of a program; null if it is not installed. */
export const findProgram = (name: string): string | null =>
  FOLDERS.map((folder) => join(folder, name)).find((path) => existsSync(path)) ?? null;

/**
 * Returns `describe` for tests that need a program. Without it they are reported as skipped by name; with `CI` set they
 * fail.
 */
export const describeWith = (name: string): typeof describe | typeof describe.skip =>
  findProgram(name) === null && process.env.CI === undefined ? describe.skip : describe;
