import * as SchemaAST from "effect/SchemaAST"
import { reportTextName } from "./ReportText.ts"
import { WeeklyReport } from "./WeeklyReport.ts"

const textsIn = (ast: SchemaAST.AST): ReadonlyArray<string> => {
  if (SchemaAST.isArrays(ast)) return ast.rest.flatMap(textsIn)
  if (!SchemaAST.isObjects(ast)) return []
  return ast.propertySignatures.flatMap(({ name, type }) =>
    type.annotations?.identifier === reportTextName ? [String(name)] : textsIn(type)
  )
}

/** The names under which a report holds words of visitors and chatbots, wherever in it. */
export const textFields: ReadonlySet<string> = new Set(textsIn(WeeklyReport.ast))
