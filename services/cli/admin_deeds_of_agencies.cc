// Agencies and administrative units.
#include "services/cli/admin_deeds.h"

namespace nhanrong::cli {
namespace {

using C = v1::Command;

constexpr char kAgencyExamples[] = R"(Ví dụ / Examples:
  nhanrong admin agency add --ledger dong-thap --name 'UBND xã' --unit 01F4… --token-file qt.token
  nhanrong admin agency suspend --ledger dong-thap --agency 01F4… --reason 'Đang thanh tra'
  nhanrong admin agency close --ledger dong-thap --agency 01F4… --on 2025-07-01 \
      --reason 'Chấm dứt hoạt động cấp huyện'
Cơ quan tạm dừng hoặc đã đóng: người và hệ thống của nó không làm được gì, kể cả xem; không ai thay
mặt được. Không tạm dừng được cơ quan có người quản trị cuối cùng của sổ.
While an agency is suspended or closed its people and systems can do nothing, reading included, and
nobody can act for it. The agency of the ledger's last administrator cannot be stopped.)";

constexpr char kUnitExamples[] = R"(Ví dụ / Examples:
  nhanrong admin unit retype --ledger national --unit 01F4… --type rural-commune \
      --name 'Xã Than Uyên' --on 2025-07-01
  nhanrong admin unit reparent --ledger national --unit 01F4… --parent 01F4… --on 2025-07-01
  nhanrong admin unit retire-code --ledger national --unit 01F4… --code 30244 --to 2025-07-01 \
      --on 2025-07-01
  nhanrong admin unit abolish --ledger national --unit 01F4… --on 2025-07-01
--on của abolish là ngày đầu tiên đơn vị không còn; việc từ ngày đó không ghi vào đơn vị được nữa,
việc trước ngày đó vẫn ghi, xem và đính chính được.
--on of abolish is the first day on which the unit is no more: what happens from then on cannot be
recorded of it; what happened before still can, and stays readable.)";

const DeedOption kAgency = {"--agency", "agency_id", "Cơ quan (ULID) / agency"};
const DeedOption kUnit = {"--unit", "unit_id", "Đơn vị hành chính (ULID) / unit"};
const DeedOption kName = {"--name", "name", "Tên / name"};

}  // namespace

std::vector<DeedGroup> AgencyDeeds() {
  return {{"agency",
           "Cơ quan / agencies",
           kAgencyExamples,
           {{"add",
             "Ghi nhận cơ quan / establish an agency",
             C::kEstablishAgency,
             {kName,
              kUnit,
              {"--electronic-id", "electronic_id", "QĐ 20/2020/QĐ-TTg", false},
              {"--id", "agency_id", "ULID", false}}},
            {"rename", "Đổi tên / rename", C::kRenameAgency, {kAgency, kName}},
            {.name = "suspend",
             .help = "Tạm dừng cơ quan / suspend",
             .kind = C::kSuspendAgency,
             .options = {kAgency},
             .reasoned = true},
            {.name = "resume",
             .help = "Cho hoạt động lại / resume",
             .kind = C::kResumeAgency,
             .options = {kAgency},
             .reasoned = true},
            {.name = "close",
             .help = "Đóng hẳn / close for good",
             .kind = C::kCloseAgency,
             .options = {kAgency},
             .reasoned = true}}}};
}

std::vector<DeedGroup> UnitDeeds() {
  const DeedOption code = {"--code", "code", "Mã số chính thức / official code"};
  const DeedOption parent = {"--parent", "parent_unit_id", "Đơn vị cấp trên (ULID) / parent"};
  const DeedOption type = {"--type", "type", "Loại: rural-commune, ward, … / type"};
  const auto optional = [](DeedOption option) {
    option.required = false;
    return option;
  };
  return {{"unit",
           "Đơn vị hành chính / administrative units",
           kUnitExamples,
           {{"add",
             "Ghi nhận đơn vị / establish a unit",
             C::kEstablishUnit,
             {kName,
              {"--level", "level", "Cấp: province, commune, … / level"},
              optional(parent),
              optional(code),
              optional(type),
              {"--id", "unit_id", "ULID", false}},
             true},
            {"rename", "Đổi tên / rename", C::kRenameUnit, {kUnit, kName}, true},
            {"retype",
             "Đổi loại, kèm tên mới / change the type",
             C::kRetypeUnit,
             {kUnit, type, kName},
             true},
            {"reparent",
             "Chuyển về cấp trên khác / change the parent",
             C::kReparentUnit,
             {kUnit, parent},
             true},
            {"assign-code",
             "Cấp mã / assign a code",
             C::kAssignUnitCode,
             {kUnit,
              code,
              {"--from", "valid_from", "Ngày đầu / first day"},
              {"--to", "valid_to", "Ngày hết hiệu lực / first day without it", false}},
             true},
            {"retire-code",
             "Thôi dùng mã / retire a code",
             C::kRetireUnitCode,
             {kUnit, code, {"--to", "valid_to", "Ngày hết hiệu lực / first day without it"}},
             true},
            {"abolish", "Chấm dứt đơn vị / abolish", C::kAbolishUnit, {kUnit}, true}}}};
}

}  // namespace nhanrong::cli
