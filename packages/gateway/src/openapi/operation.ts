import type { Method } from '@valetkey/server';

/** An operation of an OpenAPI document. */
export interface Operation {
  readonly id: string;
  readonly method: Method;
  /** As routes have it, with the base path: `/v1/notes/:id`. */
  readonly path: string;
  readonly summary: string | null;
  readonly tags: readonly string[];
  /** False with `x-valetkey: false`: no scope can contain it, and no key reaches it by another template. */
  readonly isOffered: boolean;
}
