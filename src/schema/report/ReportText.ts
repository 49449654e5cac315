import * as Schema from "effect/Schema"

/** Marks a text of a report by which `textFields` finds it. */
export const reportTextName = "ReportText"

/**
 * A visitor's or a chatbot's own words in a report. Erasing a session looks at these fields alone,
 * so all such words must be in one of them.
 */
export const ReportText = Schema.String.annotate({ identifier: reportTextName })
