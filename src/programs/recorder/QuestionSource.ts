/** Finds the question of a wrapped Worker's request. */
import { readAtMost } from "../../runtime/readAtMost.ts"
import { fieldsOf, parseJson } from "../../schema/chat/Json.ts"
import { isConversation, readChatQuestion } from "../../schema/chat/readChatQuestion.ts"
import { readConversation } from "../../schema/chat/readConversation.ts"
import type { Options, ToldQuestion } from "./Package.d.ts"
import { toldQuestionIn } from "./ToldQuestion.ts"

/** A question, and what its request tells of the conversation. */
export interface FoundQuestion extends ToldQuestion {
  readonly conversationId?: string
}

/** Names the fields of a body in which no question was found. */
export interface NoQuestion {
  readonly fields: ReadonlyArray<string>
}

/** Finds the question in a copy of the request; `undefined` when it asks none. */
export type QuestionSource = (copy: Request) => Promise<FoundQuestion | NoQuestion | undefined>

/** Some pages send the whole conversation with every question, and its pictures. */
const bodyBytesMax = 4 * 1024 * 1024

const typeOf = ({ headers }: Request): string => headers.get("content-type") ?? ""

/** Pages send JSON as text to avoid a preflight; such a body may also be no JSON. */
const mayHoldJson = (request: Request): boolean =>
  request.method === "POST" &&
  /^(?:application\/(?:[\w.-]+\+)?json|text\/plain)\s*(?:;|$)/i.test(typeOf(request))

const foundIn = (json: unknown): FoundQuestion | NoQuestion | undefined => {
  const question = readChatQuestion(json)
  if (question !== undefined) return { question, ...readConversation(json) }
  return isConversation(json) ? undefined : { fields: Object.keys(fieldsOf(json)) }
}

/** Reads the forms of JSON that most chatbots use. */
export const questionInJson: QuestionSource = async (request) => {
  const body = await readAtMost(request.body, bodyBytesMax)
  return body === undefined ? undefined : foundIn(parseJson(body))
}

const questionInFields = (fields: URLSearchParams | FormData) =>
  foundIn(Object.fromEntries([...fields].filter(([, value]) => typeof value === "string")))

const isQuestion = (found: FoundQuestion | NoQuestion | undefined): found is FoundQuestion =>
  found !== undefined && "question" in found

/** Reads forms and plain texts too, which elsewhere may be anything. */
export const questionInAnything: QuestionSource = async (request) => {
  const inUrl = questionInFields(new URL(request.url).searchParams)
  const orInUrl = (found: FoundQuestion | NoQuestion | undefined) =>
    isQuestion(found) || !isQuestion(inUrl) ? found : inUrl
  if (request.body === null) return inUrl
  const body = await readAtMost(request.body, bodyBytesMax)
  if (body === undefined) return inUrl
  const type = typeOf(request)
  if (/^application\/x-www-form-urlencoded\b/i.test(type)) {
    return orInUrl(questionInFields(new URLSearchParams(body)))
  }
  if (/^multipart\/form-data\b/i.test(type)) {
    const form = new Response(body, { headers: { "content-type": type } })
    return orInUrl(questionInFields(await form.formData()))
  }
  const json = parseJson(body)
  const isText = /^text\/plain\b|^$/i.test(type) && (typeof json !== "object" || json === null)
  return isText ? { question: body } : orInUrl(foundIn(json))
}

const told =
  (question: NonNullable<Options["question"]>): QuestionSource =>
  async (copy) => {
    const told: unknown = await question(copy)
    if (told == null || told === "") return undefined
    const found = toldQuestionIn(told)
    if (found === undefined) throw new TypeError("the option `question` told no text")
    return found
  }

/** A promise would count as a yes for every request, whatever it tells later. */
const isYes = (told: unknown): boolean => {
  if (!(told instanceof Promise)) return Boolean(told)
  told.catch(() => undefined)
  throw new TypeError("the option `at` told a promise")
}

const isAt = (request: Request, at: NonNullable<Options["at"]>): boolean => {
  if (typeof at === "function") return isYes(at(request))
  const { pathname } = new URL(request.url)
  return [at].flat().some((path) => path === pathname || `${path}/` === pathname)
}

/**
 * Returns how to find the question of this request, or `undefined` when it asks none. The body of
 * such a request is left alone.
 */
export const questionSource = (
  request: Request,
  { at, question }: Options
): QuestionSource | undefined => {
  // a preflight repeats the address of the question that follows
  if (request.method === "OPTIONS") return undefined
  if (at !== undefined && !isAt(request, at)) return undefined
  if (question !== undefined) return told(question)
  if (at !== undefined) return questionInAnything
  return mayHoldJson(request) ? questionInJson : undefined
}
