import { ApiObject, type App, Chart } from 'cdk8s';
import type { KubernetesObject } from '#manifests/manifest.ts';
import { registerCause } from './blame.ts';
import type { Cause, Folder, Kind, Named } from './folder.ts';

/** A folder as a chart of a cdk8s app: what `cdk8s synth` renders. */
export function chartFolder(app: App, id: string): Folder {
  // The chart gets neither namespace nor labels: they would leak onto objects that must not have them.
  const chart = new Chart(app, id);
  return {
    add<Props extends Named | undefined>(
      kind: Kind<Props>,
      props: NoInfer<NonNullable<Props>>,
      cause: Cause,
    ) {
      const { name = '', namespace } = props.metadata ?? {};
      registerCause(new kind(chart, constructId(kind.GVK, namespace, name), props), cause);
    },
    addObject(object: KubernetesObject, cause: Cause) {
      const { name, namespace } = object.metadata;
      registerCause(new ApiObject(chart, constructId(object, namespace, name), object), cause);
    },
  };
}

/** Unique within a chart, and without the slash that separates constructs. */
const constructId = (
  { apiVersion, kind }: { readonly apiVersion: string; readonly kind: string },
  namespace: string | undefined,
  name: string,
): string =>
  [apiVersion.replaceAll('/', '.'), kind, ...(namespace === undefined ? [] : [namespace]), name].join('_');
