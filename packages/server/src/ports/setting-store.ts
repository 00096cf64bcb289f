import type { AuditEventFactory } from '../core/audit/audit-event.ts';

/** Stores settings as text by name. Part of `Store`; the guarantees there apply. */
export interface SettingStore {
  listSettings(): Promise<ReadonlyMap<string, string>>;
  /** Stores the value if the setting has none. Returns the stored value; concurrent calls all get the same one. */
  saveSettingIfAbsent(name: string, value: string): Promise<string>;
  /** Stores all of these values or none. @param audit gets each setting's name */
  saveSettings(values: ReadonlyMap<string, string>, audit?: AuditEventFactory<string>): Promise<void>;
}
