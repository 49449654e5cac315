import { numberTable } from "../../cli/table.ts"
import type { DesignEstimate, Estimate, FreeUpTo } from "./estimate.ts"
import { type Line, monthDays } from "./Meter.ts"

/** Small amounts keep three digits, so that they never read as zero. */
const amount = (value: number): string =>
  Number.isInteger(value) || value >= 100
    ? Math.round(value).toLocaleString("en")
    : value.toLocaleString("en", { maximumSignificantDigits: 3 })

const dollars = (usd: number): string =>
  usd > 0 && usd < 0.01
    ? `$${usd.toFixed(4)}`
    : `$${usd.toLocaleString("en", {
        minimumFractionDigits: 2,
        maximumFractionDigits: 2
      })}`

const cells = (line: Line | undefined): ReadonlyArray<string> =>
  line === undefined
    ? ["", "", "", ""]
    : [amount(line.usage), amount(line.free), amount(line.billable), dollars(line.usd)]

/** Adds the unit unless the name tells it. */
const nameOf = ({ meter, unit }: Line): string =>
  meter.includes(unit) ? meter : `${meter}, ${unit}`

const columns = ["usage", "free", "billable", "price"]

/** A service, and below it the use of each design. */
const serviceRows = (service: string, sides: ReadonlyArray<ReadonlyArray<Line>>) => {
  const used = sides.map((lines) => lines.filter((line) => line.service === service))
  const names = [...new Set(used.flat().map(nameOf))]
  return [
    [service, ...sides.flatMap(() => columns.map(() => ""))],
    ...names.map((name) => [
      `  ${name}`,
      ...used.flatMap((lines) => cells(lines.find((line) => nameOf(line) === name)))
    ])
  ]
}

const billTable = ({ original, ours }: Estimate): string => {
  const bills = [ours.bill, ...(original === undefined ? [] : [original.bill])]
  const sides = bills.map(({ lines }) => lines.filter(({ usage }) => usage > 0))
  const services = [...new Set(sides.flat().map(({ service }) => service))]
  return numberTable([
    ...(original === undefined ? [] : [["", "", "", "", "ours", "", "", "", "original"]]),
    ["", ...sides.flatMap(() => columns)],
    ...services.flatMap((service) => serviceRows(service, sides)),
    ["a month", ...bills.flatMap(({ usd }) => ["", "", "", dollars(usd)])]
  ])
}

const upTo = ({ questions }: FreeUpTo): string =>
  questions === undefined ? "any number" : amount(questions)

const rowOf = ({ delivery }: FreeUpTo): string =>
  delivery.by === "trigger" ? `${delivery.pollers} idle pollers` : `${amount(delivery.runs)} drains`

/** A row for each number of pollers, or of drains, and a column for how full batches are. */
const freeTable = ({ freeUpTo }: DesignEstimate): string => {
  const rows = [...new Set(freeUpTo.map(rowOf))]
  return numberTable([
    ["", "every message alone", "question and answer together", "full batches"],
    ...rows.map((row) => [row, ...freeUpTo.filter((found) => rowOf(found) === row).map(upTo)])
  ])
}

const standingText = ({ standing }: DesignEstimate): string => {
  const billed = standing.lines.filter(({ usd }) => usd > 0)
  const rounds = standing.usd < 0.005 ? ", which a bill rounds to $0.00" : ""
  return billed.length === 0
    ? "The bill is zero without traffic."
    : `Billed even without traffic: ${dollars(standing.usd)}${rounds}, for ` +
        `${billed.map(({ meter, service }) => `${service} ${meter}`).join(", ")}.`
}

const breakText = ({ breaks }: Pick<DesignEstimate, "breaks">): string => {
  const [first, ...later] = breaks.map(
    ({ meter, questions, service }) => `${service} ${meter} at ${amount(questions)}`
  )
  return first === undefined
    ? "No meter ever breaks."
    : `First to break: ${first} questions a month. Next: ${later.slice(0, 3).join(", ")}.`
}

const unpricedText = ({ deployment }: DesignEstimate): ReadonlyArray<string> =>
  deployment.unpriced.length === 0
    ? []
    : [`NOT COUNTED, because it has no price here: ${deployment.unpriced.join(", ")}.`]

const logText = ({ deployment }: DesignEstimate): string =>
  deployment.logRetentionDays === undefined
    ? "A log without retention is kept for ever; a year of it is counted."
    : `Logs are kept for ${deployment.logRetentionDays} days.`

const peakText = ({ peaks }: Estimate): string =>
  peaks
    .map(
      ({ consequence, per, questions, where }) =>
        `  ${amount(questions)} a ${per}: ${where}; ${consequence}`
    )
    .join("\n")

/** A drain finds messages together, so an estimate with drains is no upper limit. */
const assumedText = ({ deployment }: DesignEstimate): string =>
  deployment.drainsPerMonth > 0
    ? `The cost without failures: ${monthDays} days, ` +
      `${amount(deployment.drainsPerMonth)} drains, of which each fills all of its batches but one.`
    : `The most that it can cost without failures: ${monthDays} days, ` +
      "five endless pollers, every message alone in its batch."

const votesText = ({ votes = 0 }: Estimate["traffic"]): string =>
  votes === 0 ? "" : `, ${amount(votes)} votes in 100 questions`

const headText = ({ ours, pricesReadOn, region, traffic }: Estimate): string =>
  `A month of ${amount(traffic.questions)} questions, each two events of ` +
  `${amount(traffic.eventKb)} KB and ${amount(traffic.answerMs)} ms of the Worker` +
  `${votesText(traffic)}; ${region}, ` +
  `prices read on ${pricesReadOn}.\n${assumedText(ours)}`

const originalText = ({ breaks }: DesignEstimate): string => {
  const [first] = breaks
  return first?.questions === 0
    ? `The original design is billed from the first question: ${first.service} ${first.meter}.`
    : `The original design: ${breakText({ breaks })}`
}

const consoleText = ({ console: { provisioned, unitsPerSecond, usd } }: Estimate): string =>
  `A console that stays open reads at most ${amount(unitsPerSecond)} units a second` +
  `${provisioned === undefined ? "" : ` of the ${amount(provisioned)} that are provisioned`}, ` +
  `which adds ${dollars(usd)} a month.`

const storedText = ({ ours }: Estimate): string =>
  `Stored: ${amount(ours.storedGb.newPerMonth)} GB more each month, ` +
  `${amount(ours.storedGb.everything)} GB when as much expires as comes. ${logText(ours)}`

const endingText = ({ ending }: Estimate): string =>
  [
    "Every free part above lasts as long as the account. An AWS account must be on the paid plan,",
    "because the free plan closes it after six months. Free parts that end are not counted:",
    ...ending.map((text) => `  ${text}`)
  ].join("\n")

export const estimateText = (estimate: Estimate): string =>
  [
    headText(estimate),
    billTable(estimate),
    [
      "Free up to so many questions a month:",
      freeTable(estimate.ours),
      breakText(estimate.ours),
      standingText(estimate.ours),
      consoleText(estimate),
      ...(estimate.original === undefined ? [] : [originalText(estimate.original)])
    ].join("\n"),
    storedText(estimate),
    `Limits at a peak, in questions:\n${peakText(estimate)}`,
    endingText(estimate),
    ...unpricedText(estimate.ours)
  ].join("\n\n")
