#include "services/domain/figure/figure.h"

#include "services/domain/aggregate/domain_test_kit.h"
#include "services/domain/aggregate/sample_acts_test_kit.h"

namespace nhanrong::domain {
namespace {

using FigureTest = DomainTest;

Act PartOf(const std::string& whole) {
  Act act = RecordCountedFigure();
  v1::RecordCountedFigure& part =
      *act.submission.mutable_command()->mutable_record_counted_figure();
  part.set_figure_id(Id("phần"));
  part.mutable_figure()->set_part_of_figure_id(Id(whole));
  return act;
}

TEST_F(FigureTest, AFigureKeepsTheWordsOfItsSource) {
  Given({RecordCountedFigure()});
  const auto& state = world_.Read("figure/" + Id("số liệu")).as<FigureState>();
  EXPECT_EQ(state.figure.quantity().raw_text(), "12 mô hình");
}

TEST_F(FigureTest, APartNeedsItsWhole) {
  const std::string field = "command.record_counted_figure.figure.part_of_figure_id";
  EXPECT_THAT(When(PartOf("số liệu")), Breaks("figure.part_of_unknown@" + field));
  EXPECT_THAT(When(PartOf("phần")), Breaks("figure.part_of_unknown@" + field));
  Given({RecordCountedFigure()});
  EXPECT_THAT(When(PartOf("số liệu")), Gives("CountedFigureRecorded"));
}

}  // namespace
}  // namespace nhanrong::domain
