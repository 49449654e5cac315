/** The weeks to choose from, and the chosen one. */

import { english } from "../../../src/programs/reporter/words/English.ts"
import type { WeekId } from "../../../src/schema/IsoWeek.ts"
import type { ShownWeek, Source } from "../ConsoleData.ts"
import { weekLink } from "./links.ts"

const state = ({ hasFrozen, isCountable, isOver }: ShownWeek): string => {
  if (!isOver) return "so far"
  if (hasFrozen) return "as mailed"
  return isCountable ? "not mailed" : "some questions deleted"
}

/**
 * The week of the parameter if it is one of these; otherwise the running week, or the last whole
 * week of an export.
 */
export const chosenWeek = (
  weeks: ReadonlyArray<ShownWeek>,
  asked: string | null,
  { kind }: Pick<Source, "kind">
): ShownWeek | undefined =>
  weeks.find(({ weekId }) => weekId === asked) ??
  weeks.find(({ isOver }) => kind !== "file" || isOver) ??
  weeks[0]

/** A form for any week, and links to those beside it. */
export const weekChoice = (
  weeks: ReadonlyArray<ShownWeek>,
  { weekId }: { readonly weekId: WeekId }
) => {
  const at = weeks.findIndex((week) => week.weekId === weekId)
  const [later, earlier] = [weeks[at - 1], weeks[at + 1]]
  return {
    weeks: weeks.map((week) => ({
      value: week.weekId,
      label: `${english.dates.mondayOf(week.weekId)} (${week.weekId}, ${state(week)})`,
      isChosen: week.weekId === weekId
    })),
    earlier: earlier && weekLink(earlier.weekId),
    later: later && weekLink(later.weekId)
  }
}

export const weekChoiceTemplate = `<form class="filters" action="{{action}}">
<label>Week of <select name="week">
{{#weeks}}
<option value="{{value}}"{{#isChosen}} selected{{/isChosen}}>{{label}}</option>
{{/weeks}}
</select></label>
<p class="buttons"><button>Show</button></p>
</form>
`
