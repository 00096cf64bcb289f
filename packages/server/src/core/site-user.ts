/** A user as the embedding site knows them. */
export interface SiteUser {
  /** Stable and never reused: keys are stored under it. */
  readonly id: string;
  readonly username: string;
  /** Path or URL of the avatar. It contains `{size}`, which clients replace by a number of pixels. @default null */
  readonly avatarTemplate?: string | null;
  /** Admins open the pages for admins. */
  readonly isAdmin: boolean;
  /** Staff may approve apps whatever their groups are. @default isAdmin */
  readonly isStaff?: boolean;
  /** The keys of a suspended user are rejected from the next request on. */
  readonly isSuspended: boolean;
  /** All groups of the user, for the setting `user_api_key_allowed_groups`. @default none */
  readonly groups?: readonly string[];
}
