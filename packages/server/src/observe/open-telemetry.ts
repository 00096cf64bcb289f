import { type Attributes, type Span, SpanStatusCode, type Tracer, trace } from '@opentelemetry/api';
import { ValetkeyError } from '@valetkey/protocol';
import { isPromise } from '../core/maybe-promise.ts';
import type { Trace } from './trace.ts';

/**
 * Returns a `Trace` that creates spans of OpenTelemetry. Needs the package `@opentelemetry/api`. A failed span has the
 * error code, and never a message.
 *
 * @param tracer creates the spans. @default the tracer `@valetkey/server` of the registered provider
 * @example
 * ```ts
 * const store = createSqliteStore({ path: 'valetkey.sqlite' });
 * const valetkey = await createValetkey({ site, store, trace: openTelemetryTrace() });
 * ```
 */
export function openTelemetryTrace(tracer: Tracer = trace.getTracer('@valetkey/server')): Trace {
  return <Result>(name: string, work: (annotate: (attributes: Attributes) => void) => Result): Result =>
    tracer.startActiveSpan(name, (span) => {
      try {
        const result = work((attributes) => span.setAttributes(attributes));
        if (!isPromise(result)) {
          span.end();
          return result;
        }
        result.then(
          () => span.end(),
          (error: unknown) => fail(span, error),
        );
        return result;
      } catch (error) {
        fail(span, error);
        throw error;
      }
    });
}

function fail(span: Span, error: unknown): void {
  span.setAttribute('error.type', error instanceof ValetkeyError ? error.code : '_OTHER');
  span.setStatus({ code: SpanStatusCode.ERROR });
  span.end();
}
