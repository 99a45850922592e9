import type { EnvironmentCodes } from './environment.ts';
import type { GraphCodes } from './graph.ts';
import type { ManifestCodes } from './manifest.ts';
import type { PlatformCodes } from './platform.ts';
import type { PolicyCodes } from './policy.ts';
import type { PreviewCodes } from './preview.ts';
import type { SchemaCodes } from './schema.ts';

/** Code -> the arguments of its sentence. One file for each part of the flow that finds things. */
export interface Codes
  extends EnvironmentCodes,
    PlatformCodes,
    ManifestCodes,
    SchemaCodes,
    PolicyCodes,
    PreviewCodes,
    GraphCodes {}
