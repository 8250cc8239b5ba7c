// Where the headers of parts that we take may stand: in the sources of the adapter that wraps them,
// so that another part can take their place, and so that they are not compiled everywhere.
#include <algorithm>
#include <string>

#include "tests/tidy/includes.h"
#include "tests/tidy/rule.h"
#include "tests/tidy/text.h"

namespace nhanrong::tidy {
namespace {

enum class Files { kSources, kSourcesAndHeaders };

// "" as folder: everywhere.
struct Home {
  std::string_view folder;
  Files files;
};

struct Vendor {
  // Of the include: "rocksdb/"; or its end, when it begins with '.'.
  std::string_view header;
  std::vector<Home> homes;
};

const std::vector<Vendor>& Vendors() {
  static const std::vector<Vendor> kVendors = {
      {"rocksdb/", {{"services/projector", Files::kSources}}},
      {"librdkafka/",
       {{"services/ledger/kafka", Files::kSources}, {"services/feed/kafka", Files::kSources}}},
      // A service is a class that derives from generated code: its header needs it.
      {"grpcpp/",
       {{"services/rpc", Files::kSourcesAndHeaders}, {"services/cli/client", Files::kSources}}},
      {".grpc.pb.h",
       {{"services/rpc", Files::kSourcesAndHeaders}, {"services/cli/client", Files::kSources}}},
      {"httplib.h", {{"services/operations", Files::kSources}}},
      {"prometheus/", {{"services/operations", Files::kSources}}},
      {"spdlog/", {{"", Files::kSources}}},
      {"sodium.h", {{"services/base", Files::kSources}}},
      {"openssl/",
       {{"services/base", Files::kSources},
        {"services/projector", Files::kSources},
        {"services/certificates", Files::kSources}}},
      {"unicode/", {{"", Files::kSources}}},
      {"zlib.h", {{"", Files::kSources}}},
      {"xlsxwriter.h",
       {{"services/cli/sheet", Files::kSources}, {"tests/sheets", Files::kSources}}},
      {"zip.h", {{"services/cli/sheet_reader", Files::kSources}}},
      {"expat.h", {{"services/cli/sheet_reader", Files::kSources}}},
      {"CLI/",
       {{"services/cli", Files::kSourcesAndHeaders}, {"services/program", Files::kSources}}},
  };
  return kVendors;
}

bool IsOf(std::string_view target, std::string_view header) {
  return header.starts_with(".") ? target.ends_with(header) : target.starts_with(header);
}

bool MayStandIn(const Vendor& vendor, std::string_view path) {
  // Tests speak to services as clients do.
  if (IsTest(path) && (vendor.header == "grpcpp/" || vendor.header == ".grpc.pb.h")) return true;
  return std::any_of(vendor.homes.begin(), vendor.homes.end(), [&](const Home& home) {
    const bool here = home.folder.empty() || IsBelow(path, home.folder);
    return here && (home.files == Files::kSourcesAndHeaders || IsSource(path));
  });
}

std::string HomesOf(const Vendor& vendor) {
  std::string text;
  for (const Home& home : vendor.homes) {
    text += Concat(text.empty() ? "" : ", ", home.folder, home.folder.empty() ? "" : "/", "*",
                   home.files == Files::kSources ? ".cc" : "");
  }
  return text;
}

Findings CheckVendors(const Tree& tree) {
  Findings findings;
  for (const auto& [path, text] : tree) {
    if (!IsCpp(path)) continue;
    for (const Include& include : IncludesOf(text)) {
      for (const Vendor& vendor : Vendors()) {
        if (IsOf(include.target, vendor.header) && !MayStandIn(vendor, path)) {
          findings.push_back(
              {path, include.line, Concat(include.target, " belongs in ", HomesOf(vendor))});
        }
      }
    }
  }
  return findings;
}

}  // namespace

std::vector<Rule> VendorRules() {
  return {{"VendorHeadersStayInAdapters",
           CheckVendors,
           {{"services/projector/store.h", "#include <rocksdb/db.h>\n"}}}};
}

}  // namespace nhanrong::tidy
