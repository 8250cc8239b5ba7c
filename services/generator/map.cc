// The administrative map: a province that does not exist, with districts that were abolished.
#include <algorithm>
#include <string>

#include "services/base/clock.h"
#include "services/domain/values/dates.h"
#include "services/generator/envelopes.h"
#include "services/generator/founding.h"
#include "services/generator/words.h"

namespace nhanrong::generator {
namespace {

constexpr int kCommunesInDistrict = 10;
constexpr int kVillages = 3;
// Above all codes in use, so that a made-up unit takes none from a real one.
constexpr int kFirstCode = 90'001;
constexpr int kFirstNewCode = kFirstCode + kCommunesMax + 1'000;
constexpr absl::CivilDay kUnitsSince(2004, 7, 8);
// How many of the communes see each kind of change, one in so many; one at the least.
constexpr int kChangesOneIn = 20;

// Writes about units as the map's steward.
class Surveyor {
 public:
  Surveyor(World& world, Scribe& scribe) : world_(world), scribe_(scribe) {}

  v1::Submission Begin(absl::CivilDay day) {
    v1::Submission submission = scribe_.Begin();
    OnDay(submission, day);
    submission.set_reason("Theo văn bản về đơn vị hành chính (số liệu sinh tự động).");
    submission.set_classification(v1::CLASSIFICATION_PUBLIC);
    FromDocument(submission, Document("Quyết định", "01/QĐ-GĐ", std::min(day, scribe_.today()),
                                      "Cơ quan giả định", "Danh mục đơn vị hành chính giả định"));
    return submission;
  }
  void Send(v1::Submission submission) {
    std::ignore = scribe_.Send(world_.map_steward, std::move(submission));  // nothing names it
  }

  std::string Establish(const std::string& name, v1::UnitType type, v1::UnitLevel level,
                        const std::string& parent, int code = 0) {
    v1::Submission submission = Begin(kUnitsSince);
    v1::EstablishUnit& unit = *submission.mutable_command()->mutable_establish_unit();
    unit.set_unit_id(scribe_.NewId("unit"));
    unit.set_name(name);
    unit.set_level(level);
    unit.set_type(type);
    unit.set_parent_unit_id(parent);
    if (code > 0) unit.set_code(std::to_string(code));
    std::string id = unit.unit_id();
    Send(std::move(submission));
    return id;
  }
  void Reparent(const std::string& unit_id, const std::string& parent, absl::CivilDay day) {
    v1::Submission submission = Begin(day);
    v1::ReparentUnit& told = *submission.mutable_command()->mutable_reparent_unit();
    told.set_unit_id(unit_id);
    told.set_parent_unit_id(parent);
    Send(std::move(submission));
  }
  void Abolish(const std::string& unit_id, absl::CivilDay day) {
    v1::Submission submission = Begin(day);
    submission.mutable_command()->mutable_abolish_unit()->set_unit_id(unit_id);
    Send(std::move(submission));
  }
  void Rename(const std::string& unit_id, const std::string& name, absl::CivilDay day) {
    v1::Submission submission = Begin(day);
    v1::RenameUnit& told = *submission.mutable_command()->mutable_rename_unit();
    told.set_unit_id(unit_id);
    told.set_name(name);
    Send(std::move(submission));
  }
  void Retype(const std::string& unit_id, v1::UnitType type, const std::string& name,
              absl::CivilDay day) {
    v1::Submission submission = Begin(day);
    v1::RetypeUnit& told = *submission.mutable_command()->mutable_retype_unit();
    told.set_unit_id(unit_id);
    told.set_type(type);
    told.set_name(name);
    Send(std::move(submission));
  }
  void GiveAnotherCode(const Commune& commune, absl::CivilDay day) {
    v1::Submission ended = Begin(day);
    v1::RetireUnitCode& retire = *ended.mutable_command()->mutable_retire_unit_code();
    retire.set_unit_id(commune.unit_id);
    retire.set_code(std::to_string(kFirstCode + commune.number));
    retire.set_valid_to(domain::DayText(day));
    Send(std::move(ended));
    v1::Submission begun = Begin(day);
    v1::AssignUnitCode& assign = *begun.mutable_command()->mutable_assign_unit_code();
    assign.set_unit_id(commune.unit_id);
    assign.set_code(std::to_string(kFirstNewCode + commune.number));
    assign.set_valid_from(domain::DayText(day));
    Send(std::move(begun));
  }

 private:
  World& world_;
  Scribe& scribe_;
};

void DrawCommune(Surveyor& surveyor, Random& random, const std::string& district,
                 Commune& commune) {
  const bool ward = random.InThousand(200);
  commune.name = CommuneName(commune.number, ward);
  commune.unit_id =
      surveyor.Establish(commune.name, ward ? v1::UNIT_TYPE_WARD : v1::UNIT_TYPE_RURAL_COMMUNE,
                         v1::UNIT_LEVEL_COMMUNE, district, kFirstCode + commune.number);
  for (int i = 1; i <= kVillages; ++i) {
    commune.villages.push_back(surveyor.Establish("Thôn " + std::to_string(i),
                                                  v1::UNIT_TYPE_VILLAGE, v1::UNIT_LEVEL_VILLAGE,
                                                  commune.unit_id));
  }
}

absl::Time Morning(absl::CivilDay day) {
  return absl::FromCivil(absl::CivilHour(day) + 8, VietnamTimeZone());
}

}  // namespace

void DrawMap(const Plan& plan, World& world, Scribe& scribe, Random& random) {
  scribe.Open(Book::kMap, Morning(plan.first_day - 1), absl::Milliseconds(100));
  world.map_steward.token = "ban-do";
  world.map_steward.agency_id = scribe.NewId("agency");
  world.map_steward.actor_id = scribe.NewId("actor");
  std::ignore = scribe.NewToken(world.map_steward.token);  // its hash goes into the genesis
  Surveyor surveyor(world, scribe);
  world.province_name = "Tỉnh Giả Định";
  world.nation_id =
      surveyor.Establish("Nước Giả Định", v1::UNIT_TYPE_UNSPECIFIED, v1::UNIT_LEVEL_NATION, "");
  world.province_id = surveyor.Establish(world.province_name, v1::UNIT_TYPE_PROVINCE,
                                         v1::UNIT_LEVEL_PROVINCE, world.nation_id);
  const absl::CivilDay reform = plan.first_day - 184;
  std::string district;
  std::vector<std::string> districts;
  for (int i = 0; i < plan.communes; ++i) {
    if (i % kCommunesInDistrict == 0) {
      district = surveyor.Establish("Huyện Giả Định " + std::to_string(districts.size() + 1),
                                    v1::UNIT_TYPE_RURAL_DISTRICT, v1::UNIT_LEVEL_DISTRICT,
                                    world.province_id);
      districts.push_back(district);
    }
    Commune& commune = world.communes.emplace_back();
    commune.number = i + 1;
    DrawCommune(surveyor, random, district, commune);
  }
  for (const Commune& commune : world.communes) {
    surveyor.Reparent(commune.unit_id, world.province_id, reform);
  }
  for (const std::string& unit_id : districts) surveyor.Abolish(unit_id, reform + 1);
}

void ChangeMap(const Plan& plan, World& world, Scribe& scribe) {
  Surveyor surveyor(world, scribe);
  const int days = static_cast<int>(plan.end() - plan.first_day);
  const int changed = std::max(1, plan.communes / kChangesOneIn);
  for (int i = 0; i < changed; ++i) {
    const absl::CivilDay day = plan.first_day + (i + 1) * days / (changed + 1);
    scribe.Open(Book::kMap, Morning(day), absl::Milliseconds(100));
    Commune& commune =
        world.communes[static_cast<std::size_t>(i) * world.communes.size() / changed];
    surveyor.Rename(commune.villages.front(), "Thôn Mới", day);
    surveyor.GiveAnotherCode(commune, day);
    surveyor.Retype(commune.unit_id, v1::UNIT_TYPE_TOWNSHIP,
                    "Thị trấn Mẫu " + std::to_string(commune.number), day);
    // Nothing lies in the last village: acts use the others.
    surveyor.Abolish(commune.villages.back(), day);
  }
  for (Commune& commune : world.communes) commune.villages.pop_back();
}

}  // namespace nhanrong::generator
