#include "services/cli/import/line_stream.h"

#include <unistd.h>

#include <thread>

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace nhanrong::cli {
namespace {

using ::testing::HasSubstr;

constexpr char kSubmit[] = R"({"command":{"submitModel":{"modelId":"m"}}})";

class LineStreamTest : public ::testing::Test {
 protected:
  LineStreamTest() { EXPECT_EQ(::pipe(ends_), 0); }
  void TearDown() override {
    Close();
    ::close(ends_[0]);
  }
  void Write(const std::string& text) {
    EXPECT_EQ(::write(ends_[1], text.data(), text.size()), static_cast<ssize_t>(text.size()));
  }
  void Close() {
    if (ends_[1] >= 0) ::close(ends_[1]);
    ends_[1] = -1;
  }

  int ends_[2] = {-1, -1};
};

TEST_F(LineStreamTest, GivesEachLineWhenItIsThereAndNotOnlyAtTheEnd) {
  LineStream lines(ends_[0], {"l"});
  Write("# ghi chú\n" + std::string(kSubmit) + "\n" + kSubmit);
  EXPECT_EQ(lines.Next()->number, 2u);
  Write("\n");
  EXPECT_EQ(lines.Next()->number, 3u);
  Close();
  EXPECT_FALSE(lines.Next());
  EXPECT_EQ(lines.fault(), "");
}

TEST_F(LineStreamTest, TheLastLineNeedsNoEnd) {
  LineStream lines(ends_[0], {"l"});
  Write(kSubmit);
  Close();
  EXPECT_EQ(lines.Next()->text, kSubmit);
  EXPECT_FALSE(lines.Next());
}

TEST_F(LineStreamTest, AnEndlessLineIsOneMalformedLineOfBoundedSize) {
  LineStream lines(ends_[0], {"l"});
  std::jthread writer([this] {
    for (int i = 0; i < 80; ++i) Write(std::string(65'536, 'x'));
    Write("\n" + std::string(kSubmit) + "\n");
    Close();
  });
  const auto line = lines.Next();
  EXPECT_THAT(line->problem, HasSubstr("1 MiB"));
  EXPECT_LT(line->text.size(), 2u << 20);
  EXPECT_EQ(lines.Next()->number, 2u);
}

TEST_F(LineStreamTest, AReaderThatWaitsCanBeStopped) {
  LineStream lines(ends_[0], {"l"});
  std::jthread stopper([&] { lines.Stop(); });
  EXPECT_FALSE(lines.Next());
}

}  // namespace
}  // namespace nhanrong::cli
