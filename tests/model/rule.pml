// The rule: what a record holds, what a reader has folded, and which records it accepts (rules 2 to 6, 10 and 11).
//
// What `judge` compares are heads and ids, as in services/ledger/admission. What `check_accepted` compares are
// histories: whole sequences of event records, which the rule never sees. So the check knows nothing of heads.

// Records one after the other, as a number: five bits each.
#if TRUNCATION && FAULTS > 1
#define SEQUENCE int  // what is lost is decided again, on what was lost
#define LENGTH_MAX 6
#else
#define SEQUENCE short
#define LENGTH_MAX 3
#endif
// Of speculation on speculation: no history, since each submission is accepted once.
#define TOO_LONG (-1)

typedef Record {
  unsigned submission : 2;
  unsigned answer : 2;       // EVENTS, REFUSAL; 0: not written yet
  unsigned version_2 : 1;
  unsigned awaits_place : 1; // handed to the log, not there yet
  unsigned gone : 1;         // it will never be there
  byte head[STREAMS];        // of each stream: the record that is cited as its head, NONE or NOT_NAMED
  SEQUENCE saw[STREAMS];     // of each stream that the decision rests on: its history as its writer believed it
#if TRUNCATION
  SEQUENCE anchor;           // the commits that its writer had folded
#endif
};

typedef Reader {
  byte place;                // the next one to read
  byte head[STREAMS];
  SEQUENCE history[STREAMS]; // the event records of each stream, oldest first
  SEQUENCE commits;          // all accepted records, oldest first: what the running hash stands for
  byte closed[SUBMISSIONS];  // the record that closed each submission's id
  unsigned version_2 : 1;    // switched on
  unsigned stopped : 1;
  unsigned must_look_back : 1;  // the log was away; the last record has not been read again yet
#if TRUNCATION
  byte last;                 // the record read last
#endif
};

#define THEN(sequence, r) ((sequence) * 32 + (r))
#define LENGTH(sequence) \
  (((sequence) > 0) + ((sequence) >= 32) + ((sequence) >= 1024) + ((sequence) >= 32768) + \
   ((sequence) >= 1048576) + ((sequence) >= 33554432))
#define SHORTENED_BY(sequence, n) ((sequence) >> (5 * (n)))

Record record[RECORDS_MAX];
Reader reader[GATEWAYS + 1];   // the last one reads each record at the moment when it gets its place
#define TRUTH reader[GATEWAYS]
byte kind[SUBMISSIONS];
byte log[PLACES_MAX];
byte verdict_at[PLACES_MAX];   // what TRUTH said of each place
byte end_of_log;

// Scratch of single steps.
hidden byte verdict, stream, current_head, cited_head;  // hidden: no part of the state
hidden byte named, heads_agree, one_write_agrees;
hidden int history_before[STREAMS];

// Ends the run; the trail's last words are `why`.
#define BROKEN(why) printf("\nBROKEN "); printf(why); assert(false)

#define KNOWS_VERSION_2(q) (q >= GATEWAYS - 1)
#define KIND_OF(r) kind[record[r].submission]
#define WRITTEN_BY(r, s) WRITES(KIND_OF(r), GATEWAY_OF(r), s)
// Both read the same history as far as the shorter of them goes, and the reader's is not the shorter one.
#define ANCHOR_AGREES(q, a) \
  (LENGTH(reader[q].commits) >= LENGTH(a) && \
   SHORTENED_BY(reader[q].commits, LENGTH(reader[q].commits) - LENGTH(a)) == (a))

// Whether the head that `r` cites for `stream` is the one that reader `q` has.
inline compare_heads(q, r) {
  cited_head = record[r].head[stream];
  current_head = reader[q].head[stream];
  if
  :: LEFT_OUT == REVISION_HEADS ->
    heads_agree = (LENGTH(record[r].saw[stream]) == LENGTH(reader[q].history[stream]))
  :: LEFT_OUT == SUBMISSION_HEADS && cited_head != NONE && current_head != NONE ->
    heads_agree = (record[cited_head].submission == record[current_head].submission)
  :: else -> heads_agree = (cited_head == current_head)
  fi
}

// Sets `verdict`.
inline judge(q, r) {
  verdict = ACCEPTED;
  one_write_agrees = false;
  if
  :: VERSIONS && LEFT_OUT != ONE_RULE_VERSION && reader[q].version_2 && !KNOWS_VERSION_2(q) -> verdict = STOPPED
  :: VERSIONS && LEFT_OUT != ONE_RULE_VERSION && record[r].version_2 && !reader[q].version_2 ->
    verdict = OTHER_VERSION
  :: VERSIONS && LEFT_OUT == ONE_RULE_VERSION && record[r].version_2 && !KNOWS_VERSION_2(q) ->
    verdict = OTHER_VERSION
#if TRUNCATION
  :: LEFT_OUT != UNNOTICED_TRUNCATION && !ANCHOR_AGREES(q, record[r].anchor) -> verdict = STOPPED
#endif
  :: else ->
    if
    :: reader[q].closed[record[r].submission] != NONE && LEFT_OUT != OPEN_IDS -> verdict = ID_CLOSED
    :: else
    fi;
    for (stream : 0 .. STREAMS - 1) {
      named = (record[r].head[stream] != NOT_NAMED &&
               !(LEFT_OUT == UNBASED_REFUSALS && record[r].answer == REFUSAL) &&
               !(LEFT_OUT == UNREAD_READS && !WRITTEN_BY(r, stream)));
      if
      :: named ->
        compare_heads(q, r);
        if
        :: heads_agree -> one_write_agrees = one_write_agrees || WRITTEN_BY(r, stream)
        :: !heads_agree && verdict != ID_CLOSED && WRITTEN_BY(r, stream) -> verdict = STALE_WRITE
        :: !heads_agree && verdict == ACCEPTED && !WRITTEN_BY(r, stream) -> verdict = STALE_READ
        :: else
        fi
      :: else
      fi
    };
    if
    :: LEFT_OUT == HALF_COMMITS && verdict == STALE_WRITE && record[r].answer == EVENTS && one_write_agrees ->
      verdict = ACCEPTED
    :: else
    fi
  fi
}

// What must be true of a record that reader `q` has just accepted, whatever the rule compared to say so.
inline check_accepted(q, r) {
  for (stream : 0 .. STREAMS - 1) {
    if
    :: record[r].answer == EVENTS && WRITTEN_BY(r, stream) && reader[q].head[stream] != r ->
      BROKEN("one commit, but not all of its streams\n")
    :: else
    fi
  };
  for (stream : 0 .. STREAMS - 1) {
    if
    :: READS(KIND_OF(r), stream) && stream == GRANTS && record[r].saw[stream] != history_before[stream] ->
      BROKEN("accepted after a revocation that it did not see\n")
    :: (WRITTEN_BY(r, stream) || READS(KIND_OF(r), stream)) && stream != GRANTS && record[r].answer == EVENTS &&
         record[r].saw[stream] != history_before[stream] ->
      BROKEN("decided on another state than the one that it follows\n")
    :: else
    fi
  };
  if
  :: record[r].answer == REFUSAL && !REFUSES(KIND_OF(r), (history_before[X] == NONE)) ->
    BROKEN("a final refusal of what the domain allows\n")
  :: record[r].answer == EVENTS && REFUSES(KIND_OF(r), (history_before[X] == NONE)) ->
    BROKEN("events that the domain refuses\n")
  :: else
  fi
}

inline accept(q, r) {
  if
  :: reader[q].closed[record[r].submission] != NONE -> BROKEN("one submission, two answers\n")
  :: else
  fi;
  reader[q].closed[record[r].submission] = r;
  reader[q].commits = THEN(reader[q].commits, r);
  for (stream : 0 .. STREAMS - 1) {
    history_before[stream] = reader[q].history[stream];
    if
    :: record[r].answer == EVENTS && WRITTEN_BY(r, stream) ->
      compare_heads(q, r);
      if
      :: heads_agree || LEFT_OUT != HALF_COMMITS ->
        reader[q].head[stream] = r;
        reader[q].history[stream] = THEN(reader[q].history[stream], r)
      :: else
      fi
    :: else
    fi
  };
  if
  :: KIND_OF(r) == SWITCH && record[r].answer == EVENTS -> reader[q].version_2 = 1
  :: else
  fi;
  check_accepted(q, r)
}

// Reader `q` takes record `r` from its next place.
inline read_record(q, r) {
  judge(q, r);
  if
  :: verdict == STOPPED -> reader[q].stopped = 1
  :: else ->
    if
    :: verdict == ACCEPTED -> accept(q, r)
    :: else
    fi;
#if TRUNCATION
    reader[q].last = r;
#endif
    reader[q].place++
  fi
}
