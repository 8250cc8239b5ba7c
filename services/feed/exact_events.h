// The bytes of each event as they stand in a record, without parsing and serialising them again.
#pragma once

#include <optional>
#include <string_view>
#include <vector>

namespace nhanrong::feed {

// Views into `record`, in order; none for a refusal. Absent: these bytes are no record. Pure.
std::optional<std::vector<std::string_view>> ExactEvents(std::string_view record);

}  // namespace nhanrong::feed
