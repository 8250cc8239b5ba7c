// The one list of parts: a new aggregate adds its file and its row.
#include "services/generator/parts.h"

namespace nhanrong::generator {

std::span<const Part> Parts() {
  static const Part kParts[] = {
      {"models", ModelActs()},     {"decisions", DecisionActs()},
      {"sites", SiteActs()},       {"inspections", InspectionActs()},
      {"figures", FigureActs()},   {"corrections", CorrectionActs()},
      {"mistakes", MistakeActs()}, {"administration", AdministrationActs()},
  };
  return kParts;
}

}  // namespace nhanrong::generator
