/** Mistakes that a compiler has to refuse. */
import { drainOutbox, feedback, record, tell, withAnalytics } from "cv-analytics"

const worker = { fetch: async (request: Request) => new Response(request.url) }
const platform = { waitUntil: () => undefined }
const request = new Request("https://example.com")

export const mistakes = [
  // @ts-expect-error a vote has an environment
  () => feedback(request),
  // @ts-expect-error a Worker is an object
  () => withAnalytics("worker"),
  // @ts-expect-error it answers by a function
  () => withAnalytics({ fetch: "https://example.com" }),
  // @ts-expect-error it has a handler of this name
  () => withAnalytics({ fech: worker.fetch }),
  // @ts-expect-error its class makes such objects
  () => withAnalytics(Date),
  // @ts-expect-error a path is a text
  () => withAnalytics(worker, { at: 1 }),
  // @ts-expect-error an option has one of five names
  () => withAnalytics(worker, { path: "/chat" }),
  // @ts-expect-error a question is a text
  () => withAnalytics(worker, { question: () => 1 }),
  // @ts-expect-error a wrapped Worker has the handlers of the Worker
  () => withAnalytics(worker).scheduled(),
  // @ts-expect-error an exchange has a question
  () => record({}, platform, { answer: "Here." }),
  // @ts-expect-error an environment is an object
  () => record("env", platform, { question: "Where?" }),
  // @ts-expect-error a match has one of four types
  () => tell(request, { matchType: "good" }),
  // @ts-expect-error tokens are numbers
  () => tell(request, { tokens: { input: "1", output: "2" } }),
  // @ts-expect-error a batch has messages
  () => drainOutbox({}, {})
]
