import type { Method } from '@valetkey/server';
import type { YamlValue } from '../config/yaml-value.ts';
import type { Operation } from './operation.ts';
import { areAmbiguous, parseRoutePath, shapeOf } from './route-path.ts';

const METHODS = ['get', 'post', 'put', 'patch', 'delete'];
const MAX_SUMMARY = 120;

interface OpenapiOptions {
  /** The start of every path; null to take it from `servers`. */
  readonly basePath: string | null;
  /** Returns the value at a local reference such as `#/components/pathItems/Note`, or in another file. */
  resolve(reference: YamlValue): YamlValue;
}

interface Found extends Operation {
  readonly at: YamlValue;
}

/**
 * Returns the operations of an OpenAPI document (3.0, 3.1, 3.2). Rejects what tools accept and services read
 * differently: two templates of one path, undeclared parameters, unnamed or doubled operations, several servers.
 *
 * @throws ConfigError with file, line and remedy
 */
export function parseOpenapi(document: YamlValue, { basePath, resolve }: OpenapiOptions): Operation[] {
  const fields = document.fields();
  if (fields.has('swagger')) document.fail('The file is Swagger 2.', 'Convert it: npx swagger2openapi FILE.');
  if (!/^3\.[012](?:\.|$)/.test(fields.get('openapi')?.text() ?? '')) {
    document.fail('The file is not OpenAPI 3.0, 3.1 or 3.2.', 'Begin it with openapi: 3.1.0.');
  }
  checkSecurity(fields.get('security'));
  const base = basePath ?? readBasePath(fields.get('servers'));
  const paths = fields.get('paths') ?? document.fail('The file has no paths.', 'Add paths.');
  const found = [...paths.fields()].flatMap(([template, item]) => readItem(template, item, base, resolve));
  checkOperations(found);
  return found.map(({ at: _, ...operation }) => operation);
}

/** Returns the path of the only server; '' if there is none. */
function readBasePath(servers: YamlValue | undefined): string {
  const [first, second] = servers?.list() ?? [];
  if (!first) return '';
  const url = first.fields().get('url') ?? first.fail('The server has no url.', 'Add url.');
  const parsed = URL.parse(url.text());
  if (second || !parsed) {
    return url.fail(
      'The base path of the service is not clear.',
      'Set openapi.base_path in the configuration, such as /v1.',
    );
  }
  return parsed.pathname.replace(/\/$/, '');
}

function readItem(
  template: string,
  value: YamlValue,
  base: string,
  resolve: OpenapiOptions['resolve'],
): Found[] {
  const reference = value.fields().get('$ref');
  const item = reference ? resolve(reference) : value;
  const fields = item.fields();
  const { path, parameters } = parseRoutePath(template, base, value);
  return METHODS.flatMap((method): Found[] => {
    const operation = fields.get(method);
    if (!operation) return [];
    const own = operation.fields();
    const servers = own.get('servers') ?? fields.get('servers');
    servers?.fail(
      'A path or operation has servers of its own.',
      'Remove them; every path must have the same base path.',
    );
    const isOffered = own.get('x-valetkey')?.boolean() !== false;
    if (isOffered) checkSecurity(own.get('security'));
    const declared = [fields.get('parameters'), own.get('parameters')].flatMap((list) =>
      readParameters(list, resolve),
    );
    const missing = parameters.find((name) => !declared.includes(name));
    if (missing !== undefined)
      operation.fail(
        `The parameter {${missing}} of ${template} is not declared.`,
        'Declare it with in: path.',
      );
    const id = own.get('operationId')?.text();
    if (id === undefined && isOffered) {
      return operation.fail(
        `${method.toUpperCase()} ${template} has no operationId.`,
        `Add operationId: ${suggestId(method, template)}.`,
      );
    }
    const tags =
      own
        .get('tags')
        ?.list()
        .map((tag) => tag.text()) ?? [];
    return [
      {
        id: id ?? `${method} ${template}`,
        isOffered,
        method: method.toUpperCase() as Method,
        path,
        summary: readSummary(own.get('summary')),
        tags,
        at: operation,
      },
    ];
  });
}

/** Tools read an empty requirement in a list as “without a key, too”. */
function checkSecurity(security: YamlValue | undefined): void {
  for (const requirement of security?.list() ?? [])
    if (requirement.fields().size === 0)
      requirement.fail('The security of an operation is optional.', 'Remove {}, or write security: [].');
}

function readParameters(list: YamlValue | undefined, resolve: OpenapiOptions['resolve']): string[] {
  return (list?.list() ?? []).flatMap((entry) => {
    const reference = entry.fields().get('$ref');
    const fields = (reference ? resolve(reference) : entry).fields();
    return fields.get('in')?.text() === 'path' ? [fields.get('name')?.text() ?? ''] : [];
  });
}

/** People read it: one line, without control characters. */
function readSummary(value: YamlValue | undefined): string | null {
  if (!value) return null;
  const text = value.text().trim();
  if (/\p{Cc}/u.test(text) || text.length > MAX_SUMMARY)
    value.fail('The summary is not one short line.', `Use at most ${MAX_SUMMARY} characters.`);
  return text.replace(/\.$/, '');
}

const suggestId = (method: string, template: string): string =>
  method +
  template.replace(/[^A-Za-z0-9]+(\w)?/g, (_, letter: string | undefined) => letter?.toUpperCase() ?? '');

function checkOperations(operations: readonly Found[]): void {
  const byId = new Map<string, Found>();
  const byShape = new Map<string, Found>();
  for (const operation of operations) {
    const same = byId.get(operation.id);
    if (same)
      operation.at.fail(
        `The operationId ${operation.id} is also in line ${same.at.line}.`,
        'Give each operation its own.',
      );
    byId.set(operation.id, operation);
    const alike = byShape.get(shapeOf(operation.path));
    if (alike && alike.path !== operation.path) {
      operation.at.fail(
        `${operation.path} and ${alike.path} are the same path.`,
        'Use one template with one name.',
      );
    }
    byShape.set(shapeOf(operation.path), operation);
  }
  const paths = [...byShape.values()];
  for (const [at, { path, at: value }] of paths.entries()) {
    const rival = paths.slice(0, at).find((other) => areAmbiguous(other.path, path));
    if (rival) value.fail(`A request can match both ${path} and ${rival.path}.`, 'Change one of them.');
  }
}
