import { fileName } from '#manifests/identity.ts';
import type { Manifest } from '#manifests/manifest.ts';
import type { RenderedKinds } from '#model/chart-projects.ts';
import type { Environment } from '#model/environment/environment.ts';
import type { Locate } from '#model/origin.ts';
import { documentLocate } from './blame.ts';
import { type Document, documentFolder } from './documents.ts';
import { declareEnvironment } from './environment.ts';

/** A checked environment, and where each of its values was set. */
export interface LocatedEnvironment {
  readonly environment: Environment;
  readonly locate: Locate;
}

/**
 * All manifests of an environment, each with its file (`<environment>/<application>/<identity>.yaml`) and with
 * the origin of every place in it. Two runs give equal manifests in the same order. Whether two of them are one
 * resource is not judged here.
 *
 * @param rendered What the charts that are rendered at synth came to; their manifests are not among these.
 */
export function renderEnvironment(
  { environment, locate }: LocatedEnvironment,
  rendered?: RenderedKinds,
): readonly Manifest[] {
  const documents: Document[] = [];
  declareEnvironment(environment, (application) => documentFolder(application, documents), rendered);
  return documents.map(({ application, object, cause }) => ({
    object,
    file: `${environment.metadata.name}/${application}/${fileName(object)}`,
    locate: documentLocate(cause, locate),
  }));
}
