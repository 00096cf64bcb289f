import { afterAll } from 'vitest';

// Test files share a process. Hono’s server replaces these globals of its process; each file starts with those of Node.
const own = { Request, Response };
afterAll(() => void Object.assign(globalThis, own));
