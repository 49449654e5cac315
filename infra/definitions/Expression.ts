/** Terraform's expressions, as far as they can be evaluated before a deployment. */
import { getExpressionAst, type TFExpressionSyntaxTree as Syntax } from "@cdktf/hcl2json"

/** An expression in place of a value, with the text that stands for it while it is unknown. */
export class Expression {
  readonly text: string
  readonly syntax: Syntax.ExpressionType

  constructor(text: string, syntax: Syntax.ExpressionType) {
    this.text = text
    this.syntax = syntax
  }
}

/** Returns the value of a reference such as `var.name` or `aws_sqs_queue.events.name`. */
export type Lookup = (path: ReadonlyArray<string>) => unknown

export const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null && !Array.isArray(value)

/** The expression inside of `${...}`, if that is the whole text. */
const interpolated = (text: string): string | undefined => {
  let depth = 0
  for (const [at, character] of [...text].entries()) {
    if (character === "{") depth += 1
    if (character === "}") depth -= 1
    if (depth === 0 && at > 0) return at === text.length - 1 ? text.slice(2, -1) : undefined
  }
  return undefined
}

const textsOf = (value: unknown): ReadonlyArray<string> => {
  if (typeof value === "string") return value.includes("${") ? [value] : []
  return typeof value === "object" && value !== null ? Object.values(value).flatMap(textsOf) : []
}

type Known = ReadonlyMap<string, Expression>

const withExpressions = (value: unknown, known: Known): unknown => {
  if (typeof value === "string") return known.get(value) ?? value
  if (Array.isArray(value)) return value.map((element) => withExpressions(element, known))
  if (!isRecord(value)) return value
  return Object.fromEntries(
    Object.entries(value).map(([name, part]) => [name, withExpressions(part, known)])
  )
}

/** Finds the expressions in hcl2json's result; parses them as one list, which is a single call. */
export const parseExpressions = async (value: unknown): Promise<unknown> => {
  const texts = [...new Set(textsOf(value))]
  const sources = texts.map((text) => interpolated(text) ?? `"${text}"`)
  const list = await getExpressionAst("expressions.tf", `[${sources.join(",\n")}]`)
  const known = texts.flatMap((text, at) => {
    const syntax = list?.children[at]
    return syntax === undefined ? [] : [[text, new Expression(text, syntax)] as const]
  })
  return withExpressions(value, new Map(known))
}

const operators: Readonly<Record<string, (left: number, right: number) => number>> = {
  add: (left, right) => left + right,
  subtract: (left, right) => left - right,
  multiply: (left, right) => left * right,
  divide: (left, right) => left / right
}

const literal = ({ type, value }: Syntax.LiteralValueExpressionMeta): unknown => {
  if (type === "number") return Number(value)
  if (type === "bool") return value === "true"
  // Terraform escapes as JSON does
  return type === "string" ? JSON.parse(`"${value}"`) : null
}

const binary = (operator: string, left: unknown, right: unknown): unknown => {
  if (left === undefined || right === undefined) return undefined
  if (operator === "equal") return left === right
  if (operator === "notEqual") return left !== right
  return operators[operator]?.(Number(left), Number(right))
}

/** The parser gives it no name. */
const isParenthesis = ({ type }: { readonly type: string }): boolean => type === ""

/** Undefined = unknown, like a call of a function or a value that AWS assigns. */
const resolve = (syntax: Syntax.ExpressionType, lookup: Lookup): unknown => {
  const inner = () => syntax.children.map((child) => resolve(child, lookup))
  if (isParenthesis(syntax)) return inner()[0]
  switch (syntax.type) {
    case "literalValue":
      return literal(syntax.meta)
    case "scopeTraversal":
      return lookup(syntax.meta.traversal.map(({ segment }) => segment))
    case "binaryOp": {
      const [left, right] = inner()
      return binary(syntax.meta.operator, left, right)
    }
    case "conditional": {
      const [condition, yes, no] = inner()
      return condition === undefined ? undefined : condition === true ? yes : no
    }
    case "tuple":
      return inner().map((value, at) => value ?? `\${${syntax.children[at]?.meta.value}}`)
    case "template":
      return syntax.children
        .map((child) => resolve(child, lookup) ?? `\${${child.meta.value}}`)
        .join("")
    default:
      return undefined
  }
}

/** Evaluates the expressions in a value; unknown ones become their text, null is left out. */
export const evaluate = (value: unknown, lookup: Lookup): unknown => {
  if (value instanceof Expression) {
    const known = resolve(value.syntax, lookup)
    return known === undefined ? value.text : known
  }
  if (Array.isArray(value)) return value.map((element) => evaluate(element, lookup))
  if (!isRecord(value)) return value
  return Object.fromEntries(
    Object.entries(value).flatMap(([name, part]) => {
      const known = evaluate(part, lookup)
      return known === null ? [] : [[name, known]]
    })
  )
}

/** Follows a path into a value, and evaluates each expression on the way. */
export const descend = (value: unknown, path: ReadonlyArray<string>, lookup: Lookup): unknown => {
  const here = value instanceof Expression ? resolve(value.syntax, lookup) : value
  const [name, ...rest] = path
  if (name === undefined) return here === undefined ? here : evaluate(here, lookup)
  return isRecord(here) ? descend(here[name], rest, lookup) : undefined
}
