/** A killed batch comes back after six times this, instead of the six minutes of a deployment. */
export const startVariables = { processor_timeout_seconds: 5 }
