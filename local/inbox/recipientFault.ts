/** The sentence with which SES refuses a whole e-mail for one of its recipients. */

const recipientsMax = 50

/** The words of JavaMail, which reads addresses at SES. */
const faultOf = (address: string): string | undefined => {
  const at = address.lastIndexOf("@")
  const [local, domain] = [address.slice(0, at), address.slice(at + 1)]
  if (at < 0) return "Missing final '@domain'"
  if (local === "") return "Missing local name"
  if (domain === "") return "Missing domain"
  if (/\s|\p{Cc}/u.test(address)) return "Address contains control or whitespace"
  if (local.startsWith(".")) return "Local address starts with dot"
  if (local.endsWith(".")) return "Local address ends with dot"
  if (address.includes("..")) return "Address contains dot-dot"
  if (/[^!-~]|[()<>,;:\\"[\]@]/.test(local)) return "Local address contains illegal character"
  if (/[^A-Za-z0-9.-]/.test(domain)) return "Domain contains illegal character"
  if (/^[.-]|[.-]$/.test(domain)) return "Domain starts or ends with dot or hyphen"
  return undefined
}

/** Absent when SES takes every recipient that the request names. */
export const recipientFault = (form: URLSearchParams): string | undefined => {
  const recipients = [...form].flatMap(([name, value]) =>
    name.startsWith("Destinations.member.") ? [value] : []
  )
  if (recipients.length > recipientsMax) return `Recipient count exceeds ${recipientsMax}.`
  return recipients.map(faultOf).find((fault) => fault !== undefined)
}
