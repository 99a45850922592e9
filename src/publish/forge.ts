/** A comment on a pull or merge request. */
export interface Comment {
  /** Grows with time, on both platforms. */
  readonly id: number;
  /** Who wrote it, as {@link Forge.me} names us. */
  readonly author: string;
  readonly body: string;
  /** Where people read it, if the platform tells. */
  readonly url?: string;
}

/**
 * One pull or merge request on GitHub or GitLab, as publishing needs it.
 *
 * Nothing here repeats a creation: who lost the answer has to look first. All fail with {@link PublishFailure}.
 */
export interface Forge {
  /** What people call the request, for example `tideline/fleet#7`. */
  readonly shown: string;
  /** So many characters a comment may have. */
  readonly most: number;
  /** Whom the token belongs to. */
  readonly me: () => Promise<string>;
  /** All comments, of all pages. */
  readonly comments: () => Promise<readonly Comment[]>;
  readonly create: (body: string) => Promise<void>;
  readonly update: (id: number, body: string) => Promise<void>;
  readonly remove: (id: number) => Promise<void>;
}
