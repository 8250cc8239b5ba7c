// The admission rule under races and faults: senders, gateways, the log between them, and what may go wrong.
//
// Every step reads one record, gives one its place, makes one, answers one, or uses up a fault: so every run ends.
// At its end nothing is left to do, and then every submission must have its answer: that is progress.
#include "bounds.pml"
#include "rule.pml"
#include "gateway.pml"
#include "log.pml"
#include "tidy.pml"

// When every sender has his answer, what gateways read and decide changes nothing any more but what they themselves
// hold: then they read at once, A first, and decide no more. Only the log may still surprise.
#define ALL_ARE_TOLD (told[0] && told[1] && told[SUBMISSIONS - 1] && !WITH_GRANTS && !TRUNCATION && !PRINT_LOGS)
#if GATEWAYS > 2
#define A_GATEWAY_CAN_READ (CAN_READ(0) || CAN_READ(1) || CAN_READ(2))
#else
#define A_GATEWAY_CAN_READ (CAN_READ(0) || CAN_READ(1))
#endif
#define LOG_MAY_MOVE (end_of_log < PLACES_MAX && (!ALL_ARE_TOLD || !A_GATEWAY_CAN_READ))

// --- Senders ---

// Then whoever is asked first may be called A. Of submissions of one kind the first one begins.
#define GATEWAYS_ARE_ALIKE \
  (!VERSIONS && kind[0] != CHOSEN && kind[1] != CHOSEN && kind[SUBMISSIONS - 1] != CHOSEN)
#define SOMEBODY_BEGAN (began[0] || began[1] || began[SUBMISSIONS - 1])
#define MAY_ASK(g, s)                                                                               \
  (!told[s] && asked[s] != g + 1 && !reader[g].stopped && (asked[s] == 0 || impatience > 0) &&      \
   (g == 0 || SOMEBODY_BEGAN || !GATEWAYS_ARE_ALIKE) && (s == 0 || kind[s - 1] != kind[s] || began[s - 1]))
#define MAY_DECIDE(g, s) (!told[s] && !gateway[g].wants[s])
#define WRITES_VERSION_2(g) \
  (VERSIONS && KNOWS_VERSION_2(g) && (reader[g].version_2 || LEFT_OUT == ONE_RULE_VERSION))
// Writes by a version that is not switched on.
#define MAY_BE_HASTY(g) (VERSIONS && KNOWS_VERSION_2(g) && !reader[g].version_2)

// A gateway decides at once or, as a reader that is behind, on an older state; so asking and the first decision are
// one step.
inline ask_and_decide(g, s) {
  d_step {
    impatience = (asked[s] -> impatience - 1 : impatience);
    ask(g, s)
  };
  if
  :: !MAY_DECIDE(g, s)
  :: MAY_DECIDE(g, s) -> d_step { decide(g, s, false, WRITES_VERSION_2(g)) }
  :: MAY_DECIDE(g, s) && HAS_FLYING(g) -> d_step { decide(g, s, true, WRITES_VERSION_2(g)) }
#if VERSIONS
  :: MAY_DECIDE(g, s) && MAY_BE_HASTY(g) -> d_step { decide(g, s, false, 1) }
#endif
  fi
}

proctype Sender(byte s) {
end:
  do
  :: atomic { MAY_ASK(0, s) -> ask_and_decide(0, s) }
  :: atomic { MAY_ASK(1, s) -> ask_and_decide(1, s) }
#if GATEWAYS > 2
  :: atomic { MAY_ASK(2, s) -> ask_and_decide(2, s) }
#endif
  od
}

// --- Gateways ---

// Rule 8: on folded state only. The mutant takes its own records in flight again.
#define AFTER_A_VOID (LEFT_OUT == SPECULATION_AGAIN)

proctype Decider(byte g) {
end:
  do
  :: atomic { CAN_READ(g) && (!ALL_ARE_TOLD || g == 0 || !CAN_READ(g - 1)) -> d_step { fold(g); tidy_up() } }
  :: atomic { MUST_DECIDE(g, 0) && !ALL_ARE_TOLD -> d_step { decide(g, 0, AFTER_A_VOID, WRITES_VERSION_2(g)) } }
  :: atomic { MUST_DECIDE(g, 1) && !ALL_ARE_TOLD -> d_step { decide(g, 1, AFTER_A_VOID, WRITES_VERSION_2(g)) } }
  :: atomic { IS_GONE(g, 0) -> d_step { forget(g, 0); tidy_up() } }
  :: atomic { IS_GONE(g, 1) -> d_step { forget(g, 1); tidy_up() } }
#if SUBMISSIONS > 2
  :: atomic { MUST_DECIDE(g, 2) && !ALL_ARE_TOLD -> d_step { decide(g, 2, AFTER_A_VOID, WRITES_VERSION_2(g)) } }
  :: atomic { IS_GONE(g, 2) -> d_step { forget(g, 2); tidy_up() } }
#endif
#if TRUNCATION
  :: atomic { CAN_LOOK_BACK(g) -> d_step { look_back(g); tidy_up() } }
#endif
  od
}

// --- The log, and what may go wrong ---

#define WORKS(g)                                                                                     \
  (CAN_READ(g) || CAN_LOOK_BACK(g) || gateway[g].front || MUST_DECIDE(g, 0) || MUST_DECIDE(g, 1) ||          \
   MUST_DECIDE(g, SUBMISSIONS - 1) || IS_GONE(g, 0) || IS_GONE(g, 1) || IS_GONE(g, SUBMISSIONS - 1))
#if GATEWAYS > 2
#define A_GATEWAY_WORKS (WORKS(0) || WORKS(1) || WORKS(2))
#else
#define A_GATEWAY_WORKS (WORKS(0) || WORKS(1))
#endif
// A fault at the end of a run breaks nothing any more, and would hide that nothing moves.
#define MAY_FAIL \
  (faults > 0 && LOG_MAY_MOVE && (A_GATEWAY_WORKS || again || MUST_ASK(0) || MUST_ASK(1) || MUST_ASK(SUBMISSIONS - 1)))

#define HOLDS_SOMETHING(g) \
  (HAS_FLYING(g) || gateway[g].wants[0] || gateway[g].wants[1] || gateway[g].wants[SUBMISSIONS - 1])

proctype Link(byte g) {
end:
  do
  :: atomic { gateway[g].front && LOG_MAY_MOVE -> d_step { take_place_of(g, 1); tidy_up() } }
  :: atomic { FRONT_IS_ABANDONED(g) && LOG_MAY_MOVE -> d_step { lose_front(g); tidy_up() } }
  // overtaken
  :: atomic { MAY_FAIL && gateway[g].awaiting > 1 -> d_step { faults--; take_place_of(g, 2); tidy_up() } }
  :: atomic { MAY_FAIL && gateway[g].awaiting > 2 -> d_step { faults--; take_place_of(g, 3); tidy_up() } }
  // lost
  :: atomic { MAY_FAIL && gateway[g].front -> d_step { faults--; lose_front(g); tidy_up() } }
  // shown twice
  :: atomic { MAY_FAIL && gateway[g].front && !again && SHOWN_TWICE -> d_step { faults--; again = gateway[g].front; take_place_of(g, 1); tidy_up() } }
  // called lost, while it may still come
  :: atomic { MAY_FAIL && gateway[g].flying[0] -> d_step { faults--; forget(g, 0); tidy_up() } }
  :: atomic { MAY_FAIL && gateway[g].flying[1] -> d_step { faults--; forget(g, 1); tidy_up() } }
#if SUBMISSIONS > 2
  :: atomic { MAY_FAIL && gateway[g].flying[2] -> d_step { faults--; forget(g, 2); tidy_up() } }
#endif
  :: atomic { MAY_FAIL && (WHOLE_LOG || HOLDS_SOMETHING(g)) -> d_step { faults--; crash(g); tidy_up() } }
  od
}

proctype Log() {
end:
  do
  :: atomic { again && LOG_MAY_MOVE -> d_step { placed = again; again = NONE; take_place(placed); tidy_up() } }
  :: atomic { again && LOG_MAY_MOVE -> d_step { again = NONE; tidy_up() } }
#if TRUNCATION
  :: atomic { MAY_FAIL && end_of_log > 0 -> d_step { faults--; truncate(1); skip } }
  :: atomic { MAY_FAIL && end_of_log > 1 -> d_step { faults--; truncate(2); skip } }
#endif
  od
}

// --- The end of a run ---

#define RUNS_ON_LIKE_THE_LOG(g)                                                                       \
  (reader[g].stopped || !ANCHOR_AGREES(g, reader[GATEWAYS].commits) ||                              \
   (reader[g].commits == reader[GATEWAYS].commits && !reader[GATEWAYS].stopped) ||                    \
   (LEFT_OUT == UNNOTICED_TRUNCATION && reader[g].place > end_of_log))

#if PRINT_LOGS
// Each record, then each place of the log: "R record/submission/kind/answer/head/head", "P record/verdict".
c_code {
  static void print_log(void) {
    for (int r = 1; r < RECORDS_MAX; ++r) {
      if (!now.record[r].answer) continue;
      printf("R%d/%d/%d/%d", r, now.record[r].submission, now.kind[now.record[r].submission], now.record[r].answer);
      for (int s = 0; s < STREAMS; ++s) printf("/%d", now.record[r].head[s]);
      printf(" ");
    }
    for (int place = 0; place < now.end_of_log; ++place) printf("P%d/%d ", now.log[place], now.verdict_at[place]);
    printf("\n");
  }
}
#else
c_code {
  static void print_log(void) {}
}
#endif

#define HAS_EVENTS(s) \
  (reader[GATEWAYS].closed[s] != NONE && record[reader[GATEWAYS].closed[s]].answer == EVENTS)

inline check_the_end() {
  for (each : 0 .. SUBMISSIONS - 1) {
    if
    :: !told[each] && !TRUNCATION -> BROKEN("a submission without an answer\n")
    :: told[each] == REFUSAL && !TRUNCATION && HAS_EVENTS(each) -> BROKEN("refused, yet done\n")
    :: told[each] == EVENTS && !TRUNCATION && !HAS_EVENTS(each) -> BROKEN("answered, but the log holds no answer\n")
    :: told[each] == REFUSAL && !TRUNCATION && LEFT_OUT != UNRECORDED_REFUSALS &&
         reader[GATEWAYS].closed[each] == NONE ->
      BROKEN("refused without a record\n")
    :: told[each] == DENIED && !REVOKED(GATEWAYS) -> BROKEN("denied, but nothing was revoked\n")
    :: else
    fi
  };
  for (each : 0 .. GATEWAYS - 1) {
    if
    :: !RUNS_ON_LIKE_THE_LOG(each) -> BROKEN("a reader goes on with another history than the log's\n")
    :: else
    fi
  }
}

proctype Audit() {
  timeout;
  d_step {
    check_the_end();
    c_code { print_log(); }
  }
}

#define DRAWS(set, which) ((set >> which) & 1)

// Kinds of submissions are interchangeable but for the last one's: so they are drawn in rising order.
inline draw(s, set, least) {
  if
  :: DRAWS(set, APPEND) && least <= APPEND -> kind[s] = APPEND
  :: DRAWS(set, FOLLOW) && least <= FOLLOW -> kind[s] = FOLLOW
  :: DRAWS(set, FIRST) && least <= FIRST -> kind[s] = FIRST
  :: DRAWS(set, DEPEND) && least <= DEPEND -> kind[s] = DEPEND
  :: DRAWS(set, BOTH) && least <= BOTH -> kind[s] = BOTH
  :: DRAWS(set, CHOSEN) && least <= CHOSEN -> kind[s] = CHOSEN
  :: DRAWS(set, REVOKE) && least <= REVOKE -> kind[s] = REVOKE
  :: DRAWS(set, SWITCH) && least <= SWITCH -> kind[s] = SWITCH
  fi
}

init {
  atomic {
    draw(0, DRAWN, 0);
#if SUBMISSIONS > 2
    draw(1, DRAWN, kind[0]);
#endif
#if DRAWN_LAST == DRAWN
    draw(SUBMISSIONS - 1, DRAWN, kind[SUBMISSIONS - 2]);
#else
    draw(SUBMISSIONS - 1, DRAWN_LAST, 0);
#endif
    run Sender(0);
    run Sender(1);
    run Decider(0);
    run Decider(1);
    run Link(0);
    run Link(1);
#if SUBMISSIONS > 2
    run Sender(2);
#endif
#if GATEWAYS > 2
    run Decider(2);
    run Link(2);
#endif
    run Log();
    run Audit()
  }
}
