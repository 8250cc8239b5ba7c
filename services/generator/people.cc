// Who works in the province: agencies, people, a system, with the roles that the work needs.
#include <algorithm>
#include <string>

#include "services/base/clock.h"
#include "services/domain/values/dates.h"
#include "services/generator/appointing.h"
#include "services/generator/envelopes.h"
#include "services/generator/founding.h"

namespace nhanrong::generator {
namespace {

constexpr int kCommunesOfSpecialist = 12;
constexpr int kDepartments = 4;
// One commune in so many has a deputy who signs for its leader.
constexpr int kDeputyOneIn = 8;

std::string Numbered(const std::string& name, int number) {
  const std::string digits = std::to_string(number);
  return name + "-" + std::string(digits.size() < 4 ? 4 - digits.size() : 0, '0') + digits;
}

void AppointCommune(const Appointing& by, Commune& commune) {
  const std::string place = commune.name;
  const auto titled = [&](const std::string& title) { return title + " UBND " + place; };
  commune.agency_id =
      by.Establish("UBND " + place, commune.unit_id, "GD" + std::to_string(commune.number) + ".00");
  commune.officer = by.Appoint({.token = Numbered("can-bo", commune.number),
                                .agency_id = commune.agency_id,
                                .title = titled("Công chức"),
                                .role = v1::ROLE_COMMUNE_OFFICER,
                                .scope_unit_id = commune.unit_id});
  commune.leader = by.Appoint({.token = Numbered("lanh-dao", commune.number),
                               .agency_id = commune.agency_id,
                               .title = titled("Chủ tịch"),
                               .role = v1::ROLE_COMMUNE_LEADER,
                               .scope_unit_id = commune.unit_id});
  if (commune.number % kDeputyOneIn != 1) return;
  commune.deputy = by.Appoint({.token = Numbered("pho-chu-tich", commune.number),
                               .agency_id = commune.agency_id,
                               .title = titled("Phó Chủ tịch")});
  by.Delegate(*commune.deputy, {.form = v1::DELEGATION_FORM_KT, .principal = &commune.leader});
}

void AppointProvince(const Appointing& by, const Plan& plan, World& world) {
  const std::string& province = world.province_id;
  const std::string committee = by.Establish("UBND " + world.province_name, province, "");
  for (int i = 1; i <= kDepartments; ++i) {
    world.department_ids.push_back(
        by.Establish("Sở Giả Định số " + std::to_string(i), province, ""));
  }
  const int specialists =
      std::max(2, (plan.communes + kCommunesOfSpecialist - 1) / kCommunesOfSpecialist);
  for (int i = 0; i < specialists; ++i) {
    world.specialists.push_back(by.Appoint({.token = Numbered("chuyen-vien", i + 1),
                                            .agency_id = world.department_ids[i % kDepartments],
                                            .title = "Chuyên viên " + std::to_string(i + 1),
                                            .role = v1::ROLE_DEPARTMENT_SPECIALIST,
                                            .scope_unit_id = province}));
  }
  world.office = by.Appoint({.token = "van-phong",
                             .agency_id = world.administrator.agency_id,
                             .title = "Chuyên viên tổng hợp",
                             .role = v1::ROLE_PROVINCIAL_OFFICE});
  world.authority = by.Appoint({.token = "co-tham-quyen",
                                .agency_id = committee,
                                .title = "Chủ tịch UBND " + world.province_name,
                                .role = v1::ROLE_COMPETENT_AUTHORITY});
  world.office_deputy = by.Appoint({.token = "thua-lenh",
                                    .agency_id = world.administrator.agency_id,
                                    .title = "Chánh Văn phòng"});
  by.Delegate(
      world.office_deputy,
      {.form = v1::DELEGATION_FORM_TL, .principal = &world.authority, .command = "approve_pilot"});
  world.system = by.Appoint({.token = "he-thong",
                             .agency_id = world.department_ids.front(),
                             .title = "Hệ thống báo cáo của Sở Giả Định số 1",
                             .role = v1::ROLE_AGENCY_SYSTEM});
  const std::string inspectorate = by.Establish("Thanh tra " + world.province_name, province, "");
  std::ignore = by.Appoint({.token = "thanh-tra",
                            .agency_id = inspectorate,
                            .title = "Thanh tra viên",
                            .role = v1::ROLE_AUDITOR});
}

}  // namespace

void AppointPeople(const Plan& plan, World& world, Scribe& scribe) {
  const absl::CivilHour nine = absl::CivilHour(plan.first_day - 1) + 9;
  scribe.Open(Book::kPeople, absl::FromCivil(nine, VietnamTimeZone()), absl::Milliseconds(100));
  world.administrator.token = "quan-tri";
  world.administrator.agency_id = scribe.NewId("agency");
  world.administrator.actor_id = scribe.NewId("actor");
  std::ignore = scribe.NewToken(world.administrator.token);  // its hash goes into the genesis
  const Appointing by(world, scribe);
  AppointProvince(by, plan, world);
  for (Commune& commune : world.communes) AppointCommune(by, commune);
}

}  // namespace nhanrong::generator
