/** A user as the embedding site knows them. */
export interface SiteUser {
  /** Stable and never reused: keys are stored under it. */
  readonly id: string;
  readonly username: string;
  /** Path or URL that contains `{size}`, as Discourse sends it; null if the site has no avatars. */
  readonly avatarTemplate: string | null;
  readonly isAdmin: boolean;
  readonly isStaff: boolean;
  /** The keys of a suspended user are rejected from the next request on. */
  readonly isSuspended: boolean;
  /** Every group, including the automatic ones: `trust_level_0` up to the user's own level, `staff`, … */
  readonly groups: readonly string[];
}
