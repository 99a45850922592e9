import { PublishFailure } from './failure.ts';
import type { Comment, Forge } from './forge.ts';
import { planOf, withoutCommands } from './plan.ts';

/**
 * One sticky comment on a pull or merge request: found again by its marker and its author, updated in place.
 *
 * Works by looking: every round lists the comments, does what is missing, and looks again, until nothing is missing.
 * A creation whose answer was lost is therefore found instead of repeated, and what two runs at the same time made
 * twice becomes one. Ends within the time of {@link Pace}.
 */

/** Time, as publishing sees it. */
export interface Pace {
  /** Milliseconds of a second; tests have shorter ones. */
  readonly second: number;
  /** Milliseconds that are left of the time for all. */
  readonly left: () => number;
  readonly pause: (milliseconds: number) => Promise<void>;
}

export interface Published {
  readonly did: 'created' | 'updated' | 'left as it was';
  readonly comment: Comment | undefined;
  /** So many older comments of ours were deleted. */
  readonly removed: number;
}

/** After so many failures in a row nothing is expected any more. */
const MOST_FAILURES = 6;
/** Creation, looking again, and replicas that are late. */
const MOST_LOOKS = 6;

/** Brings the comment into the state that the report says. Throws PublishFailure where that is not to be had. */
export async function publishComment(
  forge: Forge,
  marker: string,
  report: string,
  pace: Pace,
): Promise<Published> {
  const body = withoutCommands(report);
  if (body.length > forge.most) {
    const sizes = `${body.length} characters, and a comment takes ${forge.most}`;
    throw new PublishFailure(`the report is too large: it has ${sizes}`, undefined, false);
  }
  const me = await persistently(forge.me, pace);
  let meant: Published['did'] = 'left as it was';
  let isWritten = false;
  let removed = 0;

  /** Does what is missing. Gives undefined where it has to be looked at again. */
  async function round(looks: number): Promise<Published | undefined> {
    const { own, isStale, surplus } = planOf(await forge.comments(), me, marker, body);
    if (own === undefined && isWritten) {
      // Made, but not shown yet: a replica is late. Only an answer that was lost may be asked for again.
      if (looks + 1 === MOST_LOOKS) return { did: meant, comment: undefined, removed };
      await pace.pause(pace.second);
      return undefined;
    }
    if (own === undefined) {
      meant = 'created';
      await forge.create(body);
      isWritten = true;
      return undefined;
    }
    if (isStale && !isWritten) {
      if (meant !== 'created') meant = 'updated';
      await unlessGone(forge.update(own.id, body));
      isWritten = true;
      return undefined;
    }
    for (const { id } of surplus) {
      await unlessGone(forge.remove(id), true);
      removed++;
    }
    return { did: meant, comment: own, removed };
  }

  for (let looks = 0; looks < MOST_LOOKS; looks++) {
    const published = await persistently(() => round(looks), pace);
    if (published !== undefined) return published;
  }
  throw new PublishFailure('the comment did not stay as it was written', undefined, false);
}

/** Somebody may have deleted the comment since we looked: then we look again, or have what we wanted. */
async function unlessGone(work: Promise<void>, isWanted = false): Promise<void> {
  try {
    await work;
  } catch (error) {
    if (!(error instanceof PublishFailure) || error.status !== 404) throw error;
    if (!isWanted) throw new PublishFailure(error.message, error.status, true);
  }
}

/** Tries until it works, failing is final, or the time is over; waits as long as the platform asks, or ever longer. */
export async function persistently<Value>(attempt: () => Promise<Value>, pace: Pace): Promise<Value> {
  for (let failures = 0; ; failures++) {
    try {
      return await attempt();
    } catch (error) {
      if (!(error instanceof PublishFailure) || !error.isPassing) throw error;
      const wait = (error.after ?? 2 ** failures) * pace.second;
      if (failures + 1 >= MOST_FAILURES || wait >= pace.left()) throw error;
      await pace.pause(wait);
    }
  }
}
