export { compileExpression } from './compile.ts'
export { type Comparison, type Operand, type Outline, outlineOf } from './outline.ts'
export { valuesRead } from './reads.ts'
export type {
  CelType,
  CompileOptions,
  CompileVerdict,
  EvaluationVerdict,
  Expression,
  ExpressionFunctions,
  Position,
} from './types.ts'
export { type PreparedValues, prepareValues } from './values.ts'
