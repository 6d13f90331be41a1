/**
 * Every size, rate and wait of Plenum, each with the reason for its value: what happens without it.
 * Bytes unless the name says otherwise; durations end in `Ms`.
 */
export const limits = {
  /** One websocket message. A pasted chapter is 100 kB; more in one frame stalls everybody behind it. */
  frameBytes: 1024 * 1024,
  /** Fragments of one message: tiny fragments are the classic way to exhaust a server's memory. */
  frameFragments: 256,
  /** A page's encoded state. Above it, browsers need seconds to open the page. */
  bodyBytes: 8 * 1024 * 1024,
  /** A caret is under 300 bytes; presence is relayed to everyone in the room. */
  presenceBytes: 4 * 1024,
  /** One ask or record, as JSON: a comment of the full length, in any script. */
  askBytes: 64 * 1024,
  /** A JSON body of an HTTP call that is not an upload; a page's Markdown comes this way, too. */
  jsonBytes: 2 * 1024 * 1024,
  /** An uploaded zip, and what it may unpack to: a zip bomb unpacks to a thousand times its size. */
  zipBytes: 50 * 1024 * 1024,
  zipUnpackedBytes: 200 * 1024 * 1024,
  zipEntries: 10_000,
  /** Of a file in a survey or a zip, in characters and in folders; disks refuse longer ones. */
  pathLength: 1_000,
  pathDepth: 64,
  /** One Markdown file; longer ones are not read by people either. */
  markdownBytes: 2 * 1024 * 1024,
  /** What one file's Markdown may cost to read, by estimate; hostile text takes hours. What is above stays raw. */
  markdownReadMs: 4_000,
  assetBytes: 5 * 1024 * 1024,
  /** In characters. */
  nameLength: 80,
  titleLength: 200,
  commentLength: 10_000,
  /** Words kept for their writer in one record; more of them make another: every browser folds all of them. */
  keptLength: 20_000,
  quoteLength: 300,
  /** Characters of context kept on each side of a quote, to tell it from its repetitions. */
  quoteContextLength: 32,
  pagesPerSurvey: 1_000,
  /** Containers inside containers; deeper ones are drawn at this depth, never dropped. */
  containerDepth: 16,
  /** Cells of one table; rows and columns beyond are kept, not shown: a small update could name a billion cells. */
  tableCells: 50_000,
  /** Sockets of one person, and of one room: 3,000 who listen to a hundred are told within 120 ms, by one core. */
  socketsPerPerson: 20,
  socketsPerRoom: 3_200,
  /** Bytes queued for a reader who does not read, before the reader is closed to resync later. */
  readerBehindBytes: 64 * 1024 * 1024,
  /** With more than this queued for a reader, edits wait to leave as one; else each slow reader is a growing queue. */
  readerSkipBytes: 1024 * 1024,
  /** Read, to be refused with words; of a larger message nothing is read, and a provider would send it for ever. */
  frameReadBytes: 4 * 1024 * 1024,
  /** What a browser may send while its room opens: its edits offline, twice over. */
  earlyBytes: 2 * 1024 * 1024,
  /** A socket that does not answer the closing handshake is cut after this; else it holds its queue for longer. */
  closeMs: 5_000,
  /** Of one socket; above it, reading pauses. People type 10 a second, an import by script some hundreds. */
  messages: { perSecond: 400, burst: 1_500 },
  messageBytes: { perSecond: 4 * 1024 * 1024, burst: 6 * 1024 * 1024 },
  /** Of one socket, a question for the whole state: 10 bytes that ask for megabytes. A browser asks once. */
  states: { perSecond: 0.5, burst: 8 },
  /** How soon a question for the state is looked at again that could not be answered. */
  stateRetryMs: 100,
  asks: { perSecond: 5, burst: 20 },
  /** Asks of one socket whose answers are kept, for a browser that asks again: more than can be under way. */
  answersRemembered: 100,
  /** New structs (an insertion, a format, a key) of one update. A page of 2,000 blocks is 10,000. */
  updateStructs: 20_000,
  /** New ranges that one update deletes. */
  updateDeletes: 20_000,
  /**
   * Steps that Yjs takes to find where structs stand for which others wrote in one place at once: of a page's, and of
   * an update's. Two who write a chapter each take some thousand; forged ones, their number squared. A million keep a
   * browser busy for up to 0.4 s. So few steps an update are always free, lest a crowded page refuse who was offline.
   */
  orderSteps: 1_000_000,
  updateOrderSteps: 200_000,
  freeOrderSteps: 32,
  /** Characters of one struct: what fits into a message. A longer one claims text that nobody sent. */
  structLength: 1024 * 1024,
  /**
   * A block's or container's attribute, a mark's value: each browser looks at all of them again and again. A pasted
   * link can have thousands of characters.
   */
  attributeBytes: 16 * 1024,
  /** New authors (Yjs client ids) that one connection may bring: each time a page is opened offline is one. */
  newAuthors: 64,
  /** Authors of one page: each browser session that wrote is one, and every join tells them all. */
  bodyAuthors: 20_000,
  /** Updates that build on what the server lacks, before their sender is closed, and the time that they count for. */
  holesAtOnce: 3,
  holePatienceMs: 10_000,
  /**
   * Of what the gate refused: kept of one message, of one person in an hour (a tiny one counts for more, else a flood
   * of them would push everything out), of all, and for how long. Enough to help who lost words by it, and no disk
   * to be filled.
   */
  quarantinedBytes: 64 * 1024,
  quarantinedLeastBytes: 1024,
  quarantinedHourlyBytes: 1024 * 1024,
  quarantinedCount: 10_000,
  quarantinedMs: 30 * 24 * 60 * 60 * 1000,
  /** Between the beginnings of two commits: more of them save no time that anyone feels, and cost the disk's. */
  commitMs: 4,
  /**
   * Entries of all journals that the index by page may lack. With fewer, the index costs more than the text: each time
   * it is brought up to date, 4 kB for each room. With more, everybody waits: to index so many takes some 8 ms, and
   * who opens a page looks through them, in 1 ms.
   */
  unindexedEntries: 8_192,
  /** How long edits wait for others to leave with them, by the size of the room: a write costs 10 µs for each person. */
  roomWindows: [
    { connections: 8, ms: 4 },
    { connections: 32, ms: 10 },
    { connections: 100, ms: 25 },
    { connections: 500, ms: 40 },
  ],
  roomWindowMostMs: 64,
  /** Carets move 20 times a second at most; in a large room more seldom, since each move is told to everyone. */
  presenceWindows: [
    { connections: 100, ms: 50 },
    { connections: 250, ms: 100 },
  ],
  presenceWindowMostMs: 200,
  /** A moved caret is told without its name for so long, then with it once: y-protocols forgets who is silent for 30 s. */
  presenceNameMs: 20_000,
  /** A checkpoint is made when what came since is larger than this, and than this share of the one before. */
  checkpointTailBytes: 32 * 1024,
  checkpointTailShare: 0.25,
  /**
   * An edit that may have killed words unseen, or doubled a block, is looked into after this wait; a look reads the
   * whole page, so the next one waits this many times as long as it took.
   */
  lookMs: 1_500,
  lookRest: 50,
  /** After a look that failed, as on a full disk. */
  lookAgainMs: 30_000,
  /** Entries of a journal that are read at one go while its beginning is searched: others' typing waits for no more. */
  searchedAtOnce: 1_000,
  /** How long a page is left alone before what it comes to is told: to find it reads the whole page. */
  beaconMs: 30_000,
  /** A socket that answers no ping for two of these is cut at the third: within 45 s, wherever in between it died. */
  pingMs: 14_000,
  /** A browser asks a silent server for a sign of life this often, and waits as long: sleep is noticed in 20 s. */
  heartbeatMs: 10_000,
  /** The first wait before a browser connects again; doubled each time, up to the most, halved by chance at most. */
  reconnectFirstMs: 300,
  /** Longer waits look like a dead page; shorter ones keep a struggling server from standing up again. */
  reconnectMostMs: 10_000,
  /** Tabs that turned hidden draw no frames; text that waits for one is applied after this. */
  hiddenFrameMs: 100,
  /** Comment cards follow their words at most this often; each time costs a look at every thread's place. */
  marginMs: 100,
  /** How long a browser waits for what its device kept of a page; without a bound, a blocked disk blocks the page. */
  keptLoadMs: 3_000,
  /** Half-sent HTTP requests hold a connection no longer than this. */
  headersMs: 10_000,
  requestMs: 15_000,
  /** How often the two waits above are looked at. */
  connectionsCheckedMs: 2_000,
  /** Header lines of one request; a browser sends twenty. */
  headersCount: 100,
  /** An upload may take longer to arrive: 50 MB over a slow line. */
  uploadMs: 120_000,
  /** Read of a refused upload and thrown away, for browsers read no answer before they have sent all; then cut off. */
  discardedBytes: 256 * 1024 * 1024,
  /**
   * Reading or writing a survey or a long page, in a thread of its own: what was made to be slow or greedy is
   * given up. Each can need the unpacked archive's size in memory, so few run at once, and few wait.
   */
  jobMs: 30_000,
  jobHeapMegabytes: 512,
  jobsAtOnce: 2,
  jobsWaiting: 20,
  /** A page's state up to this is read and written at once: it takes some 20 ms at worst, a thread 300 to begin. */
  smallStateBytes: 16 * 1024,
  /** Surveys whose folded records are kept in memory while nobody listens; others are folded again when asked for. */
  surveysInMemory: 500,
  /** How long a browser keeps a guest's session: who loses it is a stranger to their own comments. */
  sessionMs: 365 * 24 * 60 * 60 * 1000,
  /** Of one address, where a whole class may sit behind one; guessing and flooding need many more. */
  sessionsPerMinute: 1_000,
  upgradesPerMinute: 6_000,
  /** Of one person, or of one address while nobody is signed in. */
  callsPerMinute: 3_000,
  /** Of one person, at the same time: imports, exports, new pages. Each may hold its upload of 50 MB meanwhile. */
  heavyCallsAtOnce: 8,
  /** Between two pieces of polite news to a screen reader: more often, it talks over the person who writes. */
  announceMs: 5_000,
  /** Unsaved words for this long are said across the whole screen; sooner, every slow second would alarm. */
  unsavedBannerMs: 5_000,
  /** A countdown that people read moves once a second. */
  clockMs: 1_000,
  /** Columns that one cell of a pasted table may span; a number written to be large would fill the page with cells. */
  pastedSpan: 100,
  /** After a change, what is drawn around the text (numbers of notes, colours in code, sections) follows this much later. */
  drawingPauseMs: 150,
  /** Frames in which a place that was gone to is put right: what came into view around it is laid out in the next one. */
  settleFrames: 4,
  /** Code that is coloured at once, and in one block: 20,000 characters take some 10 ms. */
  colouredCharacters: 20_000,
  /** A button says "Copied" this long: time to notice it, and back before the next use. */
  copiedMs: 2_000,
  /** From SIGTERM on, those whose browser does not answer the goodbye are cut off. */
  goodbyeMs: 1_000,
  /** From SIGTERM to exit. */
  shutdownMs: 5_000,
} as const;
