/** See "DynamoDB item sizes and formats" in its developer guide. */
import type { AttributeValue } from "@aws-sdk/client-dynamodb"
import type { Item } from "../../src/layers/dynamodb/DynamoDb.ts"

/** Two significant digits a byte, one byte more, and one for a minus. */
const numberBytes = (number: string): number => {
  const [mantissa = ""] = number.replace("-", "").split(/e/i)
  const significant = mantissa.replace(".", "").replace(/^0+|0+$/g, "")
  return Math.ceil(significant.length / 2) + 1 + (number.startsWith("-") ? 1 : 0)
}

const sum = (sizes: ReadonlyArray<number>): number => sizes.reduce((total, size) => total + size, 0)

const valueBytes = ({ B, L, M, N, S }: AttributeValue): number => {
  if (S !== undefined) return Buffer.byteLength(S)
  if (N !== undefined) return numberBytes(N)
  if (B !== undefined) return B.length
  if (L !== undefined) return 3 + sum(L.map((element) => 1 + valueBytes(element)))
  if (M !== undefined) return 3 + sum(Object.entries(M).map((entry) => 1 + attributeBytes(entry)))
  // a boolean or null
  return 1
}

const attributeBytes = ([name, value]: readonly [string, AttributeValue]): number =>
  Buffer.byteLength(name) + valueBytes(value)

export const itemBytes = (item: Item): number => sum(Object.entries(item).map(attributeBytes))
