// A gateway: decides, proposes, folds, answers (rules 7 to 9), and the sender of a submission.

typedef Gateway {
  bool wants[SUBMISSIONS];         // holds this submission and has not answered it
  byte flying[SUBMISSIONS];        // its record whose verdict is not known yet
#if TRIES
  byte races_lost[SUBMISSIONS];
#endif
  byte used;                       // records made
  byte awaiting;                   // of these, handed to the log and not there yet
  byte front;                      // the oldest of them
};

Gateway gateway[GATEWAYS];
// What the sender of a submission holds: nothing, EVENTS, REFUSAL or DENIED; and whom he waits for, from 1.
byte told[SUBMISSIONS];
byte asked[SUBMISSIONS];
bool began[SUBMISSIONS];
byte impatience = IMPATIENCE;

hidden int view[STREAMS];
hidden byte view_head[STREAMS];
hidden byte proposed, own, answer, each;

#define IS_FLYING(g, r) (gateway[g].flying[record[r].submission] == (r))
#define HAS_FLYING(g) (gateway[g].flying[0] || gateway[g].flying[1] || gateway[g].flying[SUBMISSIONS - 1])
#define MUST_DECIDE(g, s) (gateway[g].wants[s] && !gateway[g].flying[s])
#define MUST_ASK(s) (!told[s] && !asked[s])

inline print_record(r) {
  if
  :: r == NONE -> printf("none")
  :: else -> printf("%c%d", LETTER(GATEWAY_OF(r)), (r - 1) % RECORDS + 1)
  fi
}

// What gateway `g` takes for the state: what it has folded or, beyond that, its own records in flight.
inline look(g, speculatively) {
  for (stream : 0 .. STREAMS - 1) {
    view[stream] = reader[g].history[stream];
    view_head[stream] = reader[g].head[stream]
  };
  if
  :: speculatively ->
    for (own : FIRST_OF(g) .. FIRST_OF(g) + RECORDS - 1) {
      for (stream : 0 .. STREAMS - 1) {
        if
        :: record[own].answer == EVENTS && IS_FLYING(g, own) && WRITTEN_BY(own, stream) ->
          view[stream] = (LENGTH(record[own].saw[stream]) == LENGTH_MAX || record[own].saw[stream] == TOO_LONG ->
                          TOO_LONG : THEN(record[own].saw[stream], own));
          view_head[stream] = own
        :: else
        fi
      }
    }
  :: else
  fi
}

inline no_races_lost(g, s) {
#if TRIES
  gateway[g].races_lost[s] = 0;
#endif
  skip
}

// Tells the sender, if he still waits here; `g` is done with the submission.
inline settle(g, s, what) {
  if
  :: gateway[g].wants[s] && what != DENIED && reader[GATEWAYS].closed[s] == NONE && !TRUNCATION ->
    BROKEN("answered, but the log holds no answer\n")
  :: gateway[g].wants[s] && what != DENIED && !TRUNCATION && record[reader[GATEWAYS].closed[s]].answer != what ->
    BROKEN("answered, but the log holds another answer\n")
  :: else
  fi;
  gateway[g].wants[s] = false;
  no_races_lost(g, s);
  if
  :: asked[s] == g + 1 && !told[s] ->
    told[s] = what;
    asked[s] = 0;
    printf("SAYS %c %d %d\n", LETTER(g), s, what)
  :: else
  fi
}

// Rule 9: nobody knows; the sender asks again.
inline forget(g, s) {
  gateway[g].wants[s] = false;
  gateway[g].flying[s] = NONE;
  no_races_lost(g, s);
  if
  :: asked[s] == g + 1 ->
    asked[s] = 0;
    printf("UNKNOWN %c %d\n", LETTER(g), s)
  :: else
  fi
}

inline propose(g, s, newer) {
  if
  :: gateway[g].used == RECORDS -> BROKEN("a log without end\n")
  :: else
  fi;
  proposed = FIRST_OF(g) + gateway[g].used;
  gateway[g].used++;
  gateway[g].awaiting++;
  gateway[g].front = (gateway[g].front -> gateway[g].front : proposed);
  gateway[g].flying[s] = proposed;
  record[proposed].submission = s;
  record[proposed].answer = answer;
  record[proposed].version_2 = newer;
  record[proposed].awaits_place = 1;
#if TRUNCATION
  record[proposed].anchor = reader[g].commits;
#endif
  printf("PROPOSES %c %d %d %d", LETTER(g), s, kind[s], answer);
  for (stream : 0 .. STREAMS - 1) {
    record[proposed].head[stream] = NOT_NAMED;
    if
    :: WRITES(kind[s], g, stream) || READS(kind[s], stream) ->
      record[proposed].saw[stream] = view[stream];
      if
      :: !(stream == GRANTS && !WRITES(kind[s], g, stream) && LEFT_OUT == GRANTS_NOT_READ) ->
        record[proposed].head[stream] = view_head[stream];
        printf(" %c%d=", (WRITES(kind[s], g, stream) -> 'w' : 'r'), stream);
        print_record(view_head[stream])
      :: else
      fi
    :: else
    fi
  };
  printf(" as ");
  print_record(proposed);
  printf(" after %d version %d\n", LENGTH(reader[g].commits), 1 + newer)
}

#if WITH_GRANTS
#define LACKS_GRANT(s) (kind[s] != REVOKE && view[GRANTS])
#define REVOKED(q) (reader[q].history[GRANTS] != NONE)
#define HEAD_OF_GRANTS(r) record[r].head[GRANTS]
#else
#define LACKS_GRANT(s) false
#define REVOKED(q) false
#define HEAD_OF_GRANTS(r) NOT_NAMED
#endif

// One decision on one submission. Without a grant the answer is given at once, and only on folded state.
inline decide(g, s, speculatively, newer) {
  gateway[g].wants[s] = true;
  look(g, speculatively);
  if
  :: LACKS_GRANT(s) && !REVOKED(g) -> look(g, false)
  :: else
  fi;
  answer = (REFUSES(kind[s], (view[X] == NONE)) -> REFUSAL : EVENTS);
  if
  :: LACKS_GRANT(s) -> settle(g, s, DENIED)
  :: LEFT_OUT == UNRECORDED_REFUSALS && answer == REFUSAL && !speculatively ->
    gateway[g].wants[s] = false;
    told[s] = REFUSAL;
    asked[s] = 0;
    printf("SAYS %c %d %d\n", LETTER(g), s, REFUSAL)
  :: else -> propose(g, s, newer)
  fi
}

// The next record of the log, at gateway `g`.
inline fold(g) {
  own = log[reader[g].place];
  printf("READS %c ", LETTER(g));
  print_record(own);
  read_record(g, own);
  printf(" %d\n", verdict);
  if
  :: verdict == STOPPED ->
    for (each : 0 .. SUBMISSIONS - 1) { forget(g, each) }
  :: else ->
    if
    :: !TRUNCATION && verdict != verdict_at[reader[g].place - 1] -> BROKEN("two readers disagree about one place\n")
    :: else
    fi;
    each = record[own].submission;
    if
    :: IS_FLYING(g, own) ->
      gateway[g].flying[each] = NONE;
#if TRIES
      if
      :: verdict != ACCEPTED && gateway[g].wants[each] ->
        gateway[g].races_lost[each]++;
        if
        :: gateway[g].races_lost[each] == TRIES -> forget(g, each)
        :: else
        fi
      :: else
      fi
#else
      skip
#endif
    :: else
    fi;
    if
    :: verdict == ACCEPTED && gateway[g].wants[each] -> settle(g, each, record[own].answer)
    :: else
    fi
  fi
}

inline ask(g, s) {
  asked[s] = g + 1;
  began[s] = true;
  printf("ASKS %c %d %d\n", LETTER(g), s, kind[s]);
  if
  :: reader[g].closed[s] ->
    gateway[g].wants[s] = true;
    settle(g, s, record[reader[g].closed[s]].answer)
  :: else
  fi
}
