import type { Finding } from '#model/finding.ts';
import type { PlacedPatch, PlacedPath } from './function-input.ts';
import type { JudgedEntry, Judging } from './judging.ts';
import { environmentRouteOf, isRequired, routeOf } from './route.ts';

/**
 * Values that come late: whatever a resource takes from the composite's status must be waited for (a Required patch),
 * and somebody must report it, or the resource is never created.
 */
export function checkGates(judging: Judging): readonly Finding[] {
  const late = judging.entries.flatMap((entry) =>
    entry.patches.flatMap((patch) =>
      routeOf(patch)?.from === 'composite'
        ? patch.sources.filter(isLate).map((path) => ({ entry, patch, path }))
        : [],
    ),
  );
  const unawaited = late
    .filter(({ patch }) => !isRequired(patch))
    .map(({ patch, path }) => unawaitedFinding(patch, path));
  return [
    ...unawaited,
    ...shutGates(
      late.filter(({ patch }) => isRequired(patch)),
      judging,
    ),
  ];
}

/** Conditions and the like are Crossplane's own. */
const isLate = ({ segments }: PlacedPath): boolean =>
  segments?.[0] === 'status' &&
  !['conditions', 'connectionDetails', 'claimConditionTypes'].includes(String(segments[1]));

function unawaitedFinding(patch: PlacedPatch, { path, pointer }: PlacedPath): Finding {
  // An annotation changes nothing in the cloud, so that it comes later may be meant.
  const severity = patch.target.segments?.[0] === 'metadata' ? 'warning' : 'error';
  return { code: 'composition-late-value', severity, pointer, args: { path } };
}

interface Gate {
  readonly entry: JudgedEntry;
  readonly patch: PlacedPatch;
  readonly path: PlacedPath;
}

/** Which gates never open: what they wait for is reported by nobody, or only by what waits for them in turn. */
function shutGates(gates: readonly Gate[], judging: Judging): readonly Finding[] {
  const { feeds, reporters } = reportsFor(gates, judging);
  const pending = new Map<JudgedEntry, Set<string>>();
  const waitingFor = new Map<string, Set<JudgedEntry>>();
  for (const { entry, path } of gates) {
    const key = keyOf(path);
    // Whoever waits for what nobody reports is told so; who waits for that one needs no word of its own.
    if (!reporters.has(key)) continue;
    added(pending, entry, key);
    added(waitingFor, key, entry);
  }
  const opened = judging.entries.filter((entry) => !pending.has(entry));
  const open = new Set(feeds.get(undefined));
  const announce = (keys: Iterable<string>) => {
    for (const key of keys) {
      open.add(key);
      for (const entry of waitingFor.get(key) ?? []) {
        const rest = pending.get(entry);
        if (rest?.delete(key) && rest.size === 0) opened.push(entry);
      }
    }
  };
  announce([...open]);
  for (let next = opened.pop(); next !== undefined; next = opened.pop()) {
    announce([...(feeds.get(next) ?? [])].filter((key) => !open.has(key)));
  }
  return gates
    .filter(({ path }) => !open.has(keyOf(path)))
    .map(({ path }): Finding => {
      const names = [...(reporters.get(keyOf(path)) ?? [])].flatMap((entry) => entry?.name ?? []);
      const args = { path: path.path, reporters: names.slice(0, 5) };
      const severity = judging.isAlone ? 'error' : 'warning';
      return { code: 'composition-gate-shut', severity, pointer: path.pointer, args };
    });
}

/** An entry of the input; undefined stands for the environment, which is always there. */
type Reporter = JudgedEntry | undefined;

interface Reports {
  /** What of the status a reporter gives a value, as far as somebody waits for it. */
  readonly feeds: ReadonlyMap<Reporter, ReadonlySet<string>>;
  readonly reporters: ReadonlyMap<string, ReadonlySet<Reporter>>;
}

function reportsFor(gates: readonly Gate[], { entries, input }: Judging): Reports {
  const feeds = new Map<Reporter, Set<string>>();
  const reporters = new Map<string, Set<Reporter>>();
  const report = (key: string, reporter: Reporter) => {
    added(feeds, reporter, key);
    added(reporters, key, reporter);
  };
  const awaited = new Set(gates.map(({ path }) => keyOf(path)));
  // Writing a field gives those below it a value, and those that it is in.
  const below = new Map<string, Set<string>>();
  for (const { path } of gates) for (const prefix of prefixesOf(path)) added(below, prefix, keyOf(path));
  const read = (target: PlacedPath, reporter: Reporter) => {
    for (const key of below.get(keyOf(target)) ?? []) report(key, reporter);
    for (const prefix of prefixesOf(target)) if (awaited.has(prefix)) report(prefix, reporter);
  };
  for (const entry of entries) {
    for (const patch of entry.patches) if (routeOf(patch)?.to === 'composite') read(patch.target, entry);
  }
  for (const patch of input.environment) {
    if (environmentRouteOf(patch)?.to === 'composite') read(patch.target, undefined);
  }
  return { feeds, reporters };
}

function added<K, V>(map: Map<K, Set<V>>, key: K, value: V): void {
  const known = map.get(key);
  if (known === undefined) map.set(key, new Set([value]));
  else known.add(value);
}

const keyOf = ({ segments = [] }: PlacedPath): string => JSON.stringify(segments);

/** The path's own and those of all that it is in. */
const prefixesOf = ({ segments = [] }: PlacedPath): readonly string[] =>
  segments.slice(0, LONGEST).map((_, index) => JSON.stringify(segments.slice(0, index + 1)));

/** A status is never so deep. */
const LONGEST = 32;
