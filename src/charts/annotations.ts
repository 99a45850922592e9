import { type Sync, syncAnnotations } from '#model/delivery.ts';

/** Metadata of an object, with how Argo CD treats it. Labels and annotations only where there are any. */
export interface Metadata {
  readonly name: string;
  readonly namespace?: string;
  readonly labels?: Record<string, string>;
  readonly annotations: Record<string, string>;
}

interface Subject {
  readonly name: string;
  readonly namespace?: string;
  readonly labels?: Readonly<Record<string, string>>;
  readonly annotations?: Readonly<Record<string, string>>;
}

/** Copies what it takes: generated types ask for objects that may be changed. */
export function metadata({ name, namespace, labels, annotations }: Subject, sync: Sync): Metadata {
  return {
    name,
    ...(namespace === undefined ? {} : { namespace }),
    ...(labels === undefined ? {} : { labels: { ...labels } }),
    annotations: { ...annotations, ...syncAnnotations(sync) },
  };
}
