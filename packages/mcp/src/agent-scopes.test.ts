import { expect, test } from 'vitest';
import { createMcpSite } from './test-support/mcp-site.ts';

async function openSite() {
  const site = await createMcpSite();
  const read = async (url: string) => {
    const response = await site.valetkey.fetch(new Request(url), { ipAddress: '192.0.2.1' });
    return (await response?.json()) as { scopes_supported?: string[] };
  };
  return { ...site, read };
}

test('the metadata of the resource for agents lists the scopes that its tools need, that of the API all', async () => {
  const { read, metadataUrl } = await openSite();
  expect((await read(metadataUrl)).scopes_supported).toEqual(['read', 'write']);
  const { scopes_supported } = await read(metadataUrl.replace(/\/mcp$/, ''));
  expect(scopes_supported).toEqual(expect.arrayContaining(['read', 'write', 'notifications']));
});

test('it follows the settings: tools that are off, and scopes that the site does not grant', async () => {
  const { read, metadataUrl, valetkey } = await openSite();
  await valetkey.settings.set('mcp_disabled_tools', 'create_post');
  expect((await read(metadataUrl)).scopes_supported).toEqual(['read']);
  await valetkey.settings.set('allow_user_api_key_scopes', 'write');
  expect((await read(metadataUrl)).scopes_supported).toEqual(['write']);
  await valetkey.settings.set('mcp_disabled_tools', 'create_post|read_topic');
  expect(await read(metadataUrl)).not.toHaveProperty('scopes_supported');
});

test('the listed scopes permit every tool', async () => {
  const { read, metadataUrl, connect, listToolNames } = await openSite();
  const { scopes_supported: scopes = [] } = await read(metadataUrl);
  expect(await listToolNames(await connect({ scopes }))).toEqual(['create_post', 'read_topic']);
});
