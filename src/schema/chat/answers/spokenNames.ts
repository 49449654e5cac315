/** The words by which the messages of a chatbot that its owner wrote tell their contents. */
const words = (text: string): ReadonlySet<string> => new Set(text.split(/\s+/))

const spoken = words(
  `text token tokens chunk delta content message msg answer response reply output assistant ai bot
  agent model item part data completion generation stream partial`
)
const ends = words("done end ended final finish finished complete completed result")
const silent = words(
  `tool tools function reasoning thinking thought thoughts source sources citation citations
  reference references status error start started input meta metadata user human system ping
  heartbeat keepalive audio image code arguments progress usage debug log title suggestion
  suggestions followup followups`
)

/** Tells the place of a text in the answer by the words of the types and names that announce it. */
export const placeOf = (types: ReadonlyArray<unknown>): "says" | "whole" | "silent" | "unknown" => {
  const said = types.flatMap((type) =>
    typeof type === "string" ? type.replace(/([a-z])(?=[A-Z])/g, "$1_").split(/[^a-zA-Z]+/) : []
  )
  const some = (known: ReadonlySet<string>) => said.some((word) => known.has(word.toLowerCase()))
  if (some(silent)) return "silent"
  if (some(ends)) return "whole"
  return said.length === 0 || some(spoken) ? "says" : "unknown"
}

/** True if the data of an event with this name may be words of the answer. */
export const isSpokenEvent = (event: string | undefined): boolean =>
  ["says", "whole"].includes(placeOf([event]))
