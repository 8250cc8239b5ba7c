// What the life of a model or a site has left in it, as labelled lines under its other facts. Pure.
#pragma once

#include <string>
#include <vector>

#include "nhanrong/v1/query_service.pb.h"
#include "services/cli/format/vietnamese.h"

namespace nhanrong::cli {

// Lines that would be empty are left out.
struct LabelledLine {
  std::string label;
  std::string value;
};

// Versions, stewards by task, what it goes back to, why and to what it gave way.
std::vector<LabelledLine> LifeLines(const v1::ModelSummary& model, Language language);

// How well it is verified, its funding, scale, stage, certificates and buyers; what is out of date
// on `day` (ISO) says so.
std::vector<LabelledLine> LifeLines(const v1::SiteSummary& site, const std::string& day,
                                    Language language);

}  // namespace nhanrong::cli
