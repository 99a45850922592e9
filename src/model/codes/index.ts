import type { BuiltinCodes } from './builtin.ts';
import type { CelCodes } from './cel.ts';
import type { ChangeCodes } from './change.ts';
import type { ChartCodes } from './chart.ts';
import type { CompositionCodes } from './composition.ts';
import type { EnvironmentCodes } from './environment.ts';
import type { GraphCodes } from './graph.ts';
import type { ManifestCodes } from './manifest.ts';
import type { MetadataCodes } from './metadata.ts';
import type { PlatformCodes } from './platform.ts';
import type { PolicyCodes } from './policy.ts';
import type { PolicyTestCodes } from './policy-test.ts';
import type { PreviewCodes } from './preview.ts';
import type { SchemaCodes } from './schema.ts';
import type { TrustCodes } from './trust.ts';
import type { WaiverCodes } from './waiver.ts';

/** Code -> the arguments of its sentence. One file for each part of the flow that finds things. */
export interface Codes
  extends EnvironmentCodes,
    PlatformCodes,
    ManifestCodes,
    SchemaCodes,
    MetadataCodes,
    CelCodes,
    CompositionCodes,
    BuiltinCodes,
    PolicyCodes,
    PolicyTestCodes,
    WaiverCodes,
    PreviewCodes,
    ChangeCodes,
    ChartCodes,
    TrustCodes,
    GraphCodes {}
