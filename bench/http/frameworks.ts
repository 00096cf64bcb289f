import { startExpress } from './express-server.ts';
import { startFastify } from './fastify-server.ts';
import { startHono } from './hono-server.ts';
import { startNode } from './node-server.ts';
import { type StartServer, VARIANTS, type Variant } from './variants.ts';

/** A framework and the variants that make sense with it. */
interface Framework {
  readonly start: StartServer;
  readonly variants: readonly Variant[];
}

/** `authorize` takes a fetch-style Request, which only Hono hands to its handlers. */
const WITHOUT_REQUEST: readonly Variant[] = ['bare', 'verify', 'verify + headers', 'embedding'];

/** The frameworks by the names that `--only` takes. */
export const FRAMEWORKS: Readonly<Record<string, Framework>> = {
  node: { start: startNode, variants: WITHOUT_REQUEST },
  hono: { start: startHono, variants: Object.keys(VARIANTS) as Variant[] },
  express: { start: startExpress, variants: WITHOUT_REQUEST },
  fastify: { start: startFastify, variants: WITHOUT_REQUEST },
};
