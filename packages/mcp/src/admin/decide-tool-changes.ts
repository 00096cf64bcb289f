import type { RawParameters } from '@valetkey/protocol';
import type { ListedTool } from '@valetkey/server/extension';

/**
 * Decides which tools a form turns on or off: only those that the admin changed, so that an old page does not undo the
 * changes of other admins. The form has `was:<name>` for each tool, and `value:<name>` for each ticked box.
 */
export function decideToolChanges(
  tools: readonly ListedTool[],
  form: RawParameters,
): { readonly on: readonly string[]; readonly off: readonly string[] } {
  const changed = tools.filter(({ name, isEnabled }) => {
    const was = form[`was:${name}`];
    const wanted = isTicked(form, name);
    return (was === 'true' || was === 'false') && wanted !== (was === 'true') && wanted !== isEnabled;
  });
  const namesOf = (wanted: boolean) =>
    changed.filter(({ name }) => isTicked(form, name) === wanted).map(({ name }) => name);
  return { on: namesOf(true), off: namesOf(false) };
}

const isTicked = (form: RawParameters, name: string): boolean => form[`value:${name}`] === 'true';
