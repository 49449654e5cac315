/** Frequent words without a subject, by which a language is told and a subject is found. */
import { anyOf } from "./anyOf.ts"
import type { Words } from "./MarkTable.ts"

export const functionWords: Words = {
  ar: `في على عن مع هل ما ماذا هذا هذه ذلك التي الذي هو هي أن إن كان لديه لديها لديكم و أو يمكن
    كل تكون يكون رجاء`,
  cs: `a je jsou v ve na s se si co jaký jaká jaké který která které o k pro i ten ta to by
    jste prosím tady u`,
  da: `og er en et den det de at på i af med om som der har kan vil skal hvad hvilke hvilken
    for jer man så mig dig`,
  de: `der die das den dem des ein eine einen einem einer und oder ist sind war sind hat
    haben kann können möchte will gibt es man was welche welcher welches sie er ihr ihre
    ihren mit bei für im in am an auf um zu zum zur bitte mir mich dir dich uns euch ihnen
    wird werden sich auch noch nur so mal`,
  en: `a an the is are was were be do does did has have had can could will would should what
    which of in on at for with by and or as it its this that these there he she they her
    his their me us any i you tell please about get if so know want like need`,
  es: `el la los las un una unos y o es son está están qué cuál cuáles que en con por se le
    les lo su sus hay ha han tiene tienen puede pueden me te nos favor este esta hacer`,
  fi: `on ovat ja tai mitä mikä mitkä se hän he tämä onko voiko saako mistä ko te teillä
    minulla hänen kanssa kun jos`,
  fr: `le la les l un une et ou est sont qu que quoi quel quelle quels quelles ce cette ces
    dans en sur avec par il elle ils elles se s y a t c me m vous nous on peut avoir êtes
    avez est-ce au aux lui leur svp plaît`,
  hi: `है हैं का की के में पर और या क्या यह वह कि था थी थे हो होता होती कर करते सकता सकते सकती
    रहा लिए कोई भी ने को`,
  it: `il lo la i gli le un uno una e o è sono che cosa quale quali in con per su del della
    dei delle nel nella si ci mi ti vi c ha hanno può possono l questo questa essere`,
  nl: `de het een en of is zijn was wat welke in op met voor bij te aan er die dat hij zij ze
    heeft hebben kan kunnen wil om als mag moet ook nog`,
  no: `og er en et ei den det de å på i av med om som har kan vil skal hva hvilke hvilken
    hvilket for dere man meg deg`,
  pl: `i w we na z się jest są co jaki jaka jakie czy o dla ten ta to który która które u
    proszę jej jego być`,
  pt: `o os as um uma e é são está estão que qual quais em com por no na nos nas se lhe há
    tem têm pode podem me te este esta isso ser fazer favor`,
  ru: `и в на с что какой какая какие каков это есть ли у о об по для он она они её его их был
    была быть можно ещё`,
  sv: `och är en ett den det de att på i av med om som har kan vill ska vad vilka vilken vilket
    för man så mig dig`,
  tr: `ve bir bu ne mi mı mu mü ile için var da de o hangi olarak nedir neler midir mıdır
    lütfen şu çok`,
  uk: `і й та в у на з що який яка які це є чи о про по для він вона вони її його їх був була
    бути можна ще`
}

/** Signs without a subject in texts that put no space between words. */
export const functionSigns = anyOf(
  "gu",
  "请问|請問|怎么|怎麼|如何|怎样|怎樣|什么|什麼|可以|吗|嗎|呢|吧|啊|的|了|ですか|ますか|でしょうか|ください|です|ます",
  String.raw`(?<=[\p{sc=Han}\p{sc=Katakana}])[はをがのにでも](?=$|[\p{sc=Han}\p{sc=Katakana}])`
)
