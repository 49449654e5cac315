/** Where the question of a wrapped Worker's request is found. */
import { readAtMost } from "../../runtime/readAtMost.ts"
import { parseJson } from "../../schema/chat/Json.ts"
import { readChatQuestion } from "../../schema/chat/readChatQuestion.ts"
import { type ConversationHints, readConversation } from "../../schema/chat/readConversation.ts"

/** A question, and what its request tells of the conversation. */
export interface FoundQuestion extends ConversationHints {
  readonly question: string
}

/** Finds the question of a request; `undefined` when it asks none. */
export type QuestionOf = (request: Request) => Promise<string | FoundQuestion | undefined>

/** Each option replaces a guess. */
export interface Options {
  /**
   * A path, several, or a function of the request. There every method and body may ask, and all
   * other requests are ignored.
   */
  readonly at?: string | ReadonlyArray<string> | ((request: Request) => boolean)
  /** Gets a copy of the request, whatever its method. */
  readonly question?: QuestionOf
}

/** Some pages send the whole conversation with every question, and its pictures. */
const bodyBytesMax = 4 * 1024 * 1024

const typeOf = ({ headers }: Request): string => headers.get("content-type") ?? ""

/** Pages send JSON as text to avoid a preflight; such a body may also be no JSON. */
const mayHoldJson = (request: Request): boolean =>
  /^(?:application\/(?:[\w.-]+\+)?json|text\/plain)\s*(?:;|$)/i.test(typeOf(request))

const foundIn = (json: unknown): FoundQuestion | undefined => {
  const question = readChatQuestion(json)
  return question === undefined ? undefined : { question, ...readConversation(json) }
}

/** Reads the forms of JSON that most chatbots use. */
export const questionInJson: QuestionOf = async (request) => {
  if (!mayHoldJson(request)) return undefined
  const body = await readAtMost(request.body, bodyBytesMax)
  return body === undefined ? undefined : foundIn(parseJson(body))
}

const questionInFields = (fields: URLSearchParams | FormData): FoundQuestion | undefined =>
  foundIn(Object.fromEntries([...fields].filter(([, value]) => typeof value === "string")))

/** Reads forms and plain texts too, which elsewhere may be anything. */
export const questionInAnything: QuestionOf = async (request) => {
  const fallback = questionInFields(new URL(request.url).searchParams)
  if (request.body === null) return fallback
  const body = await readAtMost(request.body, bodyBytesMax)
  if (body === undefined) return fallback
  const type = typeOf(request)
  if (/^application\/x-www-form-urlencoded\b/i.test(type)) {
    return questionInFields(new URLSearchParams(body)) ?? fallback
  }
  if (/^multipart\/form-data\b/i.test(type)) {
    const form = new Response(body, { headers: { "content-type": type } })
    return questionInFields(await form.formData()) ?? fallback
  }
  const json = parseJson(body)
  const isText = /^text\/plain\b|^$/i.test(type) && (typeof json !== "object" || json === null)
  return (isText ? body : foundIn(json)) ?? fallback
}

const isAt = (request: Request, at: NonNullable<Options["at"]>): boolean => {
  if (typeof at === "function") return at(request)
  const { pathname } = new URL(request.url)
  return [at].flat().some((path) => path === pathname || `${path}/` === pathname)
}

/** Returns how to find the question of this request, or `undefined` when it asks none. */
export const questionSource = (
  request: Request,
  { at, question }: Options
): QuestionOf | undefined => {
  if (at !== undefined && !isAt(request, at)) return undefined
  if (question !== undefined) return question
  if (at !== undefined) return questionInAnything
  return request.method === "POST" ? questionInJson : undefined
}
