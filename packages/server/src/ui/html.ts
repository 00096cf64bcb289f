import type { html } from 'hono/html';

/** The result of the `html` tag. It escapes every inserted value, except other results of the tag. */
export type Html = ReturnType<typeof html>;
