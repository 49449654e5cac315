import { assert, describe, it } from "@effect/vitest"
import type { Options } from "../../../src/programs/recorder/Package.d.ts"
import { questionSource } from "../../../src/programs/recorder/QuestionSource.ts"

const text = "What do you cost?"
const encoded = new URLSearchParams({ message: text }).toString()

const request = (path: string, { type, ...init }: RequestInit & { readonly type?: string } = {}) =>
  new Request(`https://cv.example.com${path}`, {
    ...init,
    ...(type === undefined ? {} : { headers: { "content-type": type } })
  })

const asked = async (of: Request, options: Options = {}) => {
  const found = await questionSource(of, options)?.(of.clone() as Request)
  return found !== undefined && "question" in found ? found.question : undefined
}

const json = { method: "POST", type: "application/json", body: JSON.stringify({ message: text }) }
const form = new FormData()
form.set("message", text)
form.set("picture", new Blob(["\u0000\u00FF"]), "a.png")

const at = "/chat"

describe("A wrapped Worker's question", () => {
  it("is looked for in every POST of JSON, which may be called a text", async () => {
    for (const type of ["application/json; charset=utf-8", "text/plain;charset=UTF-8"]) {
      assert.strictEqual(await asked(request("/anything", { ...json, type })), text)
    }
  })

  it("is not looked for in other methods, forms and texts without a path", async () => {
    for (const other of [
      request(`/chat?${encoded}`),
      request(at, { ...json, method: "PUT" }),
      request(at, { ...json, body: encoded, type: "application/x-www-form-urlencoded" }),
      request(at, { ...json, body: text, type: "text/plain" })
    ]) {
      assert.isUndefined(await asked(other))
    }
  })

  for (const [name, of] of [
    ["JSON of any method", request(at, { ...json, method: "PUT" })],
    ["a path with a slash at its end", request("/chat/", json)],
    ["a text", request(at, { ...json, body: text, type: "text/plain" })],
    [
      "a body without a type",
      request(at, { ...json, body: new TextEncoder().encode(text), type: "" })
    ],
    ["a form", request(at, { ...json, body: encoded, type: "application/x-www-form-urlencoded" })],
    ["a form with a picture", request(at, { method: "POST", body: form })],
    ["an address", request(`/chat?${encoded}`)]
  ] as const) {
    it(`is read at its path from ${name}`, async () =>
      assert.strictEqual(await asked(of, { at }), text))
  }

  it("is not looked for at other paths", async () => {
    for (const path of ["/feedback", "/chat/2", "/"]) {
      assert.isUndefined(await asked(request(path, json), { at }))
    }
    assert.strictEqual(await asked(request("/b", json), { at: ["/a", "/b"] }), text)
    const isChat = (of: Request) => of.headers.get("x-chat") === "1"
    assert.isUndefined(await asked(request(at, json), { at: isChat }))
  })

  it("is the one that the owner's function finds, whatever the method", async () => {
    const question = async ({ url }: Request) => new URL(url).searchParams.get("q") ?? undefined
    assert.strictEqual(await asked(request("/x?q=Why"), { question }), "Why")
    assert.isUndefined(await asked(request("/x?q=Why"), { at, question }))
  })
})
