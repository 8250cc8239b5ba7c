// A server on each log engine, for stories that must go the same way on both.
#pragma once

#include <gtest/gtest.h>

#include "tests/e2e/harness/end_to_end_test_kit.h"

namespace nhanrong::e2e {

enum class Engine { kEmbedded, kKafka };

// A server of one engine, and a map that is there since long before the stories.
struct World {
  explicit World(const std::string& kafka) : server(kafka), map(server, "2016-01-01") {}
  ServerProcess server;
  Country map;
};

// Each is made when it is first asked for, and ends with the program.
World& WorldOn(Engine engine);

// Both engines, for INSTANTIATE_TEST_SUITE_P.
inline auto BothEngines() { return ::testing::Values(Engine::kEmbedded, Engine::kKafka); }
std::string EngineName(const ::testing::TestParamInfo<Engine>& of);

}  // namespace nhanrong::e2e
