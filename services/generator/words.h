// Vietnamese words of made-up records. No place, figure or document that exists is among them.
#pragma once

#include <string>

#include "nhanrong/v1/values.pb.h"
#include "services/generator/random.h"

namespace nhanrong::generator {

std::string CommuneName(int number, bool ward);
std::string ModelName(Random& random);
std::string SiteName(Random& random, const std::string& model_name, int number);
std::string Owner(Random& random);
std::string Narrative(Random& random);
std::string WhyLate(Random& random);
std::string WhyWrong(Random& random);
std::string Note(Random& random);
// What outputs are counted in.
std::string Measure(Random& random);

}  // namespace nhanrong::generator
