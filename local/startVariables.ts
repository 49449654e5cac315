/** A killed batch comes back after six times this, instead of after six minutes. */
export const startVariables = { processor_timeout_seconds: 5 }
