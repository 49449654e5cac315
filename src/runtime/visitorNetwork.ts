/** The groups of an IPv6 address without leading zeros; `::` stands for the missing ones. */
const groupsOf = (address: string): ReadonlyArray<string> => {
  const [before = [], after = []] = address
    .toLowerCase()
    .replace(/%.*$/, "")
    .split("::")
    .map((part) => part.split(":").filter((group) => group !== ""))
  const missing = Math.max(0, 8 - before.length - after.length)
  return [...before, ...Array<string>(missing).fill("0"), ...after].map((group) =>
    group.replace(/^0+(?=.)/, "")
  )
}

/**
 * Names a visitor's connection: an IPv4 address, or the first half of an IPv6 address, because one
 * household or phone has the second half to itself and changes it at will.
 */
export const networkOf = (address: string): string => {
  if (!address.includes(":")) return address
  const network = groupsOf(address).slice(0, 4).join(":")
  // no visitor has a whole network of zeros, but an IPv4 address may be written in it
  return network === "0:0:0:0" ? address : `${network}::/64`
}

/** Tells visitors apart, as far as the platform knows; `undefined` when it names no address. */
export const visitorNetwork = ({ headers }: Pick<Request, "headers">): string | undefined => {
  const address = headers.get("cf-connecting-ip")
  return address === null || address === "" ? undefined : networkOf(address)
}
