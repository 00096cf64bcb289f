import { type RawParameters, ValetkeyError } from '@valetkey/protocol';
import { type AppBlock, BLOCK_KINDS } from '../../../core/blocks/app-block.ts';
import { parseBlockedHost } from '../../../core/blocks/receiver-host.ts';

/** The id of an OAuth client can be a long URL. */
const MAX_VALUE = 2_000;
const MAX_REASON = 200;

/** Reads the fields of a block as they were entered. */
export function readBlock(parameters: RawParameters) {
  const text = (name: string): string => {
    const value = parameters[name];
    return typeof value === 'string' ? value.trim() : '';
  };
  return { kind: text('kind'), value: text('value'), reason: text('reason') };
}

/**
 * Parses which apps a block names. A host may be spelled in any way.
 *
 * @throws ValetkeyError `parameter_missing`, `parameter_invalid`, `parameter_too_long`
 */
export function parseBlockTarget(parameters: RawParameters): Pick<AppBlock, 'kind' | 'value'> {
  const entered = readBlock(parameters);
  const kind = BLOCK_KINDS.find((each) => each === entered.kind);
  if (kind === undefined) throw new ValetkeyError('parameter_invalid', { parameter: 'kind' });
  const text = requireText(entered.value, 'value', MAX_VALUE);
  const value = kind === 'host' ? parseBlockedHost(text) : text;
  if (value === null) throw new ValetkeyError('parameter_invalid', { parameter: 'value' });
  return { kind, value };
}

/**
 * Parses a whole block.
 *
 * @throws ValetkeyError `parameter_missing`, `parameter_invalid`, `parameter_too_long`
 */
export function parseBlock(parameters: RawParameters): Pick<AppBlock, 'kind' | 'value' | 'reason'> {
  const target = parseBlockTarget(parameters);
  return { ...target, reason: requireText(readBlock(parameters).reason, 'reason', MAX_REASON) };
}

function requireText(text: string, parameter: string, max: number): string {
  if (text === '') throw new ValetkeyError('parameter_missing', { parameter });
  if (text.length > max) throw new ValetkeyError('parameter_too_long', { parameter, max_bytes: max });
  return text;
}
