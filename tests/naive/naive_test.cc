// Every answer of the read models is what a naive recomputation of the history gives, in another
// language; and that recomputation notices when it is not.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <iostream>
#include <random>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "absl/strings/str_split.h"
#include "services/projector/test_directory.h"
#include "tests/crash/process.h"

namespace nhanrong::naive {
namespace {

using crash::Finished;
using ::testing::AllOf;
using ::testing::HasSubstr;
using Words = std::vector<std::string>;

// Some hundred queries, one process each, on a busy machine.
constexpr absl::Duration kLimit = absl::Minutes(5);

// Of the tale; printed by each run.
std::string Seed() {
  const char* given = std::getenv("NHANRONG_NAIVE_SEED");
  const std::string seed = given != nullptr ? given : std::to_string(std::random_device{}() >> 8);
  std::cout << "NHANRONG_NAIVE_SEED=" << seed << std::endl;
  return seed;
}

// A server without ledgers.
class Server {
 public:
  Server() {
    process_.emplace(Words{NHANRONG_PROGRAM, "serve", "--data-dir", Path("data"), "--listen",
                           Address(), "--http", absl::StrCat("127.0.0.1:", http_)},
                     Path("server.log"), Path("server.log"));
    ready_ =
        crash::Await([&] { return absl::StrContains(crash::HttpGet(http_, "/readyz"), "200 OK"); });
  }

  // Plays it, and gives tokens to readers.
  bool Prepared(const std::string& demo) const {
    return Ran({"prepare.py", "--demo", demo, "--operator-token-file", Path("data/operator.token"),
                "--folder", Path("demo")});
  }

  bool ready() const { return ready_; }
  std::string Path(const std::string& name) const { return directory_.path() + "/" + name; }

  // A script of tests/naive, on this server.
  Finished Run(Words script) const {
    script[0] = absl::StrCat(NHANRONG_NAIVE, "/", script[0]);
    script.insert(script.begin(), NHANRONG_PYTHON);
    for (const std::string& word : Words{"--program", NHANRONG_PROGRAM, "--address", Address()}) {
      script.push_back(word);
    }
    return crash::RunToEnd(script, directory_.path(), kLimit);
  }
  bool Ran(Words script) const {
    const Finished finished = Run(std::move(script));
    EXPECT_EQ(finished.exit, 0) << finished.out << finished.err;
    return finished.exit == 0;
  }

  // The oracle over a ledger whose tokens lie in `folder`.
  Finished Compare(const std::string& ledger, const std::string& folder, const Words& more) const {
    Words oracle = {"oracle.py",
                    "--ledger",
                    ledger,
                    "--token-file",
                    Path(folder) + "/auditor.token",
                    "--national-token-file",
                    Path("demo/national-auditor.token")};
    oracle.insert(oracle.end(), more.begin(), more.end());
    return Run(std::move(oracle));
  }
  Words OtherReaders(const std::string& folder) const {
    return {"--reader-token-file", Path(folder) + "/public.token", "--reader-token-file",
            Path(folder) + "/unit-reader.token"};
  }

  // The demonstration's history, as the program prints it.
  std::string History() const {
    const Finished read = crash::RunToEnd(
        {NHANRONG_PROGRAM, "--address", Address(), "--token-file", Path("demo/auditor.token"),
         "--output", "json", "history", "read", "--ledger", NHANRONG_DEMO_LEDGER},
        directory_.path());
    EXPECT_EQ(read.exit, 0) << read.err;
    return read.out;
  }

 private:
  std::string Address() const { return absl::StrCat("127.0.0.1:", port_); }

  const projector::TestDirectory directory_;
  const int port_ = crash::FreePort();
  const int http_ = crash::FreePort();
  std::optional<crash::Process> process_;
  bool ready_ = false;
};

class NaiveTest : public ::testing::Test {
 protected:
  // One with the demonstration, and later a tale, for all cases.
  static void SetUpTestSuite() {
    server_ = new Server();
    prepared_ = server_->ready() && server_->Prepared(NHANRONG_DEMO);
  }
  static void TearDownTestSuite() {
    delete server_;
    server_ = nullptr;
  }
  void SetUp() override { ASSERT_TRUE(prepared_); }

  // What the oracle says of the demonstration when it reads this instead of the history.
  static Finished CompareWith(const std::string& history) {
    const std::string file = server_->Path("altered.ndjson");
    crash::WriteFile(file, history);
    return server_->Compare(
        NHANRONG_DEMO_LEDGER, "demo",
        {"--history", file, "--moments", "1", "--filters", "0", "--cards", "99"});
  }

  static Server* server_;
  static bool prepared_;
};

Server* NaiveTest::server_ = nullptr;
bool NaiveTest::prepared_ = false;

// `text` with the last `from` made `to`.
std::string WithLast(std::string text, const std::string& from, const std::string& to) {
  const std::size_t at = text.rfind(from);
  EXPECT_NE(at, std::string::npos) << from;
  return text.replace(at, from.size(), to);
}

TEST_F(NaiveTest, AnswersAreThoseOfTheDemonstrationsHistory) {
  Words options = server_->OtherReaders("demo");
  for (const char* word : {"--moments", "2", "--filters", "1", "--cards", "4"}) {
    options.emplace_back(word);
  }
  const Finished compared = server_->Compare(NHANRONG_DEMO_LEDGER, "demo", options);
  EXPECT_EQ(compared.exit, 0) << compared.out << compared.err;
  EXPECT_THAT(compared.out, HasSubstr("all equal"));
}

TEST_F(NaiveTest, AnswersAreThoseOfATaleOfEverythingThatPeopleMayDo) {
  ASSERT_TRUE(server_->Ran(
      {"story/tell.py", "--operator-token-file", server_->Path("data/operator.token"),
       "--national-token-file", server_->Path("demo/national-auditor.token"), "--ledger", "tale",
       "--folder", server_->Path("tale"), "--deeds", "400", "--seed", Seed()}));
  Words options = server_->OtherReaders("tale");
  for (const char* word : {"--moments", "2", "--filters", "1", "--cards", "8"}) {
    options.emplace_back(word);
  }
  const Finished compared = server_->Compare("tale", "tale", options);
  EXPECT_EQ(compared.exit, 0) << compared.out << compared.err;
}

// Two months of two communes, on a server of its own: it has a `national` of its own.
TEST_F(NaiveTest, AnswersAreThoseOfAGeneratedProvince) {
  const Server server;
  const std::string province = server.Path("province");
  ASSERT_EQ(crash::RunToEnd({NHANRONG_PROGRAM, "generate", "--communes", "2", "--months", "2",
                             "--seed", Seed(), "--ledger", "tinh-thu", "--output", province},
                            server.Path(""), kLimit)
                .exit,
            0);
  ASSERT_TRUE(server.Prepared(province));
  Words options = server.OtherReaders("demo");
  for (const char* word : {"--moments", "2", "--filters", "1", "--cards", "8"}) {
    options.emplace_back(word);
  }
  const Finished compared = server.Compare("tinh-thu", "demo", options);
  EXPECT_EQ(compared.exit, 0) << compared.out << compared.err;
}

TEST_F(NaiveTest, FindsAStatusThatIsAnother) {
  const Finished compared =
      CompareWith(WithLast(server_->History(), R"("statedStatus":"MODEL_STATUS_ACTIVE")",
                           R"("statedStatus":"MODEL_STATUS_CLOSED")"));
  EXPECT_EQ(compared.exit, 1) << compared.err;
  EXPECT_THAT(compared.out, AllOf(HasSubstr("DIFFERENCE at position"), HasSubstr(" / status"),
                                  HasSubstr(R"(oracle: "MODEL_STATUS_CLOSED")"),
                                  HasSubstr(R"(answer: "MODEL_STATUS_ACTIVE")")));
}

TEST_F(NaiveTest, FindsANumberThatIsAnother) {
  const Finished compared = CompareWith(
      WithLast(server_->History(), R"("bound":"BOUND_AT_LEAST")", R"("bound":"BOUND_EXACT")"));
  EXPECT_EQ(compared.exit, 1) << compared.err;
  EXPECT_THAT(compared.out, AllOf(HasSubstr("query count"), HasSubstr("BOUND_AT_LEAST")));
}

TEST_F(NaiveTest, FindsAPlaceThatIsAnother) {
  const std::string history = server_->History();
  // Where the site before lies.
  const std::string unit = R"("origin":{"kind":"KIND_NOT_STATED"})";
  const Finished compared =
      CompareWith(WithLast(history, unit, R"("origin":{"kind":"KIND_ORIGINAL"})"));
  EXPECT_EQ(compared.exit, 1) << compared.err;
  EXPECT_THAT(compared.out, AllOf(HasSubstr("query sites"), HasSubstr("KIND_ORIGINAL")));
}

TEST_F(NaiveTest, DoesNotCompareAHistoryWithAGap) {
  const std::string history = server_->History();
  const std::size_t first = history.find('\n') + 1;
  const std::size_t second = history.find('\n', first) + 1;
  const Finished compared = CompareWith(history.substr(0, first) + history.substr(second));
  EXPECT_EQ(compared.exit, 3);
  EXPECT_THAT(compared.err, HasSubstr("position 1 is missing"));
}

}  // namespace
}  // namespace nhanrong::naive
