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

/** `authorize` needs a fetch-style Request and Response, which only Hono provides. */
const WITHOUT_REQUEST: readonly Variant[] = [
  'bare',
  'bare + limits',
  'verify',
  'verify + headers',
  'embedding',
  'guard',
  'endpoints + guard',
];

/** The frameworks by the names that `--only` accepts. */
export const FRAMEWORKS: Readonly<Record<string, Framework>> = {
  node: { start: startNode, variants: WITHOUT_REQUEST },
  hono: { start: startHono, variants: Object.keys(VARIANTS) as Variant[] },
  express: { start: startExpress, variants: WITHOUT_REQUEST },
  // Its adapter is one plugin: endpoints and guard.
  fastify: { start: startFastify, variants: WITHOUT_REQUEST.filter((variant) => variant !== 'guard') },
};
