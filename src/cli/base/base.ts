import fs from 'node:fs';
import path from 'node:path';
import type { Manifest } from '#manifests/manifest.ts';
import { readManifestText } from '#manifests/read/read.ts';
import type { Finding } from '#model/finding.ts';
import { messageOf } from '#report/messages.ts';
import type { Arguments } from '../arguments.ts';
import { withoutCopies } from '../bootstrap-copies.ts';
import { openRevision, type Revision } from '../revision.ts';
import type { Terminal } from '../terminal.ts';

/** The manifests of a base: what is compared with. */
export interface Base {
  /** For people: `main (4c6c5ea)`, or the folder. */
  readonly shown: string;
  /** Their files are named as those of the present are. */
  readonly manifests: readonly Manifest[];
  readonly findings: readonly Finding[];
}

/** What `--base` names; undefined where it is not given. Throws UsageError for what is not there. */
export function namedBase(typed: Arguments, { cwd }: Terminal): Revision | undefined {
  const wanted = typed.value('base');
  return wanted === undefined ? undefined : openRevision(cwd, wanted);
}

/** What lies in a folder now, where there is one, as a base. */
export const presentBase = (folder: string, cwd: string): Revision | undefined =>
  fs.statSync(path.resolve(cwd, folder), { throwIfNoEntry: false })?.isDirectory() === true
    ? openRevision(cwd, folder)
    : undefined;

/**
 * The manifests at some paths of a base. Where the base is a folder and has no such paths, it is itself what lies there.
 *
 * @param nameOf What a file is called, by its path.
 */
export function baseManifests(
  revision: Revision,
  paths: readonly string[],
  nameOf: (file: string, root: string) => string = (file) => file,
): Base {
  const manifests: Manifest[] = [];
  const findings: Finding[] = [];
  for (const root of paths) {
    const inside = revision.files(root, isManifest);
    const files = inside.length > 0 || !revision.isFolder ? inside : revision.files('.', isManifest);
    const isItself = inside.length === 0;
    for (const file of files) {
      const own = isItself ? path.posix.join(root, file.path) : file.path;
      const read = readManifestText(file.text, nameOf(own, root));
      const [problem] = read.findings.filter(({ severity }) => severity === 'error');
      if (problem !== undefined) findings.push(unreadable(revision.shown, file.path, problem));
      for (const manifest of read.manifests) manifests.push(named(manifest, revision, file.path));
    }
  }
  if (manifests.length === 0 && findings.length === 0)
    findings.push({
      code: 'manifest-base-empty',
      severity: 'warning',
      args: { base: revision.shown, paths },
    });
  return { shown: revision.shown, manifests: withoutCopies(manifests), findings };
}

const isManifest = (file: string): boolean => /\.(ya?ml|json)$/i.test(file) && !/(^|\/)\./.test(file);

/** A place in a base is named with it, as git does: `main:dist/production/...`. */
function named(manifest: Manifest, { isFolder, shown }: Revision, file: string): Manifest {
  const place = isFolder ? path.posix.join(shown, file) : `${shown.split(' ')[0]}:${file}`;
  return {
    ...manifest,
    locate: (pointer) => {
      const origin = manifest.locate(pointer);
      return origin && { ...origin, file: place };
    },
  };
}

function unreadable(base: string, file: string, problem: Finding): Finding {
  return {
    code: 'manifest-base-unreadable',
    severity: 'warning',
    args: { base, file, problem: messageOf(problem).sentence },
  };
}
