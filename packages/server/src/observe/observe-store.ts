import { ValetkeyError } from '@valetkey/protocol';
import type { Store } from '../ports/store.ts';
import type { Metrics } from './metrics.ts';
import { noTrace, type Trace } from './trace.ts';

type Method = (...parameters: unknown[]) => unknown;

/** Counts and times the calls of a store by method, and runs each within a span. */
export function observeStore(
  store: Store,
  {
    metrics,
    trace = noTrace,
  }: { readonly metrics?: Metrics | undefined; readonly trace?: Trace | undefined },
): Store {
  const observed = new Map<PropertyKey, Method>();

  function observe(operation: string, method: Method): Method {
    const duration = metrics?.histogram('valetkey_store_duration_seconds', { operation });
    const count = (result: string) => {
      const counter = metrics?.counter('valetkey_store_operations_total', { operation, result });
      if (counter) counter.value += 1;
    };
    return async (...parameters) => {
      const startedAt = performance.now();
      try {
        const result = await trace(`valetkey store ${operation}`, () =>
          Promise.resolve(method.apply(store, parameters)),
        );
        count('ok');
        return result;
      } catch (error) {
        count(error instanceof ValetkeyError ? error.code : 'error');
        throw error;
      } finally {
        duration?.observe((performance.now() - startedAt) / 1000);
      }
    };
  }

  // A store may be an instance of a class, so its methods cannot be copied.
  return new Proxy(store, {
    get(target, name) {
      const value: unknown = Reflect.get(target, name);
      if (typeof value !== 'function' || typeof name !== 'string' || name === 'close')
        return typeof value === 'function' ? value.bind(target) : value;
      const known = observed.get(name) ?? observe(name, value as Method);
      observed.set(name, known);
      return known;
    },
  });
}
