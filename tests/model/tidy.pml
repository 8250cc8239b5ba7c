// Not part of the world: states that differ in nothing that can still matter are made one. In C, for speed.
//
// What every gateway has read is taken off the log, records that nobody will look at again are emptied, and the rest
// are named anew without gaps, in the order in which they were made. A record keeps its name as long as anything that
// can still be judged speaks of it. With WHOLE_LOG nothing is tidied, so that a printed run can be read.

#if WHOLE_LOG
#define tidy_up() skip
#else
c_code {
  static uchar tidy_new_name[RECORDS_MAX];

  static int tidy_first_place_is_read(void) {
    for (int g = 0; g < GATEWAYS; ++g) {
      if (now.reader[g].place == 0 && !now.reader[g].stopped) return 0;
    }
    return now.end_of_log > 0;
  }
  static void tidy_take_off_first_place(void) {
    for (int place = 0; place + 1 < PLACES_MAX; ++place) {
      now.log[place] = now.log[place + 1];
      now.verdict_at[place] = now.verdict_at[place + 1];
    }
    now.log[PLACES_MAX - 1] = NONE;
    now.verdict_at[PLACES_MAX - 1] = 0;
    now.end_of_log--;
    for (int g = 0; g <= GATEWAYS; ++g) {
      if (now.reader[g].place > 0) now.reader[g].place--;
    }
  }
  static int tidy_will_be_judged(int r) {
    if (now.record[r].awaits_place || now.again == r) return 1;
    if (now.gateway[GATEWAY_OF(r)].flying[now.record[r].submission] == r) return 1;
    for (int place = 0; place < now.end_of_log; ++place) {
      if (now.log[place] == r) return 1;
    }
    return 0;
  }
  static void tidy_keep_names(int sequence) {
    for (; sequence > 0; sequence /= 32) tidy_new_name[sequence % 32] = 1;
  }
  static void tidy_find_names(void) {
    memset(tidy_new_name, 0, sizeof tidy_new_name);
    tidy_keep_names(now.reader[GATEWAYS].commits);
    for (int r = 1; r < RECORDS_MAX; ++r) {
      if (!now.record[r].answer || !tidy_will_be_judged(r)) continue;
      tidy_new_name[r] = 1;
      for (int s = 0; s < STREAMS; ++s) tidy_keep_names(now.record[r].saw[s]);
    }
    for (int r = 1; r < RECORDS_MAX; ++r) {
      if (now.record[r].answer && !tidy_will_be_judged(r)) {
        memset(now.record[r].head, 0, sizeof now.record[r].head);
        memset(now.record[r].saw, 0, sizeof now.record[r].saw);
        now.record[r].version_2 = now.record[r].gone = 0;
      }
    }
    for (int g = 0; g < GATEWAYS; ++g) {
      int next = FIRST_OF(g);
      for (int r = FIRST_OF(g); r < FIRST_OF(g) + RECORDS; ++r) {
        if (tidy_new_name[r]) tidy_new_name[r] = next++;
      }
      now.gateway[g].used = next - FIRST_OF(g);
    }
  }
  static uchar tidy_named(int r) { return r == NOT_NAMED ? NOT_NAMED : tidy_new_name[r]; }
  static int tidy_renamed(int sequence) {
    return sequence > 0 ? THEN(tidy_renamed(sequence / 32), tidy_new_name[sequence % 32]) : sequence;
  }
  static void tidy_rename_records(void) {
    for (int r = 1; r < RECORDS_MAX; ++r) {
      for (int s = 0; s < STREAMS; ++s) {
        now.record[r].head[s] = tidy_named(now.record[r].head[s]);
        now.record[r].saw[s] = tidy_renamed(now.record[r].saw[s]);
      }
      const int name = tidy_new_name[r];
      if (name == r) continue;
      if (name) now.record[name] = now.record[r];
      memset(&now.record[r], 0, sizeof now.record[r]);
    }
  }
  static void tidy_rename_elsewhere(void) {
    for (int place = 0; place < now.end_of_log; ++place) now.log[place] = tidy_named(now.log[place]);
    for (int g = 0; g < GATEWAYS; ++g) {
      for (int s = 0; s < SUBMISSIONS; ++s) now.gateway[g].flying[s] = tidy_named(now.gateway[g].flying[s]);
      now.gateway[g].front = tidy_named(now.gateway[g].front);
    }
    for (int q = 0; q <= GATEWAYS; ++q) {
      for (int s = 0; s < SUBMISSIONS; ++s) now.reader[q].closed[s] = tidy_named(now.reader[q].closed[s]);
      for (int s = 0; s < STREAMS; ++s) {
        now.reader[q].head[s] = tidy_named(now.reader[q].head[s]);
        now.reader[q].history[s] = tidy_renamed(now.reader[q].history[s]);
      }
      now.reader[q].commits = tidy_renamed(now.reader[q].commits);
    }
    now.again = tidy_named(now.again);
  }
  static void tidy(void) {
    while (tidy_first_place_is_read()) tidy_take_off_first_place();
    tidy_find_names();
    tidy_rename_records();
    tidy_rename_elsewhere();
  }
}
#define tidy_up() c_code { tidy(); }
#endif
