/** Scenes on the page: each has actions of a visitor and what must be visible then. */
import { toResponse } from "../../../src/programs/edge/Problem.ts"
import { type Chatbot, hostileWords } from "./Chatbot.ts"
import type { Visitor } from "./Visitor.ts"

export interface Scene {
  /** The chatbot with the CV, or the one that does what its question says. */
  readonly at: "system" | "chatbot"
  readonly play: (visitor: Visitor, chatbot: Chatbot) => Promise<void>
}

const outlineOf = (visitor: Visitor): Promise<string> =>
  visitor.page.evaluate(() => {
    const focused = document.activeElement ?? document.body
    const { outlineStyle, outlineWidth } = getComputedStyle(focused)
    return `${focused.id}: ${outlineStyle} ${outlineWidth}`
  })

const animations = (visitor: Visitor): Promise<number> =>
  visitor.page.evaluate(() => document.getAnimations().length)

const detailOf = async (code: Parameters<typeof toResponse>[0]): Promise<string> =>
  Object(await toResponse(code).json()).detail

const empty: Scene["play"] = async (visitor) => {
  const { page } = visitor
  visitor.expect((await page.getByRole("log").count()) === 1, "there is no log")
  visitor.expect(await page.getByLabel("Your question").isEditable(), "the field is closed")
  visitor.expect(!(await page.getByText("Stop").isVisible()), "there is something to stop")
  await page.keyboard.press("Tab")
  const outline = await outlineOf(visitor)
  visitor.expect(outline === "question: solid 3px", `the focus is not to be seen: ${outline}`)
  await page.keyboard.press("Enter")
  await visitor.see("#status", "Please write a question first.")
}

const answered: Scene["play"] = async (visitor) => {
  await visitor.ask("Which databases do you know?")
  await visitor.see(".question .said", "Which databases do you know?")
  await visitor.wait()
  await visitor.see(".answer .said", "PostgreSQL")
  visitor.expect((await visitor.page.getByLabel("Your question").inputValue()) === "", "not empty")
  const { id } = await visitor.page.evaluate(() => ({ id: document.activeElement?.id }))
  visitor.expect(id === "question", `the focus went to ${id}`)
  await visitor.page.getByLabel("Your question").fill("And which\nlanguages?")
  await visitor.page.getByRole("button", { name: "Send" }).click()
  await visitor.see(".question .said", "And which\nlanguages?")
  await visitor.wait()
  visitor.expect(visitor.requestIds.length === 2, "not every question was answered")
}

const stopped: Scene["play"] = async (visitor, chatbot) => {
  const { page } = visitor
  const before = chatbot.left()
  await visitor.ask("endless")
  await visitor.see('.answer[aria-busy="true"] .said', "It goes on and on and on")
  await visitor.see("#status", "The answer is on its way.")
  visitor.expect((await animations(visitor)) === 1, "nothing shows that it goes on")
  await page.emulateMedia({ reducedMotion: "reduce" })
  visitor.expect((await animations(visitor)) === 0, "it moves for somebody who asked for less")
  await visitor.ask("another")
  await visitor.see("#status", "Please wait for the answer, or stop it.")
  await page.getByLabel("Your question").fill("")
  await page.keyboard.press("Tab")
  visitor.expect((await outlineOf(visitor)) === "stop: solid 3px", "Stop is not the next")
  await page.keyboard.press("Enter")
  await visitor.see(".answer .note", "Stopped.")
  await visitor.see(".answer .said", "It goes on and on and on")
  await visitor.ask("endless")
  await visitor.see('.answer[aria-busy="true"] .said', "It goes on and on and on")
  await page.keyboard.press("Escape")
  await visitor.wait()
  visitor.expect(!(await page.getByText("Stop", { exact: true }).isVisible()), "Stop stays")
  for (let tries = 0; chatbot.left() < before + 2 && tries < 100; tries += 1) {
    await page.waitForTimeout(50)
  }
  visitor.expect(chatbot.left() === before + 2, "the chatbot was not told that nobody reads")
}

const hostile: Scene["play"] = async (visitor) => {
  await visitor.ask("hostile")
  await visitor.wait()
  const said = visitor.page.locator(".answer .said")
  const { elements, text, title } = await said.evaluate((element) => ({
    elements: element.childElementCount,
    text: element.textContent,
    title: document.title
  }))
  visitor.expect(text === hostileWords.join(""), "the text is not what was said")
  visitor.expect(elements === 0, "the text became elements")
  visitor.expect(title === "Ask a question", "the text became a script")
  visitor.expect(await visitor.page.getByLabel("Your question").isVisible(), "the form is gone")
}

const refused: Scene["play"] = async (visitor) => {
  const { page } = visitor
  const field = page.getByLabel("Your question")
  await visitor.ask("down")
  await visitor.see(".answer .wrong", await detailOf("answer_unavailable"))
  visitor.expect((await field.inputValue()) === "down", "the question is lost")
  await field.fill("long ".repeat(500))
  await page.keyboard.press("Enter")
  await visitor.see(".answer .wrong", await detailOf("question_too_long"))
  const limited = toResponse("too_many_questions")
  await page.route("**/query", async (route) =>
    route.fulfill({
      status: limited.status,
      headers: Object.fromEntries(limited.headers),
      body: await limited.clone().text()
    })
  )
  await field.fill("Once more?")
  await page.keyboard.press("Enter")
  await visitor.see(".answer .wrong", await detailOf("too_many_questions"))
  await page.unroute("**/query")
  await page.context().setOffline(true)
  await page.keyboard.press("Enter")
  await visitor.see(".answer .wrong", "There is no connection")
  visitor.expect((await field.inputValue()) === "Once more?", "the question is lost")
}

export const scenes: Readonly<Record<string, Scene>> = {
  empty: { at: "system", play: empty },
  answered: { at: "system", play: answered },
  stopped: { at: "chatbot", play: stopped },
  hostile: { at: "chatbot", play: hostile },
  refused: { at: "chatbot", play: refused }
}
