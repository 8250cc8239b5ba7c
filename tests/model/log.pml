// The log between the gateways: it gives each record a place, or loses it, or shows it twice. Records of one gateway
// get their places in the order in which they were handed over, unless a fault says otherwise.

byte faults = FAULTS;
byte again = NONE;              // a record that has its place and may get another one

hidden byte counted, placed;

#define CAN_READ(g) \
  (reader[g].place < end_of_log && !reader[g].stopped && !reader[g].must_look_back)
#define CAN_LOOK_BACK(g) (reader[g].must_look_back && !reader[g].stopped)
// Nobody waits for it any more: it may get a place at any time, or never.
#define FRONT_IS_ABANDONED(g) (gateway[g].front && !IS_FLYING(g, gateway[g].front))
#define IS_GONE(g, s) (gateway[g].flying[s] && record[gateway[g].flying[s]].gone)

// Sets `own` to the n-th record of `g` that awaits its place, from 1; NONE: there is none.
inline find_awaiting(g, n) {
  own = NONE;
  counted = 0;
  for (each : FIRST_OF(g) .. FIRST_OF(g) + RECORDS - 1) {
    if
    :: record[each].awaits_place ->
      counted++;
      if
      :: counted == n -> own = each
      :: else
      fi
    :: else
    fi
  }
}

inline no_longer_awaits(g, r) {
  record[r].awaits_place = 0;
  gateway[g].awaiting--;
  find_awaiting(g, 1);
  gateway[g].front = own
}

inline read_as_truth() {
  read_record(GATEWAYS, log[reader[GATEWAYS].place]);
}

inline take_place(r) {
  log[end_of_log] = r;
  end_of_log++;
  printf("PLACE %d ", end_of_log - 1);
  print_record(r);
  if
  :: !reader[GATEWAYS].stopped -> read_record(GATEWAYS, r)
  :: else -> verdict = STOPPED
  fi;
  verdict_at[end_of_log - 1] = verdict;
  printf(" %d\n", verdict);
  each = record[r].submission;
  if
  :: LEFT_OUT == DELIVERY_ANSWERS && IS_FLYING(GATEWAY_OF(r), r) -> settle(GATEWAY_OF(r), each, record[r].answer)
  :: else
  fi
}

inline take_place_of(g, n) {
  find_awaiting(g, n);
  placed = own;
  no_longer_awaits(g, placed);
  take_place(placed)
}

inline lose_front(g) {
  placed = gateway[g].front;
  record[placed].gone = 1;
  printf("LOST ");
  print_record(placed);
  printf("\n");
  no_longer_awaits(g, placed)
}

inline forget_all(q) {
  reader[q].place = 0;
#if TRUNCATION
  reader[q].last = NONE;
#endif
  reader[q].commits = 0;
  reader[q].version_2 = 0;
  reader[q].stopped = 0;
  reader[q].must_look_back = 0;
  for (each : 0 .. STREAMS - 1) {
    reader[q].head[each] = NONE;
    reader[q].history[each] = 0
  };
  for (each : 0 .. SUBMISSIONS - 1) { reader[q].closed[each] = NONE }
}

// The process of `g` ends and starts anew, from what it had stored or from the beginning of the log. What it had
// handed over may still get its place.
inline crash(g) {
  printf("CRASH %c\n", LETTER(g));
  for (each : 0 .. SUBMISSIONS - 1) { forget(g, each) };
#if WHOLE_LOG
  forget_all(g)
#endif
}

#if TRUNCATION
// The log loses its last `n` records, and every connection to it is broken.
inline truncate(n) {
  for (counted : 1 .. n) {
    end_of_log--;
    record[log[end_of_log]].gone = 1;
    log[end_of_log] = NONE;
    verdict_at[end_of_log] = 0
  };
  printf("TRUNCATED %d\n", end_of_log);
  forget_all(GATEWAYS);
  for (placed : 0 .. PLACES_MAX - 1) {
    if
    :: placed < end_of_log && !reader[GATEWAYS].stopped -> read_record(GATEWAYS, log[placed])
    :: else
    fi
  };
  for (each : 0 .. GATEWAYS - 1) {
    reader[each].must_look_back = (reader[each].place > 0 && LEFT_OUT != UNNOTICED_TRUNCATION)
  }
}

// Rule 10.
inline look_back(g) {
  reader[g].must_look_back = 0;
  if
  :: reader[g].place > end_of_log || log[reader[g].place - 1] != reader[g].last ->
    reader[g].stopped = 1;
    printf("STOPS %c\n", LETTER(g));
    for (each : 0 .. SUBMISSIONS - 1) { forget(g, each) }
  :: else
  fi
}
#endif
