/** Keeps the page as it is on the server: each ring of the bell loads the list again. */
const status = document.querySelector("#connection")
const news = document.querySelector("#news")
const button = document.querySelector<HTMLButtonElement>("#pause")

const say = (words: string): void => {
  if (status !== null) status.textContent = words
}

const idsIn = (list: Element | null): ReadonlySet<string> =>
  new Set([...(list?.querySelectorAll("li[id]") ?? [])].map(({ id }) => id))

/** The list as it came last: one that is the same again keeps its marks of new questions. */
let last = document.querySelector("#live")?.innerHTML ?? ""

/** Puts the server's list in place of the shown one, and keeps the focus where it was. */
const show = (text: string): void => {
  const shown = document.querySelector("#live")
  const fresh = new DOMParser().parseFromString(text, "text/html").querySelector("#live")
  if (shown === null || fresh === null || fresh.innerHTML === last) return
  last = fresh.innerHTML
  const [known, focused] = [idsIn(shown), document.activeElement?.closest("[id]")?.id]
  shown.replaceWith(document.adoptNode(fresh))
  const added = [...idsIn(fresh)].filter((id) => !known.has(id))
  for (const id of added) document.getElementById(id)?.classList.add("new")
  if (focused !== undefined && document.activeElement === document.body) {
    const holder = document.getElementById(focused)
    const target = holder?.querySelector<HTMLElement>("a") ?? holder
    target?.focus({ preventScroll: true })
  }
  if (news !== null && added.length > 0) {
    news.textContent = added.length === 1 ? "1 new question" : `${added.length} new questions`
  }
}

let loading = false
let again = false

const load = async (): Promise<void> => {
  again = loading
  if (loading) return
  loading = true
  try {
    const response = await fetch(location.href)
    if (response.ok) show(await response.text())
  } catch {
    // the bell says that the console is away
  }
  loading = false
  if (again) await load()
}

let bell: EventSource | undefined
let paused = false

const stop = (): void => {
  bell?.close()
  bell = undefined
}

const start = (): void => {
  stop()
  bell = new EventSource("/now/events")
  bell.addEventListener("open", () => {
    say("Live")
    void load()
  })
  bell.addEventListener("changed", () => void load())
  bell.addEventListener("error", () =>
    say(
      bell?.readyState === EventSource.CLOSED
        ? "Not live: the console has ended. Start it again, and open its new address."
        : "Not live: the console does not answer. Trying again."
    )
  )
}

/** A hidden page holds no connection, because a browser has six of them for all its pages. */
const follow = (): void => {
  if (paused || document.hidden) stop()
  else start()
}

document.addEventListener("visibilitychange", follow)
button?.addEventListener("click", () => {
  paused = !paused
  button.textContent = paused ? "Go on" : "Pause"
  if (paused) say("Paused")
  follow()
})
if (button !== null) button.hidden = false
follow()
