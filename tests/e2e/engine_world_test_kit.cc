#include "tests/e2e/engine_world_test_kit.h"

#include <map>
#include <memory>

#include "services/ledger/kafka/test_broker.h"

namespace nhanrong::e2e {

World& WorldOn(Engine engine) {
  static std::map<Engine, std::unique_ptr<World>> worlds;  // ended with the program
  std::unique_ptr<World>& world = worlds[engine];
  if (world == nullptr) {
    const bool kafka = engine == Engine::kKafka;
    world = std::make_unique<World>(kafka ? ledger::TestBroker::SharedBootstrap() : "");
  }
  return *world;
}

std::string EngineName(const ::testing::TestParamInfo<Engine>& of) {
  return of.param == Engine::kKafka ? "Kafka" : "Embedded";
}

}  // namespace nhanrong::e2e
