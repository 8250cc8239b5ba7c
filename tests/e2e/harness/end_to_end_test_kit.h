// The frame of end-to-end tests: given what people did, when one does something, then the answer.
#pragma once

#include <gtest/gtest.h>

#include <vector>

#include "tests/e2e/harness/scene.h"

namespace nhanrong::e2e {

// One step of the story: who does what.
struct Step {
  const Person& who;
  Deed what;
};

// Tests share one server with its map; each makes the ledgers that it needs.
class EndToEndTest : public ::testing::Test {
 protected:
  // On the embedded log.
  static ServerProcess& Server();
  static Country& Map();

  // Steps that must be accepted.
  static void Given(const std::vector<Step>& steps);
  static Submitted When(const Person& who, const Deed& what) { return who.Does(what); }
};

// Checks that both halves of every violation are there, in both languages, and that the message
// stands in the language that was asked for.
void ExpectWords(const Answer& vietnamese, const Answer& english);

}  // namespace nhanrong::e2e
