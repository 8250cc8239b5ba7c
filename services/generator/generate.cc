#include "services/generator/generate.h"

#include <algorithm>
#include <array>
#include <utility>

#include "services/base/check.h"
#include "services/base/clock.h"
#include "services/generator/parts.h"

namespace nhanrong::generator {
namespace {

// Thousandths of a month's work. Decree 09/2019/NĐ-CP ends a month on the 14th: two in five reports
// are entered on the last two working days.
constexpr int kMonth = 1'000;
constexpr std::uint64_t kPerMonth = 1'000 * kMonth;  // of rates, which are thousandths
constexpr int kCutOffDay = 200;
constexpr int kOtherDay = 30;
constexpr int kCutOff = 14;
// A desk is not worked at every day: what came meanwhile is entered then.
constexpr int kOfficerEvery = 3;
constexpr int kLeaderEvery = 5;
constexpr absl::Duration kWorkingDay = absl::Hours(8);
constexpr absl::Duration kPaceMax = absl::Seconds(20);
// Of one commune and month, about: only to spread a day's lines over its hours.
constexpr int kLinesOfMonth = 210;

bool IsWorkingDay(absl::CivilDay day) {
  const absl::Weekday weekday = absl::GetWeekday(day);
  return weekday != absl::Weekday::saturday && weekday != absl::Weekday::sunday;
}

bool IsCutOff(absl::CivilDay day) {
  int later = 0;
  for (absl::CivilDay next = day + 1; next.day() <= kCutOff && next.month() == day.month();
       ++next) {
    if (IsWorkingDay(next)) ++later;
  }
  return day.day() <= kCutOff && later < 2;
}

absl::Time At(absl::CivilDay day, int hour) {
  return absl::FromCivil(absl::CivilHour(day) + hour, VietnamTimeZone());
}

// An act with what it needs to be done at the right rate.
struct Habit {
  const Act* act;
  Random random;
  bool done = false;
};

class Province {
 public:
  Province(const Plan& plan, Sink& sink) : plan_(plan), scribe_(plan.seed, plan.ledger, sink) {
    for (const Part& part : Parts()) {
      for (const Act& act : part.acts) {
        habits_[static_cast<std::size_t>(act.desk)].push_back(
            {&act, Random(plan.seed, std::string(part.name) + "/" + std::string(act.name))});
      }
    }
  }

  std::vector<Opening> Run() {
    Random map(plan_.seed, "map");
    DrawMap(plan_, world_, scribe_, map);
    ChangeMap(plan_, world_, scribe_);
    AppointPeople(plan_, world_, scribe_);
    for (absl::CivilDay day = plan_.first_day; day < plan_.end(); ++day) {
      if (IsWorkingDay(day)) Work(day);
    }
    const absl::CivilDay before = plan_.first_day - 1;
    return {{Book::kMap, kNational, world_.map_steward.token, world_.map_steward.agency_id,
             "Cơ quan thống kê giả định", world_.map_steward.actor_id,
             "Người giữ danh mục đơn vị hành chính", At(before, 7)},
            {Book::kPeople, plan_.ledger, world_.administrator.token,
             world_.administrator.agency_id, "Văn phòng UBND " + world_.province_name,
             world_.administrator.actor_id, "Quản trị hệ thống", At(before, 7)}};
  }

 private:
  void Work(absl::CivilDay day) {
    const int share = IsCutOff(day) ? kCutOffDay : kOtherDay;
    const auto lines = std::max<std::int64_t>(
        1, std::int64_t{plan_.communes} * kLinesOfMonth * std::max(share, kOtherDay) / kMonth);
    scribe_.Open(Book::kHistory, At(day, 8), std::min(kPaceMax, kWorkingDay / lines));
    today_ = day;
    for (Commune& commune : world_.communes) WorkInCommune(commune, share);
    for (Commune& commune : world_.communes) Sit(Desk::kSystem, world_.system, commune, share);
    WorkOfSpecialists(share);
    for (Commune& commune : world_.communes) Sit(Desk::kOffice, world_.office, commune, share);
    for (Commune& commune : world_.communes)
      Sit(Desk::kAuthority, world_.authority, commune, share);
    for (Commune& commune : world_.communes) {
      Perform(Desk::kAdministrator, world_.administrator, commune, share);
    }
  }

  void WorkInCommune(Commune& commune, int share) {
    commune.officer_owes += share;
    commune.leader_owes += share;
    if (commune.suspended) return;
    if (commune.models.empty() && commune.sites.empty()) TakeStock(commune);
    const auto day = static_cast<int>(today_ - plan_.first_day);
    const auto sits = [&](int every) {
      return share == kCutOffDay || (day + commune.number) % every == 0;
    };
    if (sits(kOfficerEvery)) {
      Perform(Desk::kOfficer, commune.officer, commune, std::exchange(commune.officer_owes, 0));
    }
    if (sits(kLeaderEvery)) {
      const bool deputy = commune.deputy && (day / kLeaderEvery) % 2 == 1;
      Perform(Desk::kLeader, deputy ? *commune.deputy : commune.leader, commune,
              std::exchange(commune.leader_owes, 0));
    }
  }

  void TakeStock(Commune& commune) {
    for (Habit& habit : habits_[static_cast<std::size_t>(Desk::kOfficer)]) {
      for (int i = 0; i < habit.act->at_first; ++i) Do(habit, commune.officer, commune);
    }
  }

  void WorkOfSpecialists(int share) {
    const std::size_t count = world_.specialists.size();
    for (std::size_t s = 0; s < count; ++s) {
      for (std::size_t i = s; i < world_.communes.size(); i += count) {
        Sit(Desk::kSpecialist, world_.specialists[s], world_.communes[i], share);
      }
    }
  }

  // Whoever comes from the province finds nobody in an agency that is suspended.
  void Sit(Desk desk, const Person& who, Commune& commune, int share) {
    if (!commune.suspended) Perform(desk, who, commune, share);
  }

  // Each act at its rate; one that was never done yet is tried whenever somebody sits there, so
  // that a short history has every kind.
  void Perform(Desk desk, const Person& who, Commune& commune, int share) {
    for (Habit& habit : habits_[static_cast<std::size_t>(desk)]) {
      std::uint64_t times =
          habit.random.Times(static_cast<std::uint64_t>(habit.act->rate) * share, kPerMonth);
      if (times == 0 && !habit.done) times = 1;
      for (; times > 0; --times) Do(habit, who, commune);
    }
  }

  void Do(Habit& habit, const Person& who, Commune& commune) {
    const Moment at{world_, scribe_, habit.random, commune, who, today_};
    habit.done = habit.act->perform(at) || habit.done;
  }

  const Plan plan_;
  Scribe scribe_;
  World world_;
  std::array<std::vector<Habit>, kDesks> habits_;
  absl::CivilDay today_;
};

}  // namespace

std::vector<Opening> Generate(const Plan& plan, Sink& sink) {
  NR_CHECK(plan.communes >= 1 && plan.communes <= kCommunesMax, "communes within their limits");
  NR_CHECK(plan.months >= 1 && plan.months <= kMonthsMax, "months within their limits");
  return Province(plan, sink).Run();
}

}  // namespace nhanrong::generator
