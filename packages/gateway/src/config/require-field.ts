import type { YamlValue } from './yaml-value.ts';

/** Returns a field of a map. @throws ConfigError if it is missing */
export function requireField(fields: Map<string, YamlValue>, name: string, owner: YamlValue): YamlValue {
  const path = owner.path === '' ? name : `${owner.path}.${name}`;
  return fields.get(name) ?? owner.fail(`${path} is missing.`, `Add the line “${name}: …”.`);
}
