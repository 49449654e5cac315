import {
  type AttributeValue,
  ConditionalCheckFailedException,
  type CreateTableCommandInput,
  GetItemCommand,
  type GetItemCommandInput,
  PutItemCommand,
  type PutItemCommandInput,
  QueryCommand,
  type QueryCommandInput,
  UpdateItemCommand,
  type UpdateItemCommandInput
} from "@aws-sdk/client-dynamodb"
import type { Item } from "../../../src/layers/dynamodb/DynamoDb.ts"
import {
  checkPlaceholders,
  conditionOf,
  InvalidExpression,
  projected,
  type Scope,
  updated
} from "./Expression.ts"

export interface TableOptions {
  readonly definition: Pick<CreateTableCommandInput, "GlobalSecondaryIndexes">
  readonly ttlAttribute: string
  /** The size of a page in items; the real table counts bytes. */
  readonly pageItems: number
}

/** A command of the client, with the input that it carries. */
export interface TableCommand {
  readonly input: object
}

/** The answer to a command: the parts of any of DynamoDB's answers that the adapters read. */
export interface TableAnswer {
  readonly Item?: Item
  readonly Attributes?: Item
  readonly Items?: ReadonlyArray<Item>
  readonly LastEvaluatedKey?: Item
}

interface Placeholders {
  readonly ExpressionAttributeNames?: Record<string, string> | undefined
  readonly ExpressionAttributeValues?: Record<string, AttributeValue> | undefined
}

type ConditionalWrite = Pick<
  PutItemCommandInput,
  "ConditionExpression" | "ReturnValuesOnConditionCheckFailure"
> &
  Placeholders

interface Position {
  readonly timestamp: number
  readonly requestId: string
}

const scopeOf = (item: Item, input: Placeholders): Scope => ({
  item,
  names: input.ExpressionAttributeNames ?? {},
  values: input.ExpressionAttributeValues ?? {}
})

const positionOf = ({ requestId, timestamp }: Item): Position => ({
  timestamp: Number(timestamp?.N),
  requestId: requestId?.S ?? ""
})

const nameOf = (key: Item | undefined): string => {
  const { requestId, timestamp } = positionOf(key ?? {})
  if (requestId === "" || Number.isNaN(timestamp)) throw new InvalidExpression("no key")
  return `${requestId}#${timestamp}`
}

const inOrder = (one: Position, other: Position): number =>
  one.timestamp - other.timestamp ||
  Number(one.requestId > other.requestId) - Number(one.requestId < other.requestId)

/**
 * The table in this process's memory, as far as the adapters use it: conditional writes, reads by
 * key and pages of an index. A test holds it to the contracts that the real engines keep.
 */
export class SimulatedTable {
  readonly #items = new Map<string, Item>()
  readonly #options: TableOptions

  constructor(options: TableOptions) {
    this.#options = options
  }

  item(key: Item): Item | undefined {
    return this.#items.get(nameOf(key))
  }

  /** Throws what the client would. */
  apply(command: TableCommand): TableAnswer {
    if (command instanceof PutItemCommand) return this.#put(command.input)
    if (command instanceof UpdateItemCommand) return this.#update(command.input)
    if (command instanceof GetItemCommand) return this.#get(command.input)
    if (command instanceof QueryCommand) return this.#query(command.input)
    throw new InvalidExpression("a command that is not simulated")
  }

  /** Does what TTL does some time after an item has expired; tells how many items went. */
  expire(nowMs: number): number {
    const { ttlAttribute } = this.#options
    let deleted = 0
    for (const [name, item] of this.#items) {
      const expiresAt = Number(item[ttlAttribute]?.N ?? Number.POSITIVE_INFINITY)
      if (expiresAt * 1000 > nowMs) continue
      this.#items.delete(name)
      deleted += 1
    }
    return deleted
  }

  #check(found: Item | undefined, input: ConditionalWrite): void {
    const { ConditionExpression: condition } = input
    if (condition === undefined || conditionOf(condition)(scopeOf(found ?? {}, input))) return
    const isTold = input.ReturnValuesOnConditionCheckFailure === "ALL_OLD"
    throw new ConditionalCheckFailedException({
      message: "The conditional request failed",
      $metadata: { httpStatusCode: 400 },
      ...(isTold && found !== undefined ? { Item: found } : {})
    })
  }

  #put(input: PutItemCommandInput): TableAnswer {
    const { Item: item = {} } = input
    const name = nameOf(item)
    checkPlaceholders(scopeOf(item, input), [input.ConditionExpression])
    this.#check(this.#items.get(name), input)
    this.#items.set(name, item)
    return {}
  }

  #update(input: UpdateItemCommandInput): TableAnswer {
    const { ConditionExpression, Key: key = {}, ReturnValues, UpdateExpression = "" } = input
    const name = nameOf(key)
    const found = this.#items.get(name)
    const scope = scopeOf(found ?? {}, input)
    checkPlaceholders(scope, [ConditionExpression, UpdateExpression])
    this.#check(found, input)
    const item = { ...key, ...updated(UpdateExpression, scope) }
    this.#items.set(name, item)
    return ReturnValues === "ALL_NEW" ? { Attributes: item } : {}
  }

  #get(input: GetItemCommandInput): TableAnswer {
    const { Key: key, ProjectionExpression: projection } = input
    const found = this.#items.get(nameOf(key))
    checkPlaceholders(scopeOf({}, input), [projection])
    return found === undefined ? {} : { Item: projected(projection, scopeOf(found, input)) }
  }

  #indexOf(name: string | undefined) {
    const { GlobalSecondaryIndexes: indexes = [] } = this.#options.definition
    const index = indexes.find(({ IndexName }) => IndexName === name)
    if (index === undefined) throw new InvalidExpression(`no index ${name}`)
    const keys = index.KeySchema?.map(({ AttributeName = "" }) => AttributeName) ?? []
    const shown = [...keys, "requestId", "timestamp", ...(index.Projection?.NonKeyAttributes ?? [])]
    return { keys, shown: new Set(shown) }
  }

  /** The real table refuses a page that begins outside of the query's range. */
  #startOf(input: QueryCommandInput, holds: (item: Item) => boolean): Position | undefined {
    const { ExclusiveStartKey: key } = input
    if (key === undefined) return undefined
    if (!holds(key)) throw new InvalidExpression("the starting key is outside of the query")
    return positionOf(key)
  }

  #query(input: QueryCommandInput): TableAnswer {
    const { IndexName, KeyConditionExpression: condition = "" } = input
    const { Limit = Number.POSITIVE_INFINITY, ScanIndexForward = true } = input
    const ordered = (one: Position, other: Position) =>
      ScanIndexForward ? inOrder(one, other) : inOrder(other, one)
    const { keys, shown } = this.#indexOf(IndexName)
    checkPlaceholders(scopeOf({}, input), [condition])
    const matches = conditionOf(condition)
    const holds = (item: Item) => matches(scopeOf(item, input))
    const start = this.#startOf(input, holds)
    const found = [...this.#items.values()]
      .filter((item) => keys.every((key) => item[key] !== undefined) && holds(item))
      .filter((item) => start === undefined || ordered(positionOf(item), start) > 0)
      .sort((one, other) => ordered(positionOf(one), positionOf(other)))
    const page = found.slice(0, Math.min(this.#options.pageItems, Limit))
    const last = page.at(-1)
    const only = (item: Item, names: ReadonlySet<string>): Item =>
      Object.fromEntries(Object.entries(item).filter(([name]) => names.has(name)))
    return {
      Items: page.map((item) => only(item, shown)),
      ...(found.length > page.length && last !== undefined
        ? { LastEvaluatedKey: only(last, new Set([...keys, "requestId", "timestamp"])) }
        : {})
    }
  }
}
