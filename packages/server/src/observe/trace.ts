/** The attributes of a span. None contains a key, a user, an IP address or a text of a request. */
export type SpanAttributes = Readonly<Record<string, string | number | boolean>>;

/**
 * Runs work within a span, which ends when the work has returned or its promise has settled. `openTelemetryTrace` from
 * `@valetkey/server/opentelemetry` implements it; a site can pass its own function.
 *
 * @param name a verb and what it acts on, from a fixed set
 * @param work must be called once; may call `annotate` until it has ended
 */
export type Trace = <Result>(
  name: string,
  work: (annotate: (attributes: SpanAttributes) => void) => Result,
) => Result;

/** Runs the work without a span. */
export const noTrace: Trace = (_name, work) => work(() => {});
