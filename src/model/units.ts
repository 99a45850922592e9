/** Conversions from what a team writes (`12h`, `7d`) to the numbers that AWS and Atlas take. */

const SECONDS = { s: 1, m: 60, h: 3600, d: 86_400 } as const;

const DURATION = /^([1-9][0-9]{0,6})([smhd])$/;

const isUnit = (unit: string | undefined): unit is keyof typeof SECONDS =>
  unit !== undefined && Object.hasOwn(SECONDS, unit);

/**
 * A duration in seconds, or undefined where the text is none. The form is the one of the environment file:
 * one whole number and one unit of `s`, `m`, `h`, `d`.
 */
export function parseDuration(text: string): number | undefined {
  const match = DURATION.exec(text);
  const unit = match?.[2];
  return match?.[1] !== undefined && isUnit(unit) ? Number(match[1]) * SECONDS[unit] : undefined;
}

/** A duration in seconds. Throws a RangeError on text that the environment's schema refuses. */
export function seconds(duration: string): number {
  const value = parseDuration(duration);
  if (value === undefined) throw new RangeError(`not a duration: ${duration}`);
  return value;
}

/** A duration in days, rounded up: a retention of 36h keeps things for two days, never for less than asked. */
export const days = (duration: string): number => Math.ceil(seconds(duration) / SECONDS.d);
