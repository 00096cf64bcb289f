import { readFileSync } from 'node:fs';
import { dirname, relative, resolve } from 'node:path';
import { parseYaml, type YamlValue } from '../config/yaml-value.ts';
import type { Operation } from './operation.ts';
import { parseOpenapi } from './parse-openapi.ts';

/**
 * Loads an OpenAPI document and the files that it refers to. They must be inside its folder; URLs are rejected.
 *
 * @param field of the configuration with the path of the file
 */
export function loadOpenapi(field: YamlValue, folder: string, basePath: string | null): Operation[] {
  const main = resolve(folder, field.text());
  const documents = new Map<string, YamlValue>();

  function open(file: string, at: YamlValue): YamlValue {
    const known = documents.get(file);
    if (known) return known;
    const document = parseYaml(read(file, at), file);
    documents.set(file, document);
    return document;
  }

  function follow(reference: YamlValue, from: string): YamlValue {
    const [name = '', pointer = ''] = reference.text().split('#', 2);
    if (/^[a-z][a-z0-9+.-]*:/i.test(name))
      reference.fail('The reference is a URL.', 'Refer to a file in the same folder.');
    const file = name === '' ? from : resolve(dirname(from), name);
    if (relative(dirname(main), file).startsWith('..'))
      reference.fail('The reference leaves the folder.', 'Move the file.');
    let value = open(file, reference);
    for (const part of pointer.split('/').slice(1)) {
      const key = decodeURIComponent(part).replaceAll('~1', '/').replaceAll('~0', '~');
      value =
        value.fields().get(key) ??
        reference.fail(`There is nothing at ${pointer}.`, 'Correct the reference.');
    }
    return value;
  }

  return parseOpenapi(open(main, field), {
    basePath,
    resolve: (reference) => follow(reference, reference.file),
  });
}

function read(file: string, at: YamlValue): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    return at.fail(`${file} cannot be read (${(error as NodeJS.ErrnoException).code}).`, 'Correct the path.');
  }
}
