/** Waits beside a stream, where each Effect would cost a Worker time; ends early with `over`. */
export const pause = async (ms: number, over?: Promise<unknown>): Promise<undefined> => {
  let timer: ReturnType<typeof setTimeout> | undefined
  const slept = new Promise((resolve) => {
    timer = setTimeout(resolve, ms)
  })
  await Promise.race(over === undefined ? [slept] : [slept, over])
  clearTimeout(timer)
}
