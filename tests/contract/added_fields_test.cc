// A field that joined a released event says what its absence means: nothing, or a higher version.
//
// Whether the meaning of a field changed is for people to judge; that one was added can be seen, so
// each is in added_fields.txt, with their judgement.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <map>
#include <set>
#include <sstream>

#include "absl/strings/numbers.h"
#include "absl/strings/str_split.h"
#include "google/protobuf/descriptor.h"
#include "google/protobuf/descriptor.pb.h"
#include "services/base/check.h"
#include "services/domain/versions/event_versions.h"

namespace nhanrong::contract {
namespace {

using google::protobuf::Descriptor;
using google::protobuf::DescriptorPool;
using google::protobuf::FileDescriptorProto;
using google::protobuf::FileDescriptorSet;

const std::filesystem::path kHere =
    std::filesystem::path(NHANRONG_SOURCE_DIR) / "tests" / "contract";

FileDescriptorSet Released() {
  std::ifstream file(kHere / "released.binpb", std::ios::binary);
  FileDescriptorSet files;
  NR_CHECK(files.ParseFromIstream(&file), "the released contract");
  return files;
}

// A set need not be in the order of its imports.
void Build(const FileDescriptorSet& files, const std::string& name, DescriptorPool& pool) {
  if (pool.FindFileByName(name) != nullptr) return;
  const auto file =
      std::find_if(files.file().begin(), files.file().end(),
                   [&](const FileDescriptorProto& one) { return one.name() == name; });
  NR_CHECK(file != files.file().end(), name.c_str());
  for (const std::string& import : file->dependency()) Build(files, import, pool);
  NR_CHECK(pool.BuildFile(*file) != nullptr, name.c_str());
}

// "nhanrong.v1.CredentialIssued.kind" of every field that messages within events have in `now` and
// had not in `before`.
void AddFields(const Descriptor& before, const DescriptorPool& now, std::set<std::string>& seen,
               std::vector<std::string>& added) {
  if (!seen.insert(before.full_name()).second) return;
  const Descriptor* today = now.FindMessageTypeByName(before.full_name());
  NR_CHECK(today != nullptr, before.full_name().c_str());
  for (int i = 0; i < today->field_count(); ++i) {
    const bool a_new_event = today->full_name() == "nhanrong.v1.Fact";
    if (!a_new_event && before.FindFieldByNumber(today->field(i)->number()) == nullptr) {
      added.push_back(today->field(i)->full_name());
    }
  }
  for (int i = 0; i < before.field_count(); ++i) {
    const Descriptor* inner = before.field(i)->message_type();
    if (inner != nullptr) AddFields(*inner, now, seen, added);
  }
}

std::vector<std::string> AddedFields(const FileDescriptorSet& released) {
  DescriptorPool pool;
  Build(released, "nhanrong/v1/fact.proto", pool);
  const Descriptor* fact = pool.FindMessageTypeByName("nhanrong.v1.Fact");
  std::set<std::string> seen;
  std::vector<std::string> added;
  AddFields(*fact, *v1::Fact::descriptor()->file()->pool(), seen, added);
  return added;
}

// By field: "may be absent", or "version 2".
std::map<std::string, std::string> Judgements() {
  std::map<std::string, std::string> judgements;
  std::ifstream file(kHere / "added_fields.txt");
  for (std::string line; std::getline(file, line);) {
    if (line.empty() || line[0] == '#') continue;
    const std::vector<std::string> parts = absl::StrSplit(line, absl::MaxSplits(": ", 1));
    NR_CHECK(parts.size() == 2, line.c_str());
    judgements[parts[0]] = parts[1];
  }
  return judgements;
}

TEST(AddedFieldsTest, EachIsJudgedAndNothingElseIs) {
  std::vector<std::string> judged;
  for (const auto& [field, judgement] : Judgements()) judged.push_back(field);
  EXPECT_THAT(AddedFields(Released()), ::testing::UnorderedElementsAreArray(judged));
}

TEST(AddedFieldsTest, WhereAbsenceMeansSomethingTheVersionOfTheEventWasRaised) {
  const auto* kinds = v1::Fact::descriptor()->FindOneofByName("kind");
  std::map<std::string, std::uint32_t> versions;
  for (int i = 0; i < kinds->field_count(); ++i) {
    const auto kind = static_cast<v1::Fact::KindCase>(kinds->field(i)->number());
    versions[kinds->field(i)->message_type()->full_name()] = domain::CurrentVersion(kind);
  }
  for (const auto& [field, judgement] : Judgements()) {
    if (judgement == "may be absent") continue;
    const std::vector<std::string> words = absl::StrSplit(judgement, ' ');
    std::uint32_t version = 0;
    ASSERT_TRUE(words.size() == 2 && words[0] == "version" && absl::SimpleAtoi(words[1], &version))
        << judgement;
    const auto event = versions.find(field.substr(0, field.rfind('.')));
    ASSERT_NE(event, versions.end()) << field << " is within several events: name it in each";
    EXPECT_GE(event->second, version) << field;
  }
}

TEST(AddedFieldsTest, AFieldThatIsAddedIsFound) {
  FileDescriptorSet released = Released();
  for (FileDescriptorProto& file : *released.mutable_file()) {
    for (auto& message : *file.mutable_message_type()) {
      if (message.name() == "AgencyRenamed") message.mutable_field()->Clear();
    }
  }
  EXPECT_THAT(AddedFields(released), ::testing::Contains("nhanrong.v1.AgencyRenamed.name"));
}

}  // namespace
}  // namespace nhanrong::contract
