import type { AttributeValue } from "@aws-sdk/client-dynamodb"
import type { Item } from "../../../src/layers/dynamodb/DynamoDb.ts"

/** The item that an expression is about, and the placeholders that a request gives with it. */
export interface Scope {
  readonly item: Item
  readonly names: Readonly<Record<string, string>>
  readonly values: Readonly<Record<string, AttributeValue>>
}

export type Condition = (scope: Scope) => boolean
type Operand = (scope: Scope) => AttributeValue | undefined
interface Assignment {
  readonly path: (scope: Scope) => string
  readonly value: Operand
}

/** DynamoDB's ValidationException: the request is wrong, whatever is in the table. */
export class InvalidExpression extends Error {
  override readonly name = "ValidationException"
}

const token = /\s*([#:]?\w+|<=|>=|<>|[=<>+\-(),])/y

const tokensOf = (text: string): ReadonlyArray<string> => {
  const tokens: Array<string> = []
  token.lastIndex = 0
  while (token.lastIndex < text.trimEnd().length) {
    const [, found] = token.exec(text) ?? []
    if (found === undefined) throw new InvalidExpression(`cannot read ${text}`)
    tokens.push(found)
  }
  return tokens
}

const comparable = (value: AttributeValue | undefined): string | number | undefined =>
  value?.N === undefined ? value?.S : Number(value.N)

type Comparison = (one: string | number, other: string | number) => boolean

const comparisons: Readonly<Record<string, Comparison>> = {
  "=": (one, other) => one === other,
  "<>": (one, other) => one !== other,
  "<": (one, other) => one < other,
  "<=": (one, other) => one <= other,
  ">": (one, other) => one > other,
  ">=": (one, other) => one >= other
}

/** Numbers compare with numbers and texts with texts; a missing attribute fails every comparison. */
const compare = (
  one: AttributeValue | undefined,
  other: AttributeValue | undefined,
  holds: Comparison
): boolean => {
  const [left, right] = [comparable(one), comparable(other)]
  return left !== undefined && right !== undefined && typeof left === typeof right
    ? holds(left, right)
    : false
}

const sum = (one: AttributeValue | undefined, other: AttributeValue | undefined) => {
  if (one?.N === undefined || other?.N === undefined) {
    throw new InvalidExpression("only numbers can be added")
  }
  return { N: String(Number(one.N) + Number(other.N)) }
}

/** Reads the part of DynamoDB's expression language that the adapters use. */
class Reader {
  readonly #tokens: ReadonlyArray<string>
  #at = 0

  constructor(text: string) {
    this.#tokens = tokensOf(text)
  }

  get #next(): string {
    return this.#tokens[this.#at] ?? ""
  }

  #take(): string {
    const taken = this.#next
    this.#at += 1
    return taken
  }

  #takeIf(word: string): boolean {
    if (this.#next !== word) return false
    this.#at += 1
    return true
  }

  #expect(word: string): void {
    if (!this.#takeIf(word)) throw new InvalidExpression(`${word} expected, not ${this.#next}`)
  }

  end(): void {
    if (this.#next !== "") throw new InvalidExpression(`${this.#next} is too much`)
  }

  path(): (scope: Scope) => string {
    const name = this.#take()
    if (!name.startsWith("#")) return () => name
    return ({ names }) => {
      const meant = names[name]
      if (meant === undefined) throw new InvalidExpression(`${name} is not named`)
      return meant
    }
  }

  #operand(): Operand {
    if (this.#takeIf("if_not_exists")) {
      this.#expect("(")
      const path = this.path()
      this.#expect(",")
      const otherwise = this.#operand()
      this.#expect(")")
      return (scope) => scope.item[path(scope)] ?? otherwise(scope)
    }
    if (!this.#next.startsWith(":")) {
      const path = this.path()
      return (scope) => scope.item[path(scope)]
    }
    const name = this.#take()
    return ({ values }) => {
      const value = values[name]
      if (value === undefined) throw new InvalidExpression(`${name} has no value`)
      return value
    }
  }

  #predicate(): Condition {
    if (this.#takeIf("(")) {
      const inner = this.condition()
      this.#expect(")")
      return inner
    }
    for (const [word, exists] of [
      ["attribute_not_exists", false],
      ["attribute_exists", true]
    ] as const) {
      if (!this.#takeIf(word)) continue
      this.#expect("(")
      const path = this.path()
      this.#expect(")")
      return (scope) => (scope.item[path(scope)] !== undefined) === exists
    }
    return this.#comparison()
  }

  #comparison(): Condition {
    const left = this.#operand()
    if (this.#takeIf("BETWEEN")) {
      const low = this.#operand()
      this.#expect("AND")
      const high = this.#operand()
      return (scope) =>
        compare(left(scope), low(scope), (one, other) => one >= other) &&
        compare(left(scope), high(scope), (one, other) => one <= other)
    }
    const sign = this.#take()
    const holds = comparisons[sign]
    if (holds === undefined) throw new InvalidExpression(`${sign} compares nothing`)
    const right = this.#operand()
    return (scope) => compare(left(scope), right(scope), holds)
  }

  #conjunction(): Condition {
    const parts = [this.#predicate()]
    while (this.#takeIf("AND")) parts.push(this.#predicate())
    return (scope) => parts.every((part) => part(scope))
  }

  condition(): Condition {
    const parts = [this.#conjunction()]
    while (this.#takeIf("OR")) parts.push(this.#conjunction())
    return (scope) => parts.some((part) => part(scope))
  }

  assignments(): ReadonlyArray<Assignment> {
    this.#expect("SET")
    const assignments: Array<Assignment> = []
    do {
      const path = this.path()
      this.#expect("=")
      const first = this.#operand()
      if (this.#takeIf("+")) {
        const second = this.#operand()
        assignments.push({ path, value: (scope) => sum(first(scope), second(scope)) })
      } else assignments.push({ path, value: first })
    } while (this.#takeIf(","))
    return assignments
  }

  paths(): ReadonlyArray<(scope: Scope) => string> {
    const paths = [this.path()]
    while (this.#takeIf(",")) paths.push(this.path())
    return paths
  }
}

/** Each text is read once, because programs send the same few expressions again and again. */
const reading = <A>(read: (reader: Reader) => A) => {
  const known = new Map<string, A>()
  return (text: string): A => {
    const found = known.get(text)
    if (found !== undefined) return found
    const reader = new Reader(text)
    const meaning = read(reader)
    reader.end()
    known.set(text, meaning)
    return meaning
  }
}

export const conditionOf = reading((reader) => reader.condition())
const assignmentsOf = reading((reader) => reader.assignments())
const pathsOf = reading((reader) => reader.paths())

/** The item after a `SET`; every operand is that of the item before it. */
export const updated = (expression: string, scope: Scope): Item => {
  const changed: Item = {}
  for (const { path, value } of assignmentsOf(expression)) {
    const given = value(scope)
    if (given === undefined) throw new InvalidExpression("an operand refers to no attribute")
    changed[path(scope)] = given
  }
  return { ...scope.item, ...changed }
}

export const projected = (expression: string | undefined, scope: Scope): Item => {
  if (expression === undefined) return scope.item
  const names = pathsOf(expression).map((path) => path(scope))
  return Object.fromEntries(Object.entries(scope.item).filter(([name]) => names.includes(name)))
}

/** DynamoDB refuses a request that gives a placeholder and does not use it. */
export const checkPlaceholders = (
  { names, values }: Omit<Scope, "item">,
  expressions: ReadonlyArray<string | undefined>
): void => {
  const used = new Set(expressions.flatMap((text) => (text === undefined ? [] : tokensOf(text))))
  for (const name of [...Object.keys(names), ...Object.keys(values)]) {
    if (!used.has(name)) throw new InvalidExpression(`${name} is unused`)
  }
}
