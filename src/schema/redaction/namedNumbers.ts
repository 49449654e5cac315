/** Numbers that identify a person or a taxpayer, recognised by their name before them. */
import { digitsOf, longest } from "./accountNumbers.ts"
import type { Recogniser } from "./Recogniser.ts"
import { wordBefore } from "./wordBefore.ts"

const gap = "(?:[^a-z0-9][^\\d\\n[]{0,20})?(?<![a-z0-9])"

/** Names that hardly mean anything else, by region. */
const names = `
  ssn employer.identification\\w*
  social.sec\\w* soz\\w* steuer\\w* tax.?id\\w* tax.?(?:number|no|ref\\w*|file) tfn itin
  utr vat.?(?:id|reg|n)\\w* ust\\W?id\\w* umsatzsteuer\\w* tva btw\\W?n\\w* moms\\w* nino
  ni.number national.insurance passe?port\\w* passaport[oe]
  pas(?:aporte|poort\\w*|zport\\w*) reisepass\\w* pasaport\\w* útlev[ée]l\\w* pass?.nr
  (?:identity|national|citizen|resident)\\W?(?:id|card|number|no|code|document)\\w*
  ausweis\\w* personal?\\w* personn\\w* passn\\w* perso carte.d.identité
  documento.de.identidad carta.d.identità driv\\w{2,3}(?:'?s)?.licen[cs]e führersch\\w*
  permis.de.conduire carn[eé].de.conducir patente rijbewijs körkort\\w* førerkort\\w*
  kørekort\\w* ajokor\\w* prawo.jazdy ahv\\w* avs svnr sv.?n\\w*
  (?:sozial|renten|kranken)vers\\w* bsn burgerservice\\w* rijksregister\\w*
  num[ée]ro.national num[ée]ro.fiscal registre.national s[ée]cu\\w* sécurité.sociale
  n(?:i|u)ss niss siren siret f[øo]dsels\\w* cpr\\w* hetu\\w* henkil\\w* kennital\\w*
  isikukood\\w* asmens.kod\\w* personas.kod\\w* pesel\\w* regon dow[óo]d\\w*
  rodn[ée]\\w*.č[íi]sl\\w* dič ičo ič.dph oib jmbg emšo cnp taj adóazonos\\w* adószám\\w*
  codice.fiscale cod\\.?.fisc\\w* partita.iva p\\.?.?iva dni nie nif nuss contribuinte cpf
  cnpj cnh curp nss cui[tl] c[ée]dula ruc rif rut ppsn? pps.n\\w* afm amka abn acn aadhaa?r
  gstin cnic nric hkid mykad npwp (?<![\\da-f]-?)cccd cmnd căn.cước bvn kra\\W?pin emirates.id
  iqama teudat.zehut t\\.?c\\.?.?kimlik\\w* tckn kimlik\\w* vergi\\w* α\\.?φ\\.?μ α\\.?μ\\.?κ\\.?α
  ταυτότητ\\S* егн инн ипн іпн рнокпп снилс огрн\\S* иин жсн јмбг паспорт\\S*
  удостоверени\\S* ת\\.?.?ז מספר.זהות תעודת.זהות דרכון الهوية هوية الرقم.القومي الإقامة
  إقامة جواز\\S* کد.?ملی आधार पैन บัตรประชาชน เลขประจำตัว\\S* 身份[证證]\\S* 身分[证證]\\S* 居民身份\\S*
  护照\\S* 護照\\S* [统統]一[编編][号號]\\S* 纳税人\\S* 稅號 税号 マイナンバー 個人番号 免許証\\S* パスポート\\S* 주민\\S* 사업자\\S*
  외국인등록\\S* 여권\\S* 운전면허\\S*`

const isNamed = wordBefore(names, gap)

/** Names that are words as well, with the shape of the number, without its separators. */
const shapes: ReadonlyArray<readonly [name: RegExp, shape: RegExp]> = [
  [wordBefore("f?ein sin social cif", gap), /^[A-Z]?\d{8,9}$/],
  [wordBefore("nhs medicare", gap), /^\d{10,11}$/],
  [wordBefore("ird rg kvk", gap), /^\d{8,9}$/],
  [wordBefore("tc pis", gap), /^\d{11}$/],
  [wordBefore("vat iva mwst btw", gap), /^[A-Z]{0,3}\d{8,12}[A-Z]?\d{0,2}$/i],
  [wordBefore("tin", gap), /^\d{9,12}$/],
  [wordBefore("nip ogrn", gap), /^\d{10}$|^\d{13}$/],
  [wordBefore("nin", gap), /^(?:\d{11}|[A-Z]{2}\d{6}[A-Z])$/i],
  [wordBefore("nit", gap), /^\d{9,10}$/],
  [wordBefore("nik ktp", gap), /^\d{16}$/],
  [wordBefore("ic", gap), /^\d{12}$/],
  [wordBefore("pan", gap), /^[A-Z]{5}\d{4}[A-Z]$/i],
  [wordBefore("rfc", gap), /^[A-ZÑ&]{3,4}\d{6}[A-Z\d]{3}$/i],
  [wordBefore("id.?(?:card|number|no|nr)", gap), /^[A-Z]{0,3}\d{7,14}[A-Z]?$/i]
]

const lengthMin = 5
const year = "(?:19|20)\\d\\d"
/** Dates, tax years, and sizes. */
const isOther = new RegExp(
  `^(?:\\d+x\\d+|${year}\\/(?:19|20)?\\d\\d|${year}[-./ ]\\d\\d?[-./ ]\\d\\d?` +
    `|\\d\\d?[-./ ]\\d\\d?[-./ ]${year})$`
)

const extent = (candidate: string, before: string): number => {
  const digits = digitsOf(candidate).length
  if (candidate.length < lengthMin || digits < lengthMin - 1 || isOther.test(candidate)) return 0
  const isNumber = digits >= lengthMin || /[a-z]/i.test(candidate)
  if (isNumber && isNamed.test(before)) return candidate.length
  const [, shape] = shapes.find(([name]) => name.test(before)) ?? []
  if (shape === undefined) return 0
  return longest((text) => shape.test(text.replace(/[^\dA-ZÑ&]/gi, "")))(candidate)
}

export const namedNumbers: ReadonlyArray<Recogniser> = [
  {
    label: "id",
    pattern: new RegExp(
      "(?<![\\wñ])(?:[A-Z]-)?[A-Za-zÑñ&]{0,6}\\d[\\dA-Za-z]{0,17}" +
        "(?:[ ./-](?:[\\dA-Z]{0,3}\\d{1,12}[\\dA-Z]{0,3}|[A-Z](?![\\w']))" +
        "|-[A-Z]{1,3}(?!\\w)){0,6}" +
        "(?:\\(\\w\\))?(?!\\w)",
      "g"
    ),
    extent
  }
]
