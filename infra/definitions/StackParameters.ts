/** The SAM template's name for an output of Terraform, for example `QueueArn`. */
export const parameterName = (output: string): string =>
  output
    .split("_")
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join("")

/** All outputs as parameters, including those that the template does not have. */
export const parametersOf = (
  outputs: Readonly<Record<string, unknown>>
): Readonly<Record<string, unknown>> =>
  Object.fromEntries(Object.entries(outputs).map(([name, value]) => [parameterName(name), value]))
