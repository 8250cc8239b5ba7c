#include "services/cli/sheet_reader/package.h"

#include <zip.h>

#include <array>
#include <utility>

namespace nhanrong::cli {
namespace {

constexpr std::size_t kPieceBytes = 64 << 10;

absl::Status Damaged(const std::string& part, const std::string& why) {
  return absl::InvalidArgumentError("tệp XLSX hỏng / damaged XLSX file: " + part + ": " + why);
}

class ZipPart final : public Package::Part {
 public:
  ZipPart(zip_file_t* file, std::string name) : file_(file), name_(std::move(name)) {}
  ZipPart(const ZipPart&) = delete;
  ZipPart& operator=(const ZipPart&) = delete;
  ~ZipPart() override { zip_fclose(file_); }

  absl::StatusOr<std::string_view> Next() override {
    const zip_int64_t read = zip_fread(file_, piece_.data(), piece_.size());
    if (read < 0) return Damaged(name_, zip_file_strerror(file_));
    given_ += static_cast<std::size_t>(read);
    if (given_ > kPartBytesMax) {
      return absl::InvalidArgumentError(
          "tệp XLSX giải nén quá lớn (" + name_ +
          " quá 256 MiB): chia thành nhiều tệp / unpacks to more than 256 MiB: split the file");
    }
    return std::string_view(piece_.data(), static_cast<std::size_t>(read));
  }

 private:
  zip_file_t* file_;
  const std::string name_;
  std::size_t given_ = 0;
  std::array<char, kPieceBytes> piece_;
};

}  // namespace

class Package::Handle {
 public:
  explicit Handle(zip_t* zip) : zip_(zip) {}
  Handle(const Handle&) = delete;
  Handle& operator=(const Handle&) = delete;
  // Only read: there is nothing to write back.
  ~Handle() { zip_discard(zip_); }
  zip_t* get() const { return zip_; }

 private:
  zip_t* zip_;
};

Package::Package(std::unique_ptr<Handle> handle) : handle_(std::move(handle)) {}
Package::~Package() = default;

absl::StatusOr<std::unique_ptr<Package>> Package::Open(const std::string& path) {
  int code = 0;
  zip_t* zip = zip_open(path.c_str(), ZIP_RDONLY | ZIP_CHECKCONS, &code);
  if (zip == nullptr) {
    zip_error_t error;
    zip_error_init_with_code(&error, code);
    const std::string why = zip_error_strerror(&error);
    zip_error_fini(&error);
    return Damaged(path, why);
  }
  auto handle = std::make_unique<Handle>(zip);
  if (zip_get_num_entries(zip, 0) > kPartsMax) return Damaged(path, "too many parts");
  return std::unique_ptr<Package>(new Package(std::move(handle)));
}

bool Package::Has(const std::string& part) const {
  return zip_name_locate(handle_->get(), part.c_str(), ZIP_FL_NOCASE) >= 0;
}

absl::StatusOr<std::unique_ptr<Package::Part>> Package::OpenPart(const std::string& part) const {
  const zip_int64_t index = zip_name_locate(handle_->get(), part.c_str(), ZIP_FL_NOCASE);
  if (index < 0) return absl::NotFoundError(part);
  zip_file_t* file = zip_fopen_index(handle_->get(), static_cast<zip_uint64_t>(index), 0);
  if (file == nullptr) return Damaged(part, zip_strerror(handle_->get()));
  return std::unique_ptr<Part>(std::make_unique<ZipPart>(file, part));
}

absl::Status Package::Read(const std::string& part,
                           const std::function<absl::Status(std::string_view)>& take) const {
  const auto opened = OpenPart(part);
  if (!opened.ok()) return opened.status();
  for (;;) {
    const auto piece = (*opened)->Next();
    if (!piece.ok()) return piece.status();
    if (absl::Status taken = take(*piece); !taken.ok()) return taken;
    if (piece->empty()) return absl::OkStatus();
  }
}

}  // namespace nhanrong::cli
