import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { sessionLines } from '../accounts/pages.ts'
import { isTheme, themes } from '../accounts/rules.ts'
import { sessionsOf } from '../accounts/store.ts'
import { words as accountWords } from '../accounts/words.ts'
import { actorOf } from '../base/auth.ts'
import { typed } from '../base/http/typed.ts'
import { isLanguage } from '../base/i18n/language.ts'
import { phoneOf } from '../base/text.ts'
import { wallOf } from '../base/time.ts'
import { channelPart } from '../messages/channel-pages.ts'
import { type Channel, channelOf } from '../messages/channel-rules.ts'
import { hasGateway } from '../messages/channel-store.ts'
import { words as topicWords } from '../topics/words.ts'
import { saveProfile } from './actions.ts'
import { words as ownWords } from './own-words.ts'
import { factsOf, type ProfileValues, valuesOf } from './pages.ts'
import { paperNote } from './paper-pages.ts'
import { findOwnPapers } from './paper-store.ts'
import { countInvitations, findProfile } from './store.ts'
import { type WishMistake, wishesOf } from './wish-rules.ts'
import { words } from './words.ts'

const speaker = { access: 'speaker' } as const
const names = [
  'phone',
  'day',
  'week',
  'month',
  'days',
  'at',
  'hours',
  'sunday',
  'language',
  'theme',
  'channel',
] as const

/** A speaker's profile: what coordinators keep, own limits and reminders, language and look, sessions. */
export const profileRoutes: FastifyPluginAsyncTypebox = async app => {
  const show = async (
    request: FastifyRequest,
    reply: FastifyReply,
    speakerId: string,
    typedValues?: ProfileValues & { channel?: Channel | undefined },
    mistakes: WishMistake[] = [],
  ) => {
    const { language } = request
    const say = words[language]
    const actor = actorOf(request)
    const profile = await findProfile(app.db, speakerId, language)
    const sessions = await sessionsOf(app.db, actor.accountId, app.now())
    const said = (mistake: WishMistake) =>
      say.mistakes[mistake === 'hours' ? 'hoursBefore' : mistake === 'sunday' ? 'at' : mistake]
    return reply.page('speakers/profile', {
      title: say.profile,
      say,
      accountSay: accountWords[language],
      invitations: await countInvitations(app.db, speakerId, app.now()),
      ownSay: ownWords[language],
      facts: factsOf(language, profile, topicWords[language].language),
      papers: paperNote(language, await findOwnPapers(app.db, speakerId, wallOf(app.now(), profile.zone).day), true),
      values: typedValues ?? valuesOf(profile),
      usual: {
        days: String(profile.usual_days),
        at: profile.usual_at,
        hours: String(profile.usual_hours),
        sunday: profile.usual_sunday,
      },
      channel: (await hasGateway(app.db, actor.houseId))
        ? channelPart(language, typedValues?.channel ?? channelOf(profile.channel) ?? 'mail')
        : undefined,
      errors: Object.fromEntries(mistakes.map(mistake => [mistake, said(mistake)])),
      summary: mistakes.map(mistake => ({ href: `#${mistake}`, text: said(mistake) })),
      own: actor.language,
      theme: actor.theme,
      themes,
      sessions: sessionLines(language, sessions, actor.sessionHash, profile.zone),
    })
  }

  app.get('/me/profile', { config: speaker }, async (request, reply) => {
    const { speakerId } = actorOf(request)
    return speakerId ? show(request, reply, speakerId) : reply.callNotFound()
  })

  app.post('/me/profile', { config: speaker }, async (request, reply) => {
    const actor = actorOf(request)
    const { speakerId } = actor
    if (!speakerId) return reply.callNotFound()
    const { texts, repeated } = typed(request.body, names)
    const { language, theme, channel: chosen, ...fields } = texts
    const channel = (await hasGateway(app.db, actor.houseId)) ? channelOf(chosen) : undefined
    const phone = repeated.includes('phone') ? undefined : fields.phone ? phoneOf(fields.phone) : null
    const wished = wishesOf(fields)
    const mistakes: WishMistake[] = [
      ...(phone === undefined || (phone === null && channel === 'webhook') ? (['phone'] as const) : []),
      ...('mistakes' in wished ? wished.mistakes : []),
    ]
    if (phone === undefined || 'mistakes' in wished || mistakes.length > 0) {
      return show(request, reply.code(422), speakerId, { ...fields, channel }, mistakes)
    }
    const manner = {
      language: isLanguage(language) ? language : actor.language,
      theme: isTheme(theme) ? theme : actor.theme,
      keysOn: actor.keysOn,
    }
    await saveProfile(
      app.db,
      { speakerId, accountId: actor.accountId, houseId: actor.houseId },
      { phone, ...wished, language: manner.language, channel },
      manner,
      app.now(),
    )
    return reply.redirect('/me/profile', 303)
  })
}
