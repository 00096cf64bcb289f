import type { NewAuditEvent } from '../core/audit/audit-event.ts';
import type { Store } from '../ports/store.ts';

type Method = (...parameters: unknown[]) => unknown;

/**
 * Returns a store that reports the audit events of each change, once it is committed. A factory is the only function that a
 * method of a store takes.
 *
 * @param listen must not throw
 */
export function withAuditListener(store: Store, listen: (event: NewAuditEvent) => void): Store {
  const wrap =
    (method: Method): Method =>
    (...parameters) => {
      const events = new Map<string, NewAuditEvent>();
      const wrapped = parameters.map((parameter) => {
        if (typeof parameter !== 'function') return parameter;
        return (changed: unknown) => {
          const event: NewAuditEvent = parameter(changed);
          // A transaction that is tried again describes the same change again.
          events.set(JSON.stringify(event), event);
          return event;
        };
      });
      return Promise.resolve(method.apply(store, wrapped)).then((result) => {
        for (const event of events.values()) listen(event);
        return result;
      });
    };
  return new Proxy(store, {
    get(target, name) {
      const value: unknown = Reflect.get(target, name);
      return typeof value === 'function' ? wrap(value as Method) : value;
    },
  });
}
