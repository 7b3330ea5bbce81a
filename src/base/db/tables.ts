// Printed by `npm run tables` from the migrated database; a test compares.
import type { ColumnType, Generated } from 'kysely'
import type { DateTime, Span } from '../time.ts'

/** Written as text, read as a value. */
export type Json = ColumnType<unknown, string, string>
export type AnswerReason = 'another-time' | 'too-far' | 'another-topic' | 'other'
export type AskAnswer = 'yes' | 'no'
export type AssignmentState = 'invited' | 'accepted' | 'declined' | 'replaced'
export type BackupKind = 'backup' | 'trial'
export type BanKind = 'break' | 'exam' | 'tests' | 'other'
export type BanStrength = 'ban' | 'warn'
export type BusyCalendarKind = 'address' | 'upload'
export type CalendarAudience = 'speaker' | 'staff' | 'host' | 'public'
export type CancelReason = 'weather' | 'illness' | 'timetable' | 'host' | 'speaker' | 'other'
export type Closing = 'kept' | 'online' | 'postponed' | 'cancelled'
export type ClosureCause = 'frost' | 'wind' | 'illness' | 'other'
export type ClosureOutcome = 'online' | 'postponed' | 'cancelled'
export type DeclineReason = 'no-speakers' | 'no-time' | 'not-our-topic' | 'not-our-district' | 'twice' | 'other'
export type FairnessReason = 'own-wish' | 'learning' | 'rare' | 'evens-out' | 'other'
export type FeedKind = 'speaker' | 'group' | 'host' | 'house'
export type HostKind = 'school' | 'college' | 'university' | 'workplace' | 'market' | 'community-centre' | 'house-of-friendship' | 'custody'
export type ImportKind = 'speakers' | 'hosts' | 'requests'
export type ImportState = 'ready' | 'done'
export type Language = 'kk' | 'ru' | 'en'
export type LegalCheck = 'warn' | 'ban'
export type LessonPolicy = 'classHourOnly' | 'offeredLessons' | 'outsideLessons'
export type MessageState = 'waiting' | 'sending' | 'sent' | 'failed' | 'skipped' | 'superseded' | 'held'
export type Mode = 'onsite' | 'online' | 'broadcast'
export type PaperKind = 'letter' | 'thanks'
export type PlanKind = 'new' | 'moved' | 'swapped' | 'unplaced'
export type PlanMoves = 'none' | 'unanswered' | 'all'
export type PlanState = 'running' | 'done' | 'stopped' | 'releasing' | 'released'
export type ReplyAnswer = 'accepted' | 'declined' | 'tentative' | 'delegated' | 'proposal' | 'none'
export type ReplyState = 'taken' | 'open' | 'ignored' | 'accepted' | 'dismissed'
export type RequestSource = 'form' | 'call' | 'letter' | 'import'
export type RequestState = 'unconfirmed' | 'waiting' | 'booked' | 'held' | 'declined' | 'withdrawn' | 'expired'
export type Role = 'administrator' | 'coordinator' | 'viewer' | 'speaker'
export type SeriesKind = 'day' | 'weekly' | 'programme'
export type SubstitutionEnd = 'filled' | 'decided' | 'returned' | 'changed' | 'stopped' | 'escalated' | 'over'
export type TalkState = 'booked' | 'held' | 'not-held' | 'cancelled'
export type Transport = 'walk' | 'transit' | 'car'

export interface Tables {
  absences: {
    id: Generated<string>
    speaker_id: string
    during: Span
  }
  accounts: {
    id: Generated<string>
    email: string
    name_kk: string
    name_ru: string
    name_en: string
    address_kk: string
    address_ru: string
    address_en: string
    language: Generated<Language>
    keys_on: Generated<boolean>
    theme: Generated<string>
    created_at: Generated<DateTime>
    disabled_at: DateTime | null
    phone: string | null
    channel: Generated<string>
  }
  assignments: {
    id: Generated<string>
    talk_id: string
    speaker_id: string
    profession: string
    state: Generated<AssignmentState>
    busy: Span
    travel_minutes: Generated<number>
    nonce: string
    token_hash: string
    invited_at: DateTime
    answer_by: DateTime | null
    answered_at: DateTime | null
    reason: AnswerReason | null
    ended_at: DateTime | null
    person_id: Generated<string>
    proposed_on: string | null
    proposed_from: string | null
  }
  audiences: {
    slug: string
    position: number
    name_kk: string
    name_ru: string
    name_en: string
    host_kinds: string[]
    minors: boolean
    closed: boolean
  }
  backup_runs: {
    id: Generated<number>
    kind: BackupKind
    file: string
    sealed: boolean
    at: DateTime
    ended_at: DateTime
    rows: Generated<number>
    bytes: Generated<number>
    fault: string | null
  }
  bans: {
    id: Generated<string>
    house_id: string | null
    school_year: string | null
    kind: BanKind
    strength: BanStrength
    from_on: string
    to_on: string
    host_kinds: Generated<string[]>
    grades: Generated<number[]>
    host_id: string | null
    except_audiences: Generated<string[]>
    name_kk: string
    name_ru: string
    name_en: string
    part: string | null
  }
  busy_calendars: {
    speaker_id: string
    kind: BusyCalendarKind
    sealed_address: string | null
    etag: string | null
    last_modified: string | null
    added_at: DateTime
    read_at: DateTime
    whole_at: DateTime
    tried_at: DateTime
    fault: string | null
    doubtful: boolean
    events: number
    unreadable: number
    digest: string
  }
  busy_intervals: {
    speaker_id: string
    during: Span
  }
  calendar_texts: {
    talk_id: string
    audience: CalendarAudience
    language: Language
    speaker_id: string | null
    house_id: string
    host_id: string
    starts_at: DateTime
    ends_at: DateTime
    zone: string
    cancelled: boolean
    accepted: boolean
    modified_at: DateTime
    event: string
    journey: Generated<string>
  }
  challenges: {
    browser_hash: string
    purpose: string
    challenge: string
    account_id: string | null
    expires_at: DateTime
  }
  changes: {
    id: Generated<number>
    house_id: string
    request_id: string | null
    talk_id: string | null
    speaker_id: string | null
    kind: string
    at: DateTime
    account_id: string | null
    by_whom: string
    detail: Json
  }
  closure_seats: {
    closure_id: string
    assignment_id: string
    state: AssignmentState
  }
  closure_talks: {
    closure_id: string
    talk_id: string
    outcome: Closing
    version: number
    mode_before: Mode
    link_before: string | null
    during_before: Span
    restored_at: DateTime | null
    restored_version: number | null
    obstacle: Json | null
  }
  closures: {
    id: Generated<string>
    house_id: string
    districts: string[]
    host_kinds: Generated<string[]>
    shifts: Generated<string[]>
    grades: Generated<number[]>
    from_on: string
    to_on: string
    outcome: ClosureOutcome
    name_kk: Generated<string>
    name_ru: Generated<string>
    name_en: Generated<string>
    created_by: string | null
    created_at: Generated<DateTime>
    lifted_at: DateTime | null
    cause: Generated<ClosureCause>
    link: string | null
  }
  contacts: {
    id: Generated<string>
    host_id: string
    name: string
    position: Generated<string>
    email: string | null
    phone: string | null
    language: Generated<Language>
    consent_on: string | null
    consent_version: string | null
    created_at: Generated<DateTime>
    channel: Generated<string>
    reminder_days: number | null
    reminder_day_before_at: string | null
    reminder_hours: number | null
  }
  credentials: {
    speaker_id: string
    kind: string
    valid_from: string
    valid_until: string | null
    note: Generated<string>
  }
  day_swaps: {
    off_on: string
    work_on: string
    name_kk: string
    name_ru: string
    name_en: string
    source: Generated<string>
  }
  diary_marks: {
    house_id: string
    written: Generated<string>
  }
  districts: {
    kato: string
    region: string
    slug: string
    name_kk: string
    name_ru: string
    name_en: string
    lat: number | null
    lon: number | null
  }
  fairness_overrides: {
    id: Generated<string>
    house_id: string
    speaker_id: string
    weight: string
    reason: FairnessReason
    until_on: string
    set_by: string | null
    set_at: DateTime
    ended_by: string | null
    ended_at: DateTime | null
  }
  feedback: {
    id: Generated<string>
    talk_id: string
    clear: number
    useful: number
    respectful: number
    again: number
    given_on: string
    remark: Generated<string>
  }
  feeds: {
    id: Generated<string>
    kind: FeedKind
    house_id: string
    speaker_id: string | null
    group_id: string | null
    host_id: string | null
    nonce: string
    secret_hash: string
    created_at: DateTime
    revoked_at: DateTime | null
    fetched_at: DateTime | null
    client: string | null
    revision: Generated<number>
    changed_at: Generated<DateTime>
  }
  first_administrator_links: {
    token_hash: string
    created_at: DateTime
    used_at: DateTime | null
  }
  form_answers: {
    key: string
    fingerprint: string
    status: number
    location: string
    created_at: DateTime
  }
  formats: {
    slug: string
    name_kk: string
    name_ru: string
    name_en: string
    bookable: boolean
  }
  gateways: {
    house_id: string
    sealed_address: string
    nonce: string
    kept_at: DateTime
    secret_at: DateTime
  }
  group_districts: {
    group_id: string
    district: string
  }
  group_members: {
    group_id: string
    speaker_id: string
  }
  groups: {
    id: Generated<string>
    house_id: string
    slug: string
    name_kk: string
    name_ru: string
    name_en: string
  }
  holidays: {
    on_date: string
    slug: string
    name_kk: string
    name_ru: string
    name_en: string
    transferable: boolean
    may_shift: Generated<boolean>
    status: string
    source: Generated<string>
  }
  host_halls: {
    id: Generated<string>
    host_id: string
    position: number
    name_kk: string
    name_ru: string
    name_en: string
    seats: number | null
    gone: Generated<boolean>
  }
  host_hours: {
    id: Generated<string>
    host_id: string
    weekday: number | null
    from_time: string
    to_time: string
    talk_window: Generated<boolean>
  }
  host_lessons: {
    host_id: string
    shift: string
    n: number
    from_time: string
    to_time: string
  }
  host_merges: {
    id: Generated<string>
    house_id: string
    kept: string
    duplicate: string
    moved: Json
    merged_by: string | null
    merged_at: DateTime
    undone_by: string | null
    undone_at: DateTime | null
  }
  host_shifts: {
    host_id: string
    shift: string
    grades: Generated<number[]>
    languages: Generated<string[]>
  }
  hosts: {
    id: Generated<string>
    house_id: string
    kind: HostKind
    name_kk: string
    name_ru: string
    name_en: string
    folded: string
    district: string
    address_kk: Generated<string>
    address_ru: Generated<string>
    lat: number | null
    lon: number | null
    week_type: Generated<number>
    class_hour_weekday: number | null
    class_hour_lesson: number | null
    lunch_from: string | null
    lunch_to: string | null
    hall_seats: number | null
    online: Generated<boolean>
    visitor_list: Generated<boolean>
    languages: Generated<string[]>
    checked_at: DateTime | null
    merged_into: string | null
    created_at: Generated<DateTime>
  }
  house_parents: {
    house_id: string
    valid_from: string
    valid_to: string | null
    name_kk: string
    name_ru: string
    name_en: string
  }
  houses: {
    id: Generated<string>
    slug: string
    region: string
    district: string | null
    name_kk: string
    name_ru: string
    name_en: string
    address_kk: Generated<string>
    address_ru: Generated<string>
    address_en: Generated<string>
    letterhead_kk: Generated<string>
    letterhead_ru: Generated<string>
    phone: string | null
    sender_address: string | null
    zone: string
    opens_at: Generated<string>
    closes_at: Generated<string>
    minimum_notice_minutes: Generated<number>
    quiet_from: Generated<string>
    quiet_until: Generated<string>
    reminder_days: Generated<number>
    reminder_day_before_at: Generated<string>
    reminder_hours: Generated<number>
    answer_hours: Generated<number>
    undo_seconds: Generated<number>
    mentor_only_in_pair: Generated<boolean>
    lessons: Generated<LessonPolicy>
    legal_check: Generated<LegalCheck>
    travel_buffer_minutes: Generated<number>
    credentials_for_minors: Generated<string[]>
    last_request_number: Generated<number>
    created_at: Generated<DateTime>
    reads_calendars: Generated<boolean>
    digest_day_at: Generated<string>
    digest_week_at: Generated<string>
    substitutes_asked: Generated<number>
  }
  identities: {
    issuer: string
    subject: string
    account_id: string
    created_at: DateTime
  }
  import_rows: {
    import_id: string
    line: number
    cells: Json
    remarks: Json
    state: string
    verdict: Json
    choice: Generated<string>
  }
  imports: {
    id: string
    house_id: string
    account_id: string | null
    kind: ImportKind
    state: Generated<ImportState>
    file_name: Generated<string>
    reading: Json
    counts: Json
    digest: string
    created_at: DateTime
    ends_at: DateTime
    done_at: DateTime | null
  }
  journal: {
    house_id: string
    n: number
    at: DateTime
    by_whom: string
    actor_id: string | null
    place: string
    kind: string
    thing: string
    thing_id: string
    old: string
    new: string
    previous: string
    hash: string
  }
  journal_heads: {
    house_id: string
    n: number
    hash: string
  }
  leases: {
    name: string
    holder: string
    until: DateTime
  }
  letter_texts: {
    house_id: string
    kind: string
    reader: string
    language: Language
    subject: string | null
    body: string | null
    changed_at: DateTime
    changed_by: string | null
  }
  limits: {
    key: string
    starts_at: DateTime
    count: number
  }
  messages: {
    id: Generated<string>
    house_id: string | null
    kind: string
    cause: string
    version: number
    recipient: string
    request_id: string | null
    talk_id: string | null
    assignment_id: string | null
    account_id: string | null
    sign_in_link_id: string | null
    address: string
    language: Language
    state: Generated<MessageState>
    reason: string | null
    created_at: DateTime
    due_at: DateTime
    not_after: DateTime | null
    attempt: Generated<number>
    claim: string | null
    claimed_until: DateTime | null
    next_try_at: DateTime | null
    smtp_reply: string | null
    sent_at: DateTime | null
    channel: Generated<string>
    bundle: string | null
    again: Generated<number>
    again_by: string | null
    caused_at: DateTime | null
    note: string | null
    joins: string | null
    ended_at: DateTime | null
  }
  papers: {
    id: Generated<string>
    house_id: string
    kind: PaperKind
    year: number
    number: number
    talk_id: string | null
    speaker_id: string | null
    host_id: string | null
    issued_on: string
    issued_at: DateTime
    issued_by: string | null
    paper: Json | null
    about_year: number | null
    contact_id: string | null
    attention: string | null
  }
  passkeys: {
    id: string
    account_id: string
    public_key: string
    counter: number
    transports: string[]
    name: string
    created_at: DateTime
    used_at: DateTime | null
  }
  passwords: {
    account_id: string
    hash: string
    changed_at: DateTime
  }
  plan_talks: {
    plan_id: string
    request_id: string
    talk_id: string | null
    talk_version: number | null
    chosen: Generated<boolean>
    position: Generated<number>
    kind: Generated<PlanKind>
    step: string | null
    held_on: string | null
    from_minute: number | null
    minutes: number | null
    team: Json
    was: Json | null
    people: Generated<number>
    reasons: Json
    warnings: Json
    obstacles: Json
    pinned: Generated<boolean>
    excluded: Generated<boolean>
    outcome: Json | null
  }
  plans: {
    id: Generated<string>
    house_id: string
    account_id: string | null
    state: Generated<PlanState>
    from_on: string
    to_on: string
    weights: Json
    moves: Generated<PlanMoves>
    seconds: number
    seed: Generated<number>
    away: Json
    left_out: Json
    phase: Generated<string>
    placed: Generated<number>
    cost: number | null
    bound: number | null
    travel_minutes: number | null
    figures: Json | null
    stop_asked: Generated<boolean>
    attempts: Generated<number>
    claimed_by: string | null
    claimed_until: DateTime | null
    created_at: DateTime
    started_at: DateTime
    finished_at: DateTime | null
    released_at: DateTime | null
    releases: Generated<number>
    back_until: DateTime | null
    taking_back: Generated<boolean>
  }
  professions: {
    slug: string
    letter: string
    position: number
    name_kk: string
    name_ru: string
    name_en: string
    plural_kk: string
    plural_ru: string
    plural_en: string
    pair_in_schools: boolean
    pair_with: Generated<string[]>
  }
  public_feeds: {
    house_id: string
    revision: Generated<number>
    changed_at: DateTime
  }
  recovery_codes: {
    account_id: string
    code_hash: string
    used_at: DateTime | null
  }
  regions: {
    kato: string
    name_kk: string
    name_ru: string
    name_en: string
    zone: string
  }
  replies: {
    id: Generated<string>
    house_id: string
    talk_id: string
    speaker_id: string
    message_id: string
    body_hash: string
    arrival: string
    copies: Generated<number>
    came_at: DateTime
    sender: string
    comment: string
    answer: ReplyAnswer
    state: ReplyState
    reasons: Generated<string[]>
    stamp: DateTime | null
    proposed: Span | null
    during: Span
    decided_at: DateTime | null
    decided_by: string | null
  }
  reply_addresses: {
    token_hash: string
    talk_id: string
    speaker_id: string
    address: string
    sequence: number
    during: Span
    sent_at: DateTime
    taken_stamp: DateTime | null
    answered_at: DateTime | null
  }
  report_marks: {
    house_id: string
    held_on: string
    written: Generated<string>
  }
  report_talks: {
    talk_id: string
    house_id: string
    host_id: string
    topic_id: string
    held_on: string
    state: TalkState
    cancel_reason: CancelReason | null
    audience: string
    language: string
    programme: string | null
    planned: number | null
    counted: number | null
    confirmed: number | null
    answers: number
    clear: number
    useful: number
    respectful: number
    again: number
    asked: number
    in_time: number
    late: number
    speakers: string[]
  }
  reporting_bodies: {
    id: Generated<string>
    house_id: string
    name_kk: string
    name_ru: string
    name_en: string
    gone: Generated<boolean>
  }
  request_languages: {
    request_id: string
    language: string
  }
  request_windows: {
    request_id: string
    position: number
    from_on: string
    to_on: string
    from_time: string
    to_time: string
    shift: string | null
  }
  requests: {
    id: Generated<string>
    house_id: string
    number: number
    host_id: string
    contact_id: string | null
    topic_id: string
    series_id: string | null
    audience: string
    grades: Generated<number[]>
    heads: number
    mode: Generated<Mode>
    note: Generated<string>
    latest_on: string | null
    state: RequestState
    source: RequestSource
    language: Language
    public: Generated<boolean>
    nonce: string
    token_hash: string
    asked_at: DateTime
    confirmed_at: DateTime | null
    first_at: DateTime | null
    ended_at: DateTime | null
    decline_reason: DeclineReason | null
    version: Generated<number>
    entered_by: string | null
    postponed_from: string | null
    series_position: number | null
    class_name: Generated<string>
    own_number: string | null
    class_count: Generated<number>
    class_names: Generated<string[]>
  }
  retention_rules: {
    rule: string
    amount: number
  }
  retention_runs: {
    rule: string
    ran_at: DateTime
    gone: number
    gone_ever: number
  }
  roles: {
    account_id: string
    house_id: string
    role: Role
  }
  roster_revision: {
    one: Generated<boolean>
    revision: string
  }
  school_years: {
    id: string
    from_on: string
    to_on: string
    confirmed_by: string | null
    confirmed_at: DateTime | null
    status: string
    source: Generated<string>
  }
  series: {
    id: Generated<string>
    house_id: string
    created_at: DateTime
    kind: SeriesKind
    name: string
    every_weeks: number | null
    created_by: string | null
  }
  sessions: {
    id_hash: string
    account_id: string
    house_id: string
    created_at: DateTime
    seen_at: DateTime
    ends_at: DateTime
    ip_prefix: string
    agent: string
    strength: Generated<string>
    proved_at: DateTime | null
  }
  settings: {
    key: string
    value: string
  }
  sights: {
    house_id: string
    account_id: string
    thing: string
    thing_id: string
    on_date: string
  }
  sign_in_links: {
    id: Generated<string>
    account_id: string
    nonce: string
    token_hash: string
    code_hash: string
    browser_hash: string | null
    tries: Generated<number>
    created_at: DateTime
    expires_at: DateTime
    used_at: DateTime | null
    purpose: Generated<string>
    address: string | null
  }
  speaker_audiences: {
    speaker_id: string
    audience: string
  }
  speaker_districts: {
    speaker_id: string
    district: string
  }
  speaker_languages: {
    speaker_id: string
    language: string
  }
  speaker_professions: {
    speaker_id: string
    profession: string
    position: Generated<number>
  }
  speaker_topics: {
    speaker_id: string
    topic_id: string
  }
  speakers: {
    id: Generated<string>
    house_id: string
    account_id: string | null
    name_kk: string
    name_ru: string
    name_en: string
    address_kk: string
    address_ru: string
    address_en: string
    email: string
    phone: string | null
    language: Generated<Language>
    home_district: string
    lat: number | null
    lon: number | null
    transport: Generated<Transport>
    limit_day: Generated<number>
    limit_week: Generated<number>
    limit_month: Generated<number>
    hours_offered_a_quarter: Generated<string>
    paused_from: string | null
    paused_to: string | null
    consent_on: string | null
    consent_version: string | null
    reminder_days: number | null
    reminder_day_before_at: string | null
    reminder_hours: number | null
    left_on: string | null
    created_at: Generated<DateTime>
    channel: Generated<string>
    digest_week_at: string | null
    person_id: Generated<string>
  }
  substitution_asks: {
    id: Generated<string>
    substitution_id: string
    speaker_id: string
    profession: string
    asked_at: DateTime
    until: DateTime
    nonce: string
    token_hash: string
    reasons: Json
    named_by: string | null
    answer: AskAnswer | null
    answered_at: DateTime | null
    colleague_id: string | null
    seat_id: string | null
  }
  substitutions: {
    id: Generated<string>
    house_id: string
    talk_id: string
    assignment_id: string
    opened_at: DateTime
    next_at: DateTime
    ended_at: DateTime | null
    ended_as: SubstitutionEnd | null
  }
  support_lines: {
    id: Generated<string>
    house_id: string | null
    slug: string
    position: number
    code: string | null
    phone: string | null
    url: string | null
    name_kk: string
    name_ru: string
    name_en: string
    note_kk: Generated<string>
    note_ru: Generated<string>
    note_en: Generated<string>
    national: boolean
    pinned: boolean
    hours: string | null
    free: boolean | null
    checked_at: DateTime | null
    checked_by: string | null
    check_days: Generated<number>
    kind: Generated<string>
    languages: Generated<string[]>
    audience: Generated<string[]>
    anonymous: boolean | null
    version: Generated<number>
    added_at: DateTime | null
    added_by: string | null
    doubted_at: DateTime | null
    off_at: DateTime | null
    removed_at: DateTime | null
  }
  talk_calendars: {
    talk_id: string
    house_id: string
    revision: Generated<number>
    written: Generated<number>
    behind: Generated<boolean>
  }
  talk_reporters: {
    talk_id: string
    body_id: string
    said_at: DateTime
    said_by: string | null
  }
  talks: {
    id: Generated<string>
    house_id: string
    request_id: string | null
    host_id: string
    topic_id: string
    zone: string
    held_on: string
    from_time: string
    minutes: number
    during: Span
    mode: Mode
    link: string | null
    state: Generated<TalkState>
    version: Generated<number>
    sequence: Generated<number>
    public: Generated<boolean>
    heads_planned: number
    heads_counted: number | null
    heads_confirmed: number | null
    leaflets: number | null
    held_in: string | null
    note: Generated<string>
    cancel_reason: CancelReason | null
    cancelled_at: DateTime | null
    outcome_at: DateTime | null
    outcome_by: string | null
    created_at: DateTime
    revised_at: DateTime
    listeners_nonce: Generated<string>
    hall_id: string | null
  }
  tombstones: {
    hash: string
    at: DateTime
  }
  topic_audiences: {
    topic_id: string
    audience: string
  }
  topic_languages: {
    topic_id: string
    language: string
  }
  topic_materials: {
    id: Generated<string>
    topic_id: string
    title: string
    approved_by: string
    approval_number: string
    approved_on: string
    link: string | null
    version: Generated<string>
    valid_until: string | null
  }
  topic_places: {
    topic_id: string
    position: number
    any_of: string[]
    count: number
  }
  topic_wishes: {
    speaker_id: string
    topic_id: string
    wished_at: DateTime
  }
  topics: {
    id: Generated<string>
    house_id: string
    slug: string
    position: number
    title_kk: string
    title_ru: string
    title_en: string
    summary_kk: string
    summary_ru: string
    summary_en: string
    minutes: number
    format: string
    grade_from: number | null
    grade_to: number | null
    min_audience: number
    max_audience: number
    quotes_law: Generated<boolean>
    law_as_of: string | null
    equipment_kk: Generated<string>
    equipment_ru: Generated<string>
    equipment_en: Generated<string>
    rules: Generated<string[]>
    open: Generated<boolean>
    revised_at: Generated<DateTime>
  }
  totps: {
    account_id: string
    sealed: string
    last_step: number
    created_at: DateTime
  }
  travel_speeds: {
    house_id: string
    transport: Transport
    kmh: number
    fixed_minutes: number
    detour: number
  }
  travel_times: {
    house_id: string
    from_district: string
    to_district: string
    transport: Transport
    minutes: number
  }
  undos: {
    id: Generated<string>
    house_id: string
    talk_id: string | null
    request_id: string | null
    kind: string
    version: number
    at: DateTime
    letters_at: DateTime
    account_id: string | null
    before: Json
  }
  unsubscriptions: {
    recipient: string
    kind: string
    at: DateTime
  }
  weekly_hours: {
    id: Generated<string>
    speaker_id: string
    given: boolean
    weekday: number
    from_time: string
    to_time: string
  }
  wish_marks: {
    recipient: string
  }
  word_files: {
    id: Generated<string>
    house_id: string
    account_id: string
    name: string
    rows: Json
    created_at: DateTime
    taken_at: DateTime | null
  }
  word_marks: {
    key: string
    language: string
    text_hash: string
    state: string
    correction: string | null
    note: Generated<string>
    house_id: string
    account_id: string
    marked_at: DateTime
  }
}
