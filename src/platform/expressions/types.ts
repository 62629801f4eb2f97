import type { PreparedValues } from './values.ts'

/** What a variable holds, as CEL names it; `dyn` is anything. */
export type CelType = 'dyn' | 'string' | 'bool' | 'int' | 'double' | 'list' | 'map'

/** What the caller wants back. `any`: whatever comes. */
export type Wanted = 'bool' | 'string' | 'number' | 'any'

/**
 * Functions that the caller adds, by CEL signature: `'happened(string, string): bool'`.
 * They get all values of this evaluation (also those that no expression can see, such as a matter's history),
 * then their arguments as plain values. They must be quick and have no effects.
 */
export type ExpressionFunctions = Readonly<
  Record<string, (values: Readonly<Record<string, unknown>>, ...args: unknown[]) => unknown>
>

export interface CompileOptions {
  /** Names that expressions may use, all `dyn`; or each with its type. */
  variables: readonly string[] | Readonly<Record<string, CelType>>
  /** Declare it once as a constant: compiled expressions are kept by the identity of this object. */
  functions?: ExpressionFunctions
  /** Checked when compiled, as far as types are known then, and again for each value. */
  returns?: Wanted
}

/** Where in the source, counted from 1; `offset` from 0. */
export interface Position {
  offset: number
  line: number
  column: number
}

export type CompileVerdict =
  | { ok: true; expression: Expression }
  | { ok: false; message: string; position?: Position }

export type EvaluationVerdict =
  | { ok: true; value: unknown }
  | {
      ok: false
      message: string
      /** Set when a field or list item was asked for that is not there: its path as written, `body.data.status`. */
      missing?: string
    }

export interface Expression {
  readonly source: string
  /**
   * The paths it may read, sorted: `['body.data.status', 'matter.state']`. A path ends where an index or
   * a call begins; functions that read more by themselves (`happened`) are named as `happened()`.
   */
  readonly reads: readonly string[]
  /** Never throws. Whole numbers beyond 2^53 come back as text, timestamps as Temporal.Instant. */
  evaluate(values: Readonly<Record<string, unknown>> | PreparedValues): EvaluationVerdict
}
