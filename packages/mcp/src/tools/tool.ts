import type { Method } from '@valetkey/server';

/** A JSON Schema of an object, which clients show to their model. */
export interface ObjectSchema {
  readonly type: 'object';
  readonly properties?: Readonly<Record<string, object>>;
  readonly required?: readonly string[];
  readonly [keyword: string]: unknown;
}

/** The input of a call, valid by the schema of its tool. */
export interface ToolInput {
  // biome-ignore lint/suspicious/noExplicitAny: the schema of the tool has validated it
  readonly [name: string]: any;
}

/** The request that a call becomes. */
export interface ToolRequest {
  /** The values of the route's path parameters. They are encoded. */
  readonly parameters?: Readonly<Record<string, string | number>>;
  /** Values that are undefined are left out. */
  readonly query?: Readonly<Record<string, string | number | boolean | undefined>>;
  /** Sent as JSON. */
  readonly body?: Readonly<Record<string, unknown>>;
}

/** What a client may show or ask before it calls a tool (MCP). Hints, not promises: clients need not trust them. */
export interface ToolAnnotations {
  readonly readOnlyHint?: boolean;
  readonly destructiveHint?: boolean;
  readonly idempotentHint?: boolean;
  readonly openWorldHint?: boolean;
}

/** A tool for agents: one route of the site, with an input and a result for a model. */
export interface Tool {
  /** One to 64 characters of a–z, 0–9 and _. */
  readonly name: string;
  /** A few words for users. */
  readonly title: string;
  /** What the tool does and returns, for the model. */
  readonly description: string;
  /** The name of the route, as scopes use it. */
  readonly route: string;
  readonly method: Method;
  /** The path of the route, if several routes have this name. @default the first of them */
  readonly path?: string;
  /** The extension of the path. @default `json` if the route has it */
  readonly format?: string;
  readonly input: ObjectSchema;
  readonly output?: ObjectSchema;
  /** @default derived from the method: GET only reads, DELETE destroys */
  readonly annotations?: ToolAnnotations;
  /** Returns the request for this input. An `Error` becomes the result of the call, so that the model can correct it. */
  toRequest(input: ToolInput): ToolRequest;
  /** Returns the result for the model from the JSON of the response. @default the JSON as it is */
  // biome-ignore lint/suspicious/noExplicitAny: the shape of the site's own JSON
  toResult?(json: any, input: ToolInput): unknown;
}
