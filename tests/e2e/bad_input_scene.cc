#include "tests/e2e/bad_input_scene.h"

#include "services/base/check.h"
#include "services/base/ids.h"

namespace nhanrong::e2e {

BadInputScene::BadInputScene(ServerProcess& server, Country& country)
    : map(country),
      book(server),
      staff(book),
      draft(NewId()),
      draft_event([this] {
        const Submitted made = staff.officer.Does(RegisterModel(draft, map.commune));
        NR_CHECK(made.ok(), "a model can be registered");
        return made.accepted.events(0).event_id();
      }()),
      piloting(NewId()),
      submitted(NewId()),
      merged(NewId()),
      starter(book.Hire({.role = v1::ROLE_DEPARTMENT_SPECIALIST})),
      site(NewId()),
      used_id(RandomUuid4()),
      electronic_id("H99." + NewId()),
      unit_code("90412") {
  const std::string agency = NewId();
  for (const Step& step :
       {Step{staff.officer, RecordModelFromDocument(piloting, map.commune)},
        Step{staff.officer, RegisterModel(submitted, map.commune)},
        Step{staff.leader, SubmitModel(submitted)},
        Step{staff.officer, RegisterModel(merged, map.commune)},
        Step{staff.leader, SubmitModel(merged)},
        Step{staff.screener, MergeDuplicate(merged, piloting)},
        Step{starter, StartSite(site, piloting, map.commune)},
        Step{staff.officer, RegisterModel(NewId(), map.commune).WithId(used_id)},
        Step{book.administrator(), EstablishAgency(agency, map.commune, electronic_id)},
        Step{map.steward(), AssignUnitCode(map.commune, unit_code, "2020-01-01")}}) {
    NR_CHECK(step.who.Does(step.what).ok(), "the scene can be set");
  }
}

BadInputScene& BadInputTest::Scene() {
  static BadInputScene scene(Server(), Map());
  return scene;
}

void BadInputTest::ExpectServiceGoesOn() {
  EXPECT_THAT(When(Scene().staff.officer, RegisterModel(NewId(), Map().commune)),
              Accepts("ModelRegistered"));
}

std::string NameOfRow(const std::string& what) {
  std::string name;
  for (const char c : what) name += std::isalnum(static_cast<unsigned char>(c)) ? c : '_';
  return name;
}

}  // namespace nhanrong::e2e
