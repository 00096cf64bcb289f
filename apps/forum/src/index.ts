export { createForum, type ForumOptions, type OpenedSession, type RunningForum } from './forum.ts';
export { type StartedForum, type StartForumOptions, startForum } from './start-forum.ts';
