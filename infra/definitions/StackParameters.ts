/** What an output of Terraform is called as a parameter of the SAM template: `QueueArn`. */
export const parameterName = (output: string): string =>
  output
    .split("_")
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join("")

/** Outputs as parameters; those that the template does not have are for others. */
export const parametersOf = (
  outputs: Readonly<Record<string, unknown>>
): Readonly<Record<string, unknown>> =>
  Object.fromEntries(Object.entries(outputs).map(([name, value]) => [parameterName(name), value]))
