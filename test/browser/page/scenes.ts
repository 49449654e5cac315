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
  await visitor.see("header p", "This is Tove's bot, not Tove.")
  const examples = await page.locator("#examples button").count()
  visitor.expect(examples === 3, `${examples} examples`)
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

/** Presses Enter on the last example, and begins again. */
const example: Scene["play"] = async (visitor) => {
  const { page } = visitor
  await visitor.press("Shift+Tab")
  const text = await visitor.focused()
  visitor.expect(text === "Where does Tove live?", `the focus is on ${text}`)
  await visitor.press("Enter")
  await visitor.see(".question .said", text)
  await visitor.wait()
  await visitor.see(".answer .said", "Newcastle")
  visitor.expect(!(await page.locator("#examples").isVisible()), "the examples stay")
  visitor.expect((await visitor.focused()) === "question", "the focus is not in the field")
  await page.reload()
  await visitor.see(".answer .said", "Newcastle")
  visitor.expect((await visitor.focused()) === "question", "the focus is elsewhere after a reload")
  await visitor.press("Tab", "Enter")
  visitor.expect((await page.locator(".turn").count()) === 0, "the conversation stays")
  visitor.expect(await page.locator("#examples").isVisible(), "the examples are gone")
}

const pressed = (visitor: Visitor) =>
  visitor.page
    .locator("cv-feedback button[aria-pressed]")
    .evaluateAll((buttons) => buttons.map((button) => button.ariaPressed).join(" "))

const expectPressed = async (visitor: Visitor, expected: string): Promise<void> => {
  const found = await pressed(visitor)
  visitor.expect(found === expected, `up and down are pressed: ${found}, not ${expected}`)
}

/** Leaves the form of a vote open, so that it is looked at. */
const voting = async (visitor: Visitor): Promise<void> => {
  await visitor.ask("Which databases do you know?")
  await visitor.wait()
  await expectPressed(visitor, "false false")
  await visitor.press("Shift+Tab")
  const name = await visitor.focused()
  visitor.expect(name === "Not helpful", `the focus is on ${name}`)
  await visitor.press("Enter")
  await visitor.see("cv-feedback [role=status]", "Thank you.")
  await expectPressed(visitor, "false true")
  await visitor.press("Tab", "ArrowDown", "Tab")
  await visitor.page.keyboard.insertText("It is PostgreSQL 17.")
}

const voted: Scene["play"] = async (visitor) => {
  const { page } = visitor
  await voting(visitor)
  const arrived = page.waitForResponse("**/feedback")
  await visitor.press("Tab", "Enter")
  await arrived
  visitor.expect(!(await page.locator("cv-feedback form").isVisible()), "the form stays")
  visitor.expect((await visitor.focused()) === "Not helpful", "the focus is lost with the form")
  await page.reload()
  await visitor.see(".answer .said", "PostgreSQL")
  await expectPressed(visitor, "false true")
  await visitor.press("Shift+Tab", "Shift+Tab", "Space")
  await visitor.see("cv-feedback [role=status]", "Thank you.")
  await expectPressed(visitor, "true false")
  await page.context().setOffline(true)
  await visitor.press("Space")
  await visitor.see("cv-feedback [role=status]", "That failed; please try again.")
  await expectPressed(visitor, "true false")
  await page.context().setOffline(false)
  await visitor.press("Space")
  await visitor.see("cv-feedback [role=status]", "Vote withdrawn.")
  await expectPressed(visitor, "false false")
  const votes = visitor.votes.map(({ comment, rating, reason }) =>
    [rating, reason, comment].filter((word) => word !== undefined).join(", ")
  )
  const expected = ["down", "down, wrong, It is PostgreSQL 17.", "up", "withdrawn"]
  visitor.expect(votes.join("; ") === expected.join("; "), `votes: ${votes.join("; ")}`)
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
  visitor.expect(title === "Ask about Tove Marenholt", "the text became a script")
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
  example: { at: "system", play: example },
  voting: { at: "system", play: voting },
  voted: { at: "system", play: voted },
  stopped: { at: "chatbot", play: stopped },
  hostile: { at: "chatbot", play: hostile },
  refused: { at: "chatbot", play: refused }
}
