import { startTestSite } from '@valetkey/forum/testing';
import { expect, onTestFinished, test } from 'vitest';
import { describeWhenInstalled, requirePackage } from './installed.ts';

describeWhenInstalled('node-discourse-api, unmodified', () => {
  test('gets a key, reads, writes and revokes it', async () => {
    const site = await startTestSite({ settings: { max_user_api_reqs_per_minute: 1_000 } });
    onTestFinished(() => site.close());
    const { DiscourseApi } = requirePackage('node-discourse-api');
    const api = new DiscourseApi(site.url);
    const asked = api.generateUserApiKeySync({ scopes: 'read,write' });
    const { payload } = await site.approve(asked.url);
    const { key, nonce } = api.decryptUserApiKey(asked.private_key, payload);
    expect(nonce).toBe(asked.nonce);
    api.options.user_api_key = key;
    api.options.user_api_client_id = 'NodeDiscourseApi';

    expect((await api.getSite()).categories).toHaveLength(4);
    expect((await api.listPosts()).latest_posts.length).toBeGreaterThan(10);
    expect((await api.getLatest()).topic_list.topics).toHaveLength(12);
    expect(await api.getTopic(2)).toMatchObject({ id: 2, posts_count: 3 });
    expect(await api.getTopic(2, { arround_post_number: 2 })).toMatchObject({ id: 2 });
    expect((await api.getTopicPosts(2, [3])).post_stream.posts).toMatchObject([{ id: 3 }]);
    expect(await api.getPostRaw(1)).toMatch(/^This is a small forum/);
    expect((await api.getPostCooked(1)).cooked).toMatch(/^<p>This is a small forum/);
    expect(await api.getUser('bob')).toMatchObject({ user: { username: 'bob' } });
    expect(await api.getNotifications()).toHaveProperty('notifications');

    const draft = {
      title: 'Written by a library for Node',
      raw: 'It does not know what kind of site this is.',
    };
    const post = await api.createTopicPostPM(draft);
    expect(post).toMatchObject({ username: 'alice', post_number: 1 });
    const title = 'A better title from the library';
    expect(await api.updateTopic(post.topic_id, { title })).toMatchObject({ basic_topic: { title } });
    expect(await api.updatePost(post.id, { post: { raw: 'It corrects itself.' } })).toMatchObject({
      post: { version: 2 },
    });
    const reply = await api.createTopicPostPM({ topic_id: post.topic_id, raw: 'A reply to itself.' });
    await api.deletePost(reply.id);
    await api.removeTopic(post.topic_id);
    await expect(api.getTopic(post.topic_id)).rejects.toMatchObject({ status: 404 });
    await expect(api.createTopicPostPM({ raw: 'x' })).rejects.toMatchObject({ status: 422 });

    await api.revokeUserApiKey();
    await expect(api.getNotifications()).rejects.toMatchObject({ status: 403 });
  });
});
