// How much of the world one run looks at, and the words that all parts use. Each figure may be set with -D.

#ifndef GATEWAYS
#define GATEWAYS 2
#endif
#ifndef SUBMISSIONS
#define SUBMISSIONS 3
#endif
#if GATEWAYS < 2 || GATEWAYS > 3 || SUBMISSIONS < 2 || SUBMISSIONS > 3
#error "2 or 3 gateways, 2 or 3 submissions: the processes are written out"
#endif
// Copies of a submission that its sender may give to another gateway without waiting for the first, over all.
#ifndef IMPATIENCE
#define IMPATIENCE 1
#endif
// Faults of any kind, over all.
#ifndef FAULTS
#define FAULTS 1
#endif
// Records of one gateway that may still be spoken of at a time; with WHOLE_LOG, that it may ever propose. Not a limit of
// the rule: reaching it is a finding, a log without end.
#ifndef RECORDS
#define RECORDS 8
#endif
// Lost races after which a gateway answers "unknown"; 0: never.
#ifndef TRIES
#define TRIES 0
#endif

// Whether showing a record twice is one of the faults.
#ifndef SHOWN_TWICE
#define SHOWN_TWICE 1
#endif
// Places that the slowest gateway may not have read yet: it is waited for. With WHOLE_LOG there is no such bound.
#ifndef BEHIND
#define BEHIND 5
#endif

// Whether a gateway that was killed folds the log from its beginning. Without, it goes on from what it had folded, and
// states in which the log differs only in what everybody has read count as one.
#ifndef WHOLE_LOG
#define WHOLE_LOG 0
#endif

// Whether each run's log is printed at its end.
#ifndef PRINT_LOGS
#define PRINT_LOGS 0
#endif

// Whether decisions read the grants of their actor; one submission may then take them away.
#ifndef WITH_GRANTS
#define WITH_GRANTS 0
#endif
// Which kinds a run draws its submissions from, as bits; the last submission may have a set of its own.
#ifndef DRAWN
#define DRAWN 63
#endif
#ifndef DRAWN_LAST
#define DRAWN_LAST DRAWN
#endif

// --- The domain: what is submitted ---

#define X 0  // streams
#define Y 1
#if WITH_GRANTS
#define GRANTS 2  // the grants of the one actor
#define STREAMS 3
#else
#define GRANTS 9  // there is no such stream
#define STREAMS 2
#endif

#define APPEND 0    // an event in X, whatever X holds
#define FOLLOW 1    // an event in X; refused while X is empty
#define FIRST 2     // an event in X with expected revision "none"; refused when X is not empty
#define DEPEND 3    // an event in Y that depends on X; refused while X is empty
#define BOTH 4      // an event in X and one in Y
#define CHOSEN 5    // an event in a new stream that the gateway names: A takes X, B takes Y
#define REVOKE 6    // an event in GRANTS that takes the grant away
#define SWITCH 7    // an event in Y; its record switches on rule version 2

#define WRITES(kind, g, s) \
  ((s == X && (kind <= FIRST || kind == BOTH || (kind == CHOSEN && g == 0))) || \
   (s == Y && (kind == DEPEND || kind == BOTH || (kind == CHOSEN && g != 0) || kind == SWITCH)) || \
   (s == GRANTS && kind == REVOKE))
// What a decision rests on without writing it: X for its dependant, and the actor's grants for whatever is no
// revocation.
#define READS(kind, s) ((s == X && kind == DEPEND) || (s == GRANTS && WITH_GRANTS && kind != REVOKE))
// What the domain says, by what the streams hold.
#define REFUSES(kind, x_is_empty) \
  ((x_is_empty && (kind == FOLLOW || kind == DEPEND)) || (!x_is_empty && kind == FIRST))

// --- What may be left out of the rule: each must be found ---

#define NOTHING_LEFT_OUT 0
#define REVISION_HEADS 1        // heads are numbers of events
#define SUBMISSION_HEADS 2      // heads are submission ids
#define UNRECORDED_REFUSALS 3   // a refusal is answered without a record
#define UNBASED_REFUSALS 4      // heads of refusals are not compared
#define OPEN_IDS 5              // ids are not compared
#define UNREAD_READS 6          // heads in `reads` are not compared
#define GRANTS_NOT_READ 7       // `reads` does not name the grants
#define DELIVERY_ANSWERS 8      // answered when the log has taken the record
#define SPECULATION_AGAIN 9     // decided again on own records in flight
#define ONE_RULE_VERSION 10     // every reader applies the rule that it knows
#define UNNOTICED_TRUNCATION 11 // no second look at the last record, no anchor
#define HALF_COMMITS 12         // of two streams the one whose head is current is written
#ifndef LEFT_OUT
#define LEFT_OUT NOTHING_LEFT_OUT
#endif

// Two programs: the last gateway knows rule version 2, the others do not.
#ifndef VERSIONS
#define VERSIONS 0
#endif
// Whether the log may lose its tail.
#ifndef TRUNCATION
#define TRUNCATION 0
#endif

// --- Records and answers ---

#define NONE 0       // no record; as a head: the stream does not exist
#define NOT_NAMED 255
#define RECORDS_MAX (GATEWAYS * RECORDS + 1)
#if WHOLE_LOG
#define PLACES_MAX (GATEWAYS * RECORDS + 3)
#else
#define PLACES_MAX BEHIND
#endif
#define FIRST_OF(g) ((g) * RECORDS + 1)
#define GATEWAY_OF(r) (((r)-1) / RECORDS)
#define LETTER(g) ('A' + (g))

#define EVENTS 1
#define REFUSAL 2
#define DENIED 3  // said without a record: may change

#define ACCEPTED 1
#define ID_CLOSED 2
#define STALE_WRITE 3
#define STALE_READ 4
#define OTHER_VERSION 5
#define STOPPED 6
