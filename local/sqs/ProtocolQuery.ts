import * as Result from "effect/Result"
import type { Call, Protocol } from "./Exchange.ts"
import { missingParameter, type Rejection } from "./Rejection.ts"

type Tree = { [name: string]: Tree | string }

/** Turns `A.1.B=x` into nested objects, whose lists are still objects with the keys 1, 2, ... */
const treeOf = (form: URLSearchParams): Tree => {
  const root: Tree = Object.create(null)
  for (const [path, value] of form) {
    const steps = path.split(".")
    const last = steps.pop() ?? ""
    let at = root
    for (const step of steps) {
      const next = at[step]
      const child: Tree = typeof next === "object" ? next : Object.create(null)
      at[step] = child
      at = child
    }
    at[last] = value
  }
  return root
}

const listOf = (tree: Tree | string | undefined): ReadonlyArray<Tree | string> =>
  typeof tree === "object"
    ? Object.keys(tree)
        .sort((a, b) => Number(a) - Number(b))
        .flatMap((key) => tree[key] ?? [])
    : []

const mapOf = (tree: Tree | string | undefined, key: string) =>
  Object.fromEntries(
    listOf(tree).flatMap((item) =>
      typeof item === "object" && typeof item[key] === "string" ? [[item[key], item.Value]] : []
    )
  )

/** How the query protocol names what the operations call otherwise. */
const rename: Readonly<Record<string, readonly [string, (tree: Tree | string) => unknown]>> = {
  Attribute: ["Attributes", (tree) => mapOf(tree, "Name")],
  AttributeName: ["AttributeNames", listOf],
  MessageAttribute: ["MessageAttributes", (tree) => mapOf(tree, "Name")],
  MessageAttributeName: ["MessageAttributeNames", listOf],
  MessageSystemAttribute: ["MessageSystemAttributes", (tree) => mapOf(tree, "Name")],
  MessageSystemAttributeName: ["MessageSystemAttributeNames", listOf],
  Tag: ["Tags", (tree) => mapOf(tree, "Key")],
  TagKey: ["TagKeys", listOf],
  ChangeMessageVisibilityBatchRequestEntry: ["Entries", (tree) => listOf(tree).map(structure)],
  DeleteMessageBatchRequestEntry: ["Entries", (tree) => listOf(tree).map(structure)],
  SendMessageBatchRequestEntry: ["Entries", (tree) => listOf(tree).map(structure)]
}

const structure = (tree: Tree | string): unknown =>
  typeof tree === "string"
    ? tree
    : Object.fromEntries(
        Object.entries(tree).map(([name, value]) => {
          const known = Object.hasOwn(rename, name) ? rename[name] : undefined
          return known === undefined ? [name, value] : [known[0], known[1](value)]
        })
      )

/** The query protocol: a form in, XML out. */
export const decode = (
  body: string,
  queueUrl: string | undefined
): Result.Result<Call, Rejection> => {
  const { Action, Tag, ...fields } = treeOf(new URLSearchParams(body))
  if (typeof Action !== "string") return Result.fail(missingParameter("Action"))
  const tags = Tag === undefined ? {} : { Tags: mapOf(Tag, "Key"), tags: mapOf(Tag, "Key") }
  const input = { QueueUrl: queueUrl, ...Object(structure(fields)), ...tags }
  return Result.succeed({ action: Action, input })
}

const entities: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "\r": "&#13;"
}
const text = (value: unknown): string =>
  String(value).replace(/[&<>"\r]/g, (character) => entities[character] ?? character)

const element = (name: string, content: string): string => `<${name}>${content}</${name}>`

const pairs = (name: string, key: string) => (value: object) =>
  Object.entries(value)
    .map(([k, v]) => element(name, element(key, text(k)) + element("Value", content("", v))))
    .join("")

const items = (name: (action: string) => string) => (value: object, action: string) =>
  (Array.isArray(value) ? value : [])
    .map((item) => element(name(action), content(action, item)))
    .join("")

/** Lists and maps are flat in XML: their elements repeat under a name of their own. */
const flat: Readonly<Record<string, (value: object, action: string) => string>> = {
  Attributes: pairs("Attribute", "Name"),
  MessageAttributes: pairs("MessageAttribute", "Name"),
  Tags: pairs("Tag", "Key"),
  Failed: items(() => "BatchResultErrorEntry"),
  Messages: items(() => "Message"),
  QueueUrls: items(() => "QueueUrl"),
  queueUrls: items(() => "QueueUrl"),
  Results: items(() => "ListMessageMoveTasksResultEntry"),
  Successful: items((action) => `${action}ResultEntry`)
}

const content = (action: string, value: unknown): string =>
  typeof value !== "object" || value === null
    ? text(value)
    : Object.entries(value)
        .map(([name, inner]) => {
          const write = Object.hasOwn(flat, name) ? flat[name] : undefined
          return write !== undefined && typeof inner === "object" && inner !== null
            ? write(inner, action)
            : element(name, content(action, inner))
        })
        .join("")

const namespace = "http://queue.amazonaws.com/doc/2012-11-05/"

const document = (name: string, inner: string): string =>
  `<?xml version="1.0"?><${name} xmlns="${namespace}">${inner}</${name}>`

export const protocolQuery: Protocol = {
  success: (action, output, requestId) => ({
    status: 200,
    headers: { "content-type": "text/xml", "x-amzn-requestid": requestId },
    body: document(
      `${action}Response`,
      element(`${action}Result`, content(action, output)) +
        element("ResponseMetadata", element("RequestId", requestId))
    )
  }),
  failure: ({ queryCode, message, fault, status }, requestId) => ({
    status,
    headers: { "content-type": "text/xml", "x-amzn-requestid": requestId },
    body: document(
      "ErrorResponse",
      element(
        "Error",
        element("Type", fault) + element("Code", queryCode) + element("Message", text(message))
      ) + element("RequestId", requestId)
    )
  })
}
