import type { FastifyPluginAsync } from 'fastify'
import { accountRoutes } from './accounts/account-routes.ts'
import { addressRoutes } from './accounts/address-routes.ts'
import { adminRoutes } from './accounts/admin-routes.ts'
import { devRoutes } from './accounts/dev-routes.ts'
import { factorRoutes } from './accounts/factor-routes.ts'
import { foundingRoutes } from './accounts/founding-routes.ts'
import { houseAddRoutes } from './accounts/house-routes.ts'
import { identityRoutes } from './accounts/identity-routes.ts'
import { passkeyRoutes } from './accounts/passkey-routes.ts'
import { passwordRoutes } from './accounts/password-routes.ts'
import { proofRoutes } from './accounts/proof-routes.ts'
import { signInRoutes } from './accounts/routes.ts'
import { auditRoutes } from './audit/routes.ts'
import { busyCalendarRoutes } from './calendars/busy-calendar-routes.ts'
import { replyRoutes } from './calendars/reply-routes.ts'
import { sharedCalendarRoutes } from './calendars/shared-routes.ts'
import { subscriptionRoutes } from './calendars/subscription-routes.ts'
import { feedbackRoutes } from './feedback/routes.ts'
import { listenersRoutes } from './feedback/sheet-routes.ts'
import { groupRoutes } from './groups/routes.ts'
import { healthRoutes } from './health.ts'
import { hostEditRoutes } from './hosts/edit-routes.ts'
import { hostRoutes } from './hosts/routes.ts'
import { banRoutes } from './houses/calendar-ban-routes.ts'
import { holidayRoutes } from './houses/calendar-holiday-routes.ts'
import { yearRoutes } from './houses/calendar-routes.ts'
import { swapRoutes } from './houses/calendar-swap-routes.ts'
import { policyRoutes } from './houses/policy-routes.ts'
import { schoolYearRoutes } from './houses/school-year-routes.ts'
import { settingsRoutes } from './houses/settings-routes.ts'
import { travelRoutes } from './houses/travel-routes.ts'
import { importRoutes } from './imports/routes.ts'
import { sampleOf } from './letter-samples.ts'
import { fairnessRoutes } from './matching/fairness-routes.ts'
import { matchingRoutes } from './matching/routes.ts'
import { gatewayRoutes } from './messages/gateway-routes.ts'
import { mailboxRoutes } from './messages/mailbox-routes.ts'
import { messageRoutes } from './messages/routes.ts'
import { textRoutes } from './messages/text-routes.ts'
import { unsubscribeRoutes } from './messages/unsubscribe-routes.ts'
import { paperRoutes } from './papers/routes.ts'
import { plannerRoutes } from './planner/routes.ts'
import { personRoutes } from './privacy/person-routes.ts'
import { privacyRoutes } from './privacy/routes.ts'
import { bodyRoutes } from './reports/body-routes.ts'
import { coverageRoutes } from './reports/coverage-routes.ts'
import { reportRoutes } from './reports/routes.ts'
import { reportTalkRoutes } from './reports/talk-routes.ts'
import { entryRoutes } from './requests/entry-routes.ts'
import { sitemapRoutes } from './requests/sitemap-routes.ts'
import { statusRoutes } from './requests/status-routes.ts'
import { wishesRoutes } from './requests/wishes-routes.ts'
import { metricsRoutes } from './running/metrics-routes.ts'
import { runningRoutes } from './running/routes.ts'
import { seriesChangeRoutes } from './series/change-routes.ts'
import { seriesPlanRoutes } from './series/plan-routes.ts'
import { seriesRoutes } from './series/routes.ts'
import { siteRoutes } from './site.ts'
import { busyRoutes } from './speakers/busy-routes.ts'
import { directoryRoutes } from './speakers/directory-routes.ts'
import { speakerAddRoutes } from './speakers/edit-routes.ts'
import { ownGridRoutes } from './speakers/grid-routes.ts'
import { installRoutes } from './speakers/install-routes.ts'
import { profileRoutes } from './speakers/profile-routes.ts'
import { supportKeepRoutes } from './support/keep-routes.ts'
import { invitationRoutes } from './talks/answer-routes.ts'
import { balanceRoutes } from './talks/balance-routes.ts'
import { bookingRoutes } from './talks/booking-routes.ts'
import { cancellationRoutes } from './talks/cancellation-routes.ts'
import { closureRoutes } from './talks/closure-routes.ts'
import { decliningRoutes } from './talks/declining-routes.ts'
import { housesRoutes } from './talks/houses-routes.ts'
import { inboxRoutes } from './talks/inbox-routes.ts'
import { myTalkRoutes } from './talks/me-routes.ts'
import { moveRoutes } from './talks/move-routes.ts'
import { noteRoutes } from './talks/note-routes.ts'
import { outcomeRoutes } from './talks/outcome-routes.ts'
import { requestRoutes } from './talks/request-routes.ts'
import { schoolRoutes } from './talks/school-routes.ts'
import { speakerRoutes } from './talks/speaker-routes.ts'
import { speakerWeekRoutes } from './talks/speaker-week-routes.ts'
import { questionRoutes } from './talks/substitution-routes.ts'
import { searchRoutes } from './talks/substitution-talk-routes.ts'
import { talkRoutes } from './talks/talk-routes.ts'
import { teamRoutes } from './talks/team-routes.ts'
import { undoRoutes } from './talks/undo-routes.ts'
import { visitorsRoutes } from './talks/visitors-routes.ts'
import { weekRoutes } from './talks/week-routes.ts'
import { workRoutes } from './talks/work-routes.ts'
import { topicEditRoutes } from './topics/edit-routes.ts'
import { topicRoutes } from './topics/routes.ts'
import { wordFileRoutes } from './words/file-routes.ts'
import { wordRoutes } from './words/routes.ts'

/** What exists, in the order of the chain. */
export const features: FastifyPluginAsync[] = [
  settingsRoutes,
  yearRoutes,
  schoolYearRoutes,
  holidayRoutes,
  swapRoutes,
  banRoutes,
  travelRoutes,
  closureRoutes,
  groupRoutes,
  topicEditRoutes,
  signInRoutes,
  accountRoutes,
  passwordRoutes,
  passkeyRoutes,
  proofRoutes,
  factorRoutes,
  addressRoutes,
  identityRoutes,
  devRoutes,
  adminRoutes,
  foundingRoutes,
  houseAddRoutes,
  policyRoutes,
  siteRoutes,
  topicRoutes,
  hostRoutes,
  hostEditRoutes,
  sitemapRoutes,
  statusRoutes,
  wishesRoutes,
  entryRoutes,
  invitationRoutes,
  myTalkRoutes,
  supportKeepRoutes,
  messageRoutes,
  unsubscribeRoutes,
  textRoutes(sampleOf),
  gatewayRoutes,
  mailboxRoutes,
  healthRoutes,
  busyRoutes,
  ownGridRoutes,
  busyCalendarRoutes,
  profileRoutes,
  installRoutes,
  housesRoutes,
  workRoutes,
  balanceRoutes,
  subscriptionRoutes,
  sharedCalendarRoutes,
  matchingRoutes,
  fairnessRoutes,
  inboxRoutes,
  requestRoutes,
  bookingRoutes,
  decliningRoutes,
  moveRoutes,
  teamRoutes,
  cancellationRoutes,
  outcomeRoutes,
  undoRoutes,
  noteRoutes,
  visitorsRoutes,
  talkRoutes,
  replyRoutes,
  directoryRoutes,
  speakerAddRoutes,
  speakerRoutes,
  speakerWeekRoutes,
  weekRoutes,
  schoolRoutes,
  seriesRoutes,
  seriesPlanRoutes,
  seriesChangeRoutes,
  questionRoutes,
  searchRoutes,
  importRoutes,
  plannerRoutes,
  paperRoutes,
  feedbackRoutes,
  listenersRoutes,
  reportRoutes,
  reportTalkRoutes,
  coverageRoutes,
  bodyRoutes,
  wordRoutes,
  wordFileRoutes,
  runningRoutes,
  metricsRoutes,
  auditRoutes,
  personRoutes,
  privacyRoutes,
]
