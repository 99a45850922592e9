import type { Comment } from './forge.ts';

/** What is to be done so that exactly one comment holds the report. */
export interface Plan {
  /** The comment that stays: the newest of ours. Undefined: there is none. */
  readonly own: Comment | undefined;
  /** Whether it says something else than it should. */
  readonly isStale: boolean;
  /** Older ones of ours, left over from answers that were lost or from runs at the same time. */
  readonly surplus: readonly Comment[];
}

/**
 * Decides by what is there. Ours is what we wrote and what opens with the marker: anybody can write the marker, and we
 * may write other comments.
 */
export function planOf(comments: readonly Comment[], me: string, marker: string, body: string): Plan {
  const ours = comments
    .filter((comment) => comment.author === me && opensWith(comment.body, marker))
    .sort((a, b) => b.id - a.id);
  const [own, ...surplus] = ours;
  return { own, isStale: own !== undefined && plain(own.body) !== plain(body), surplus };
}

/** Whether the first line of a text is the marker. */
export const opensWith = (text: string, marker: string): boolean =>
  (text.split('\n', 1)[0] ?? '').trim() === marker;

/** Platforms may give line ends and the end of the text back in another form. */
const plain = (text: string): string => text.replaceAll('\r\n', '\n').trimEnd();

/**
 * A report with no line that begins with a slash outside of its text: GitLab takes `/merge` there for a command of whoever
 * writes the comment, and so do robots on GitHub; and the text may be a stranger's.
 * https://docs.gitlab.com/user/project/quick_actions/
 */
export const withoutCommands = (body: string): string => body.replace(/^([^\S\n]*)\/(?=\w)/gm, '$1\\/');
