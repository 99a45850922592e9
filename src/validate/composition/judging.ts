import type { Suggest } from '#model/suggest.ts';
import type { DocumentJudge } from '../schema/check.ts';
import type { KindSchema, SchemaStore } from '../schema/store.ts';
import type { CompositionDocument, DefinitionDocument } from './document.ts';
import type { Entry, PatchInput } from './function-input.ts';
import type { Place } from './written.ts';

/** What the rules about one input of function-patch-and-transform are given. Their pointers are the Composition's. */
export interface Judging {
  readonly composition: CompositionDocument;
  readonly input: PatchInput;
  /** The input's own place. */
  readonly pointer: string;
  /** The composite's schema, where it is known. */
  readonly composite: KindSchema | undefined;
  readonly definition: DefinitionDocument | undefined;
  readonly entries: readonly JudgedEntry[];
  /** Whether other functions of the pipeline may set what this one does not. */
  readonly isAlone: boolean;
  readonly store: SchemaStore;
  readonly judge: DocumentJudge;
  readonly suggest: Suggest;
}

/** An entry and the schema of what it composes, where it is known. */
export interface JudgedEntry extends Entry {
  readonly schema: KindSchema | undefined;
  /** What base and patches set in it. */
  readonly places: Place;
}
