/** The existing chatbot that streams, with analytics around it. */
import { withAnalytics } from "../../src/programs/recorder/main.ts"
import streaming from "./streamingWorker.ts"

export default withAnalytics(streaming)
