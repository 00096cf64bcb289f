import type { Notice } from '@valetkey/server';

/** Gives the notices of Valetkey to their users. */
export interface NoticeDelivery {
  /** Rejects if a target fails; the other targets get the notice anyway. */
  deliver(notice: Notice): Promise<void>;
  /** Resolves when no delivery is under way, so that the database can be closed. Never rejects. */
  settle(): Promise<void>;
}

/** Creates the delivery of notices to these targets. */
export function createNoticeDelivery(
  targets: readonly ((notice: Notice) => Promise<void>)[],
): NoticeDelivery {
  const underWay = new Set<Promise<unknown>>();
  return {
    async deliver(notice) {
      const delivery = Promise.allSettled(targets.map((target) => target(notice)));
      underWay.add(delivery);
      const results = await delivery;
      underWay.delete(delivery);
      const failed = results.find((result) => result.status === 'rejected');
      if (failed) throw failed.reason;
    },
    async settle() {
      await Promise.all(underWay);
    },
  };
}
