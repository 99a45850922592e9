import { at, type Described, type DescribedEnvironment, described } from '#environments/described.ts';
import { bring } from '#environments/edit/bring.ts';
import { setAt } from '#environments/edit/splice.ts';
import { places } from '#environments/place.ts';
import { keys } from '#environments/tree.ts';
import type { Finding } from '#model/finding.ts';
import { suggester } from '#model/suggest.ts';
import type { Report } from '#report/report.ts';
import type { Arguments } from './arguments.ts';
import { checkedEdit, editReport, environmentIn, present, scoped, settleEdits } from './edited.ts';
import { progress } from './progress.ts';
import { finish, wantedReports } from './reporting.ts';
import { type ExitCode, type Terminal, UsageError } from './terminal.ts';

/**
 * `plimsoll promote FROM TO [service...]`: the images that run in one environment come to another.
 *
 * Edits the own file of `TO`, comments and order kept; a remark that tells the version (`# 1.42.3`) comes along. Without
 * services, all that both have. `SERVICE@sha256:...` pins the image to a digest on the way, for environments that want
 * one. What comes of it is checked as synth would; with an error, or where something else would change, nothing is
 * written.
 */
export async function promote(typed: Arguments, terminal: Terminal): Promise<ExitCode> {
  const start = terminal.now();
  const reports = wantedReports(typed, terminal);
  const [from, to, ...named] = typed.positionals;
  if (from === undefined || to === undefined || from === to)
    throw new UsageError('promote takes two environments: promote staging production [service...]');
  const now = present(typed, terminal);
  const [source, target] = [environmentIn(now, from), environmentIn(now, to)];
  const services = servicesOf(source);
  const wanted = named.map(digested);
  for (const { service } of wanted) refuseUnknown(service, from, services);
  const chosen =
    named.length > 0
      ? wanted.map(({ service }) => service)
      : services.filter((name) => servicesOf(target).includes(name));
  const shown = progress(terminal);
  const ending = (report: Report, couldCheck = true): ExitCode => {
    shown.end();
    return finish(report, reports, terminal, { milliseconds: terminal.now() - start, couldCheck });
  };
  const missing = chosen.filter((name) => !servicesOf(target).includes(name));
  if (missing.length > 0) {
    const findings = missing.map((service): Finding => {
      const origin = places(target.tree).key('/spec/services');
      return { code: 'promote-missing', severity: 'error', origin, args: { service, from, to } };
    });
    return ending(scoped('promote', to, findings));
  }
  // One without an image of its own has nothing to bring.
  const paths = chosen.map(imageOf).filter((path) => at(source.tree, path) !== undefined);
  const brought = bring(now, to, { described: pinned(now, source, wanted), environment: from }, paths);
  if (brought.value === undefined) return ending(editReport('promote', to, brought, false));
  const { made, report, couldCheck } = checkedEdit('promote', to, now, brought.value, typed, terminal, shown);
  shown.end();
  const say = reports.some(({ file }) => file === undefined) ? terminal.err : terminal.out;
  if (made !== undefined) for (const line of settleEdits(brought.value, typed, terminal)) say(`${line}\n`);
  return ending(report, couldCheck);
}

const imageOf = (service: string): readonly string[] => ['spec', 'services', service, 'image'];

interface Wanted {
  readonly service: string;
  readonly digest?: string;
}

function digested(word: string): Wanted {
  const [service = '', digest] = word.split('@');
  if (digest === undefined) return { service };
  if (!/^sha256:[0-9a-f]{64}$/.test(digest))
    throw new UsageError(
      `${JSON.stringify(word)} has no digest of the form sha256: and 64 hexadecimal digits`,
    );
  return { service, digest };
}

/** The source as it would be with these digests: `name:tag@sha256:...`. */
function pinned(now: Described, source: DescribedEnvironment, wanted: readonly Wanted[]): Described {
  let { files } = now;
  for (const { service, digest } of wanted) {
    const path = imageOf(service);
    const image = at(source.tree, path);
    if (digest === undefined || image?.kind !== 'scalar') continue;
    const value = `${String(image.value).split('@')[0]}@${digest}`;
    files = files.map((file) => {
      if (file.path !== source.path || !('text' in file)) return file;
      const made = setAt(file.text, path, value);
      return 'text' in made ? { path: file.path, text: made.text } : file;
    });
  }
  return files === now.files ? now : described(files);
}

const servicesOf = ({ tree }: DescribedEnvironment): readonly string[] =>
  keys(at(tree, ['spec', 'services']));

function refuseUnknown(name: string, environment: string, services: readonly string[]): void {
  if (services.includes(name)) return;
  const near = suggester()(name, services);
  throw new UsageError(
    `${environment} has no service ${JSON.stringify(name)}${near === undefined ? '' : `; did you mean ${near}?`}`,
  );
}
