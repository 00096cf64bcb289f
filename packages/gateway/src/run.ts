import { readFileSync, watchFile } from 'node:fs';
import { parseArgs } from 'node:util';
import { ConfigError } from './config/config-error.ts';
import type { GatewayConfig } from './config/gateway-config.ts';
import { parseConfig } from './config/parse-config.ts';
import { startGateway } from './gateway.ts';
import { reportOperations, suggestScopes } from './openapi/report-operations.ts';
import { writeSecurity } from './openapi/write-security.ts';

const USAGE = `A reverse proxy that adds user API keys to any HTTP service.

  valetkey-gateway --config valetkey.yaml [--port N] [--check]

  --config FILE  the configuration file; loaded again when it changes and on SIGHUP
  --port N       port to listen on instead of the one in the file; 0 for any free port
  --check        check the configuration and exit: 0 if valid, 2 if not
  --report       print which operations each scope allows, and which no scope allows
  --suggest-scopes
                 suggest scopes for the operations in the OpenAPI file, and print them
  --write-security
                 add security schemes for keys to the OpenAPI document, and print it
  --access-log   print a line of JSON for each request, without secrets
  --help         show this text`;

const WATCH_MS = 500;

function exitWith(error: unknown, code: number): never {
  console.error(error instanceof Error ? error.message : String(error));
  process.exit(code);
}

function readArguments() {
  try {
    const { values } = parseArgs({
      options: {
        config: { type: 'string' },
        port: { type: 'string' },
        check: { type: 'boolean', default: false },
        report: { type: 'boolean', default: false },
        'suggest-scopes': { type: 'boolean', default: false },
        'write-security': { type: 'boolean', default: false },
        'access-log': { type: 'boolean', default: false },
        help: { type: 'boolean', default: false },
      },
    });
    if (!values.help && values.config === undefined) throw new Error('--config is missing.');
    return values;
  } catch (error) {
    console.error(USAGE, '\n');
    return exitWith(error, 2);
  }
}

const { config: file = '', port, check, help, ...values } = readArguments();
if (help) {
  console.log(USAGE);
  process.exit(0);
}

function readConfig(): GatewayConfig {
  const config = parseConfig(readFileSync(file, 'utf8'), file, process.env);
  if (port === undefined) return config;
  const { listen } = config;
  const host = listen.kind === 'tcp' ? listen.host : '127.0.0.1';
  return { ...config, listen: { kind: 'tcp', host, port: Number(port) } };
}

function tryConfig(): GatewayConfig {
  try {
    return readConfig();
  } catch (error) {
    return exitWith(error, error instanceof ConfigError || check ? 2 : 1);
  }
}

const config = tryConfig();
if (check) {
  console.log(`${file} is valid.`);
  process.exit(0);
}

if (values.report || values['suggest-scopes'] || values['write-security']) {
  const { openapi } = config;
  if (openapi === null) exitWith('The configuration has no openapi.', 2);
  if (values.report) console.log(reportOperations(openapi));
  if (values['suggest-scopes']) console.log(suggestScopes(openapi.operations));
  if (values['write-security']) console.log(writeSecurity(openapi));
  process.exit(0);
}

const gateway = await startGateway(config, {
  ...(values['access-log'] && { log: (entry) => console.log(JSON.stringify(entry)) }),
  onRoutesAdded: (routes) =>
    console.log(`Keys that were approved before do not have these new routes:\n  ${routes.join('\n  ')}`),
  reportError: (error, requestId) =>
    console.error(
      ...(requestId ? [`request ${requestId}:`] : []),
      error instanceof Error ? error.message : error,
    ),
}).catch((error: unknown) => exitWith(error, 1));

let reloading = Promise.resolve();
function reload(): void {
  reloading = reloading.then(async () => {
    try {
      await gateway.reload(readConfig);
      console.log('The new configuration applies.');
    } catch (error) {
      console.error(
        `The old configuration stays in force.\n${error instanceof Error ? error.message : error}`,
      );
    }
  });
}
// Files that an OpenAPI document refers to are loaded again with it.
for (const path of [file, config.openapi?.file ?? file])
  watchFile(path, { interval: WATCH_MS }, reload).unref();
process.on('SIGHUP', reload);

let isStopping = false;
async function stop(): Promise<void> {
  if (isStopping) return;
  isStopping = true;
  await gateway.close();
  process.exit(0);
}
process.on('SIGTERM', stop);
process.on('SIGINT', stop);

if (gateway.monitorUrl !== null) console.log(`monitor on ${gateway.monitorUrl}`);
console.log(`listening on ${gateway.url}`);
