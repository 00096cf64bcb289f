import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { onTestFinished } from 'vitest';
import { fileOf } from './installed.ts';

const program = fileOf('@discourse/mcp/dist/index.js');

interface Reply {
  readonly id?: number;
  readonly result?: unknown;
  readonly error?: unknown;
}

function start(args: readonly string[]) {
  const child = spawn(process.execPath, [program, ...args], { stdio: 'pipe' });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (output += chunk));
  const ended = new Promise<number | null>((resolve) => child.on('close', resolve));
  onTestFinished(async () => {
    child.kill();
    await ended;
  });
  return { child, ended, output: () => output };
}

/** Runs `discourse-mcp generate-user-api-key`. @param onCode called with the code that the user enters */
export async function generateUserApiKey(
  args: readonly string[],
  onCode: (code: string) => Promise<void>,
): Promise<void> {
  const { child, ended, output } = start(['generate-user-api-key', ...args]);
  const entered = new Promise<void>((resolve, reject) => {
    const watch = () => {
      const code = /code when prompted: (\S+)\n/.exec(output())?.[1];
      if (code === undefined) return;
      child.stderr.off('data', watch);
      onCode(code).then(resolve, reject);
    };
    child.stderr.on('data', watch);
    ended.then(() => reject(new Error(`ended before it showed a code: ${output()}`)));
  });
  await entered;
  const code = await ended;
  if (code !== 0) throw new Error(`ended with ${code}: ${output()}`);
}

/** Starts the MCP server and connects to it over standard input and output (JSON-RPC 2.0, one message per line). */
export async function connectToMcp(args: readonly string[]) {
  const { child, ended, output } = start(args);
  const waiting = new Map<number, PromiseWithResolvers<unknown>>();
  createInterface({ input: child.stdout }).on('line', (line) => {
    const { id, result, error } = JSON.parse(line) as Reply;
    const call = id === undefined ? undefined : waiting.get(id);
    if (error) call?.reject(new Error(`${JSON.stringify(error)}\n${output()}`));
    else call?.resolve(result);
  });
  ended.then((code) => {
    for (const call of waiting.values()) call.reject(new Error(`ended with ${code}: ${output()}`));
  });
  const send = (message: object) => child.stdin.write(`${JSON.stringify({ jsonrpc: '2.0', ...message })}\n`);
  const request = (method: string, params: object): Promise<unknown> => {
    const id = waiting.size + 1;
    const call = Promise.withResolvers<unknown>();
    waiting.set(id, call);
    send({ id, method, params });
    return call.promise;
  };
  const clientInfo = { name: 'test', version: '1' };
  await request('initialize', { protocolVersion: '2025-06-18', capabilities: {}, clientInfo });
  send({ method: 'notifications/initialized' });
  return {
    async toolNames(): Promise<string[]> {
      const { tools } = (await request('tools/list', {})) as { tools: { name: string }[] };
      return tools.map(({ name }) => name);
    },
    /** Returns the JSON of a tool. @throws Error with its text if the tool fails */
    // biome-ignore lint/suspicious/noExplicitAny: tests read the JSON as it comes
    async call(name: string, args: object = {}): Promise<any> {
      const { content, isError } = (await request('tools/call', { name, arguments: args })) as {
        content: { text: string }[];
        isError?: boolean;
      };
      const text = content[0]?.text ?? '';
      if (isError) throw new Error(`${name}: ${text}`);
      return JSON.parse(text);
    },
    // biome-ignore lint/suspicious/noExplicitAny: tests read the JSON as it comes
    async readResource(uri: string): Promise<any> {
      const { contents } = (await request('resources/read', { uri })) as { contents: { text: string }[] };
      return JSON.parse(contents[0]?.text ?? '');
    },
  };
}
