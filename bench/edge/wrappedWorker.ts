/** The existing chatbot with analytics around it. */
import { withAnalytics } from "../../src/programs/recorder/main.ts"
import own from "./ownWorker.ts"

export default withAnalytics(own)
